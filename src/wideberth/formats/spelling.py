"""Letters and digits as words that are said over a telephone, and back, in five languages."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from wideberth.errors import ImpossibleValueError

_CHARACTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


@cache
def spelling(language: str) -> Mapping[str, str]:
    """Return the word of each letter and digit; raises ImpossibleValueError."""
    text = files("wideberth.formats").joinpath("data", "spelling.toml").read_text("utf-8")
    tables = tomllib.loads(text)
    if language not in tables:
        raise ImpossibleValueError(
            f"nobody spells in {language!r} here.", remedy=f"Take one of {', '.join(tables)}."
        )
    table = tables[language]
    words = (*table["letters"].split(), *table["digits"].split())
    return dict(zip(_CHARACTERS, words, strict=True))


def spoken(text: str, language: str = "en") -> str:
    """Return a text's letters and digits as words; a comma where one draws breath.

    >>> spoken("Q D3")
    'Quebec, Delta three'
    """
    words = spelling(language)
    try:
        breaths = [" ".join(words[c] for c in breath) for breath in text.upper().split()]
    except KeyError as error:
        raise ImpossibleValueError(f"{error.args[0]!r} is not spelt.") from None
    return ", ".join(breaths)


def unspoken(heard: str, language: str = "en") -> str:
    """Return the characters of words that were heard; a character stands for itself, too.

    Raises ImpossibleValueError with every word that stands for none.
    """
    said = {word.casefold(): c for c, word in spelling(language).items()}
    said |= {c.casefold(): c for c in _CHARACTERS}
    breaths = [breath.split() for breath in heard.casefold().split(",")]
    unknown = sorted({word for breath in breaths for word in breath if word not in said})
    if unknown:
        raise ImpossibleValueError(
            f"no letter or digit: {', '.join(unknown)}.", remedy="Ask for it again."
        )
    return " ".join("".join(said[word] for word in breath) for breath in breaths)
