"""A coded message in a language's words, and as a person types it.

A value stands between a first-strong isolate and its end (Unicode UAX #9, 2.6), so that no digits
of a position change places in a sentence that runs from right to left. Words of names keep the
direction of their own script.
"""

import re
from collections.abc import Iterator
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.formats import shown
from wideberth.formats.phrases import LANGUAGES, SLOT, Coded, check_coded, coded

FIRST_STRONG_ISOLATE: Final = "\u2068"
POP_ISOLATE: Final = "\u2069"
RIGHT_TO_LEFT: Final = frozenset({"he", "ar"})
_RIGHT_TO_LEFT_ISOLATE: Final = "\u2067"
_PART: Final = re.compile(r"((?:[^;]|;;)*)(;?)", re.DOTALL)
_GIVEN: Final = re.compile(r"\s*(\w+)\s*=\s*(.*?)\s*", re.DOTALL)


def render(message: Coded, language: str) -> str:
    """Return a message in en, ru, he, ar or fr; each value is isolated and stands there once.

    Raises ImpossibleValueError for another language, an unknown code, or values it cannot have.
    """
    if language not in LANGUAGES:
        raise ImpossibleValueError(
            f"the phrase book is not written in {language!r}.",
            remedy=f"Take one of {', '.join(LANGUAGES)}.",
        )
    phrase = check_coded(message)
    named = dict(zip((p.name for p in phrase.parameters), message.values, strict=True))
    return SLOT.sub(lambda slot: isolated(named[slot[1]]), phrase.wordings[language])


def sentence(message: Coded, language: str) -> str:
    """Return a message as a screen shows it: safe, in its own direction in a line of another.

    Where the sentence and a value run from left to right, nothing has to be set apart. What this
    program's book does not have is shown as its code and values, and said to be so.
    """
    try:
        phrase = check_coded(message)
    except ImpossibleValueError:
        return f"(not in this phrase book) {'; '.join(map(shown.plain, message.values))}"
    named = dict(zip((p.name for p in phrase.parameters), message.values, strict=True))
    apart = isolated if language in RIGHT_TO_LEFT else shown.isolated
    words = SLOT.sub(lambda slot: apart(shown.written(named[slot[1]])), phrase.wordings[language])
    return in_its_direction(words, language)


def isolated(value: str) -> str:
    """Return a text that does not change the order of what stands around it."""
    return f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}"


def in_its_direction(said: str, language: str) -> str:
    """Return a sentence that keeps its language's direction in a line of another."""
    if language not in RIGHT_TO_LEFT:
        return said
    return f"{_RIGHT_TO_LEFT_ISOLATE}{said}{POP_ISOLATE}"


def typed(message: Coded) -> str:
    """Return a message as a person types it: its code, then name=value after each semicolon.

    >>> typed(Coded("D3T", ("7", "34-00-15.00N 033-00-00.00E")))
    'D3T; count=7; place=34-00-15.00N 033-00-00.00E'
    """
    phrase = check_coded(message)
    pairs = zip(phrase.parameters, message.values, strict=True)
    said = (f"; {p.name}={value.replace(';', ';;')}" for p, value in pairs)
    return "".join((message.code, *said))


def read_typed(text: str) -> Coded:
    """Return the message of a typed line; a semicolon within a value is doubled.

    Raises ImpossibleValueError with all that is wrong with it.
    """
    parts = list(_parts(text))
    given: dict[str, str] = {}
    for part in parts[1:]:
        found = _GIVEN.fullmatch(part)
        if found is None or found[1] in given:
            raise ImpossibleValueError(
                f"{part.strip()!r} is no parameter, or is given twice.",
                remedy="Write name=value after each semicolon.",
            )
        given[found[1]] = found[2]
    return coded(parts[0], given)


def _parts(text: str) -> Iterator[str]:
    for found in _PART.finditer(text):
        yield found[1].replace(";;", ";")
        if not found[2]:
            return
