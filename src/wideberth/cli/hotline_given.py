"""What the commands of the hotline are given: a text as phrase and words, a language to read in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import click

from wideberth.cli.outputs import RefusedError
from wideberth.formats.phrase_words import read_typed
from wideberth.formats.phrases import LANGUAGES, phrase_book

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


@dataclass(frozen=True, slots=True)
class TextGiven:
    """A text as it goes into a step, and the precedence that its phrase usually has ("": none)."""

    code: str
    values: tuple[str, ...]
    words: str
    language: str
    usual: str

    def fields(self) -> dict[str, Any]:
        """Return what a step of a call takes of it."""
        return {
            "code": self.code,
            "values": self.values,
            "words": self.words,
            "language": self.language,
        }


def text_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --phrase, --words and --in."""
    options: tuple[Decorator, ...] = (
        click.option(
            "--phrase",
            default="",
            metavar="LINE",
            help='By the phrase book: "D3T; count=7; place=34-00-15.00N 033-00-00.00E".',
        ),
        click.option("--words", default="", help="Free words, kept as they are."),
        click.option("--in", "spoken", default="en", metavar="LANG", help="Of --words; else en."),
    )
    for option in reversed(options):
        function = option(function)
    return function


def text_given(phrase: str, words: str, spoken: str) -> TextGiven:
    """Return the text of the options; raises what is wrong with the phrase."""
    if not phrase.strip() and not words.strip():
        raise RefusedError("say something: --phrase, --words or both.")
    language = spoken if words else ""
    if not phrase.strip():
        return TextGiven("", (), words, language, "")
    message = read_typed(phrase)
    usual = phrase_book().phrase(message.code).usual
    return TextGiven(message.code, message.values, words, language, usual)


reading_option: Final[Decorator] = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    envvar="WIDEBERTH_LANGUAGE",
    help="To read phrases in; or WIDEBERTH_LANGUAGE.",
)
