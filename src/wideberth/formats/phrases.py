"""The phrase book: what operations rooms say to one another, as codes with typed parameters.

Both sides hold a code and the values of its parameters, and each reads its own language.
data/phrases.toml is the one source; docs/formats/phrase-book.md is for people.
"""

import difflib
import itertools
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from wideberth.errors import ImpossibleValueError, WideberthError
from wideberth.formats.phrase_values import TYPES, ValueType

LANGUAGES: Final = ("en", "ru", "he", "ar", "fr")
PRECEDENCES: Final = ("flash", "immediate", "priority", "routine")
SLOT: Final = re.compile(r"\{(\w+)\}")
_CODE: Final = re.compile(r"[A-Z]\d[A-Z]", re.ASCII)
_KEYS: Final = frozenset({"code", "name", "usual", "takes", *LANGUAGES})


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a phrase takes in one place."""

    name: str
    type: str

    @property
    def values(self) -> ValueType:
        """Return how its values are read, held and read aloud."""
        return TYPES[self.type]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A code with its wordings, each of which has every parameter once.

    name: for people who type. usual: the precedence such a call usually has.
    """

    code: str
    name: str
    usual: str
    parameters: tuple[Parameter, ...]
    wordings: Mapping[str, str]

    def __post_init__(self) -> None:
        named = [parameter.name for parameter in self.parameters]
        for language in LANGUAGES:
            if sorted(SLOT.findall(self.wordings[language])) != sorted(set(named)):
                raise ImpossibleValueError(
                    f"phrase {self.code}: {language} has not each of its parameters once."
                )
        if _CODE.fullmatch(self.code) is None or self.usual not in PRECEDENCES:
            raise ImpossibleValueError(f"phrase {self.code!r}: no such code or precedence.")


@dataclass(frozen=True, slots=True)
class Book:
    """All phrases of one version, in the order of their codes."""

    version: int
    phrases: tuple[Phrase, ...]

    def __post_init__(self) -> None:
        for one, other in itertools.combinations(self.phrases, 2):
            if told_apart(one.code, other.code) < 2 or one.name == other.name:
                raise ImpossibleValueError(f"phrases {one.code} and {other.code} are too alike.")

    def phrase(self, code: str) -> Phrase:
        """Return the phrase of a code, or of its name for people; raises ImpossibleValueError."""
        wanted = code.strip()
        for phrase in self.phrases:
            if wanted.upper() == phrase.code or wanted.lower() == phrase.name:
                return phrase
        close = difflib.get_close_matches(wanted.lower(), [p.name for p in self.phrases], n=1)
        meant = f"Did you mean {close[0]!r}? " if close else ""
        raise ImpossibleValueError(
            f"the phrase book has no {code!r}.",
            remedy=f"{meant}List them: wideberth hotline phrases.",
        )


@dataclass(frozen=True, slots=True)
class Coded:
    """A message by the book: a code, and the values of its parameters in their order."""

    code: str
    values: tuple[str, ...] = ()


@cache
def phrase_book() -> Book:
    """Return the phrase book that is shipped with the program."""
    text = files("wideberth.formats").joinpath("data", "phrases.toml").read_text("utf-8")
    whole = tomllib.loads(text)
    return Book(whole["version"], tuple(_phrase(table) for table in whole["phrase"]))


def coded(code: str, given: Mapping[str, str]) -> Coded:
    """Return the message of a code, or a phrase's name, with values as they were typed.

    Raises ImpossibleValueError with all that is missing, unknown or cannot be at once.
    """
    phrase = phrase_book().phrase(code)
    wanted = [parameter.name for parameter in phrase.parameters]
    problems = [f"there is no parameter {name!r}" for name in given if name not in wanted]
    values: list[str] = []
    for parameter in phrase.parameters:
        if parameter.name not in given:
            problems.append(f"{parameter.name!r} is missing")
            continue
        try:
            values.append(parameter.values.read(given[parameter.name]))
        except WideberthError as error:
            problems.append(f"{parameter.name}: {error}".rstrip("."))
    if problems:
        raise ImpossibleValueError(
            f"{phrase.code} {phrase.name}: {'; '.join(problems)}.", remedy=_remedy(phrase)
        )
    return Coded(phrase.code, tuple(values))


def check_coded(message: Coded) -> Phrase:
    """Return the phrase of a message that came from elsewhere, if each value is as it is held.

    Raises ImpossibleValueError: then both sides would not read the same.
    """
    phrase = phrase_book().phrase(message.code)
    if message.code != phrase.code or len(message.values) != len(phrase.parameters):
        raise ImpossibleValueError(
            f"{message.code} with {len(message.values)} values; it takes {len(phrase.parameters)}."
        )
    for parameter, value in zip(phrase.parameters, message.values, strict=True):
        if parameter.values.read(value) != value:
            raise ImpossibleValueError(f"{message.code} {parameter.name}: it is not as it is held.")
    return phrase


def told_apart(one: str, other: str) -> int:
    """Return in how many places two codes differ; a swap of two neighbours counts as one."""
    places = [k for k, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    is_swap = len(places) == 2 and places[1] == places[0] + 1
    swapped = is_swap and (one[places[0]], one[places[1]]) == (other[places[1]], other[places[0]])
    return 1 if swapped else len(places)


def _remedy(phrase: Phrase) -> str:
    if not phrase.parameters:
        return "It takes none."
    samples = (f"{p.name}={p.values.sample}" for p in phrase.parameters)
    return f"It takes {'; '.join(samples)}."


def _phrase(table: Mapping[str, Any]) -> Phrase:
    if set(table) != _KEYS:
        raise ImpossibleValueError(f"phrase {table.get('code')!r}: its keys are not those wanted.")
    return Phrase(
        table["code"],
        table["name"],
        table["usual"],
        tuple(_parameters(table["takes"])),
        {language: table[language] for language in LANGUAGES},
    )


def _parameters(takes: Sequence[str]) -> Iterable[Parameter]:
    for said in takes:
        name, _, kind = said.partition(":")
        if (kind or name) not in TYPES:
            raise ImpossibleValueError(f"{said!r} names no type of a parameter.")
        yield Parameter(name, kind or name)
