"""Take typed values out of one mapping (a feature, a table, a row) and note every problem."""

import difflib
import math
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

from wideberth.errors import WideberthError
from wideberth.formats.reading import Problem, Severity
from wideberth.formats.times import parse_rfc3339

E = TypeVar("E", bound=StrEnum)

# Words that only a targeting system has a use for (REQUIREMENTS R28), as parts of a key.
_TARGETING: Final = frozenset(
    {
        "aimpoint",
        "affiliation",
        "bda",
        "enemy",
        "engagement",
        "foe",
        "friendly",
        "hostile",
        "iff",
        "kill",
        "killbox",
        "munition",
        "ordnance",
        "target",
        "targets",
        "targeting",
        "threat",
        "warhead",
        "weapon",
        "weapons",
    }
)
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_EARLIEST_S: Final = 0.0  # 1970-01-01; a plan lies after it
_LATEST_S: Final = 7_258_118_400.0  # 2200-01-01; a later year is a slip


def is_targeting(key: str) -> bool:
    """Say whether a key speaks of targets, weapons or affiliation, for which there is no field."""
    return any(word.lower() in _TARGETING for word in _WORD.findall(key))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return "Did you mean ...?", or what is known where that is a short list."""
    options = sorted(known)
    close = difflib.get_close_matches(word.lower(), options, n=1, cutoff=0.6)
    if close:
        return f"Did you mean {close[0]!r}?"
    return f"Known: {', '.join(options)}." if len(options) <= 20 else "Take it out."


def show_value(value: Any) -> str:
    """Return a value as an error shows it: its kind and its first characters."""
    kinds = {bool: "true/false", str: "text", int: "number", float: "number", type(None): "nothing"}
    kind = kinds.get(type(value), "a list" if isinstance(value, list) else "an object")
    shown = str(value).lower() if isinstance(value, bool) else repr(value)
    return f"{shown if len(shown) <= 40 else shown[:37] + '...'} ({kind})"


class Fields:
    """One mapping being read; `problems` grows as values are asked for. None counts as absent."""

    __slots__ = ("problems", "values", "where")

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self.values = {key: value for key, value in values.items() if value is not None}
        self.where = where
        self.problems: list[Problem] = []

    def fail(self, what: str, remedy: str = "") -> None:
        """Note an error about this place, once."""
        problem = Problem(Severity.ERROR, self.where, what, remedy)
        if problem not in self.problems:
            self.problems.append(problem)

    def note(self, error: WideberthError, key: str = "") -> None:
        """Note an error that a value raised when it was built."""
        head = f"{key}: " if key else ""
        self.fail(head + error.what, error.remedy)

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def given(self, *keys: str) -> list[str]:
        """Return which of the keys are there, in the order asked."""
        return [key for key in keys if key in self.values]

    def refuse_unknown(self, given: Iterable[str], known: Iterable[str]) -> None:
        """Note every key that is not known, with the nearest one that is."""
        options = frozenset(known)
        for key in given:
            if key in options:
                continue
            if is_targeting(key):
                self.fail(
                    f"key {key!r} speaks of targets, weapons or affiliation;"
                    " Wideberth has no field for them.",
                    "Take it out of the file.",
                )
            else:
                self.fail(f"unknown key {key!r}.", nearest(key, options))

    def text(self, key: str, *, required: bool = False) -> str | None:
        """Return a text; a number or true is refused, and blank text where one is required."""
        value = self.values.get(key)
        if value is None or (required and isinstance(value, str) and not value.strip()):
            if required:
                self.fail(f"{key!r} is missing.", f"Give {key!r} as text.")
            return None
        if not isinstance(value, str):
            self.fail(f"{key!r} is {show_value(value)}, not text.", "Write it in quotes.")
            return None
        if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
            self.fail(f"{key!r} is {show_value(value)}, with half a character.", "Write it anew.")
            return None
        return value

    def number(self, key: str) -> float | None:
        """Return a finite number; text and true are refused."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.fail(
                f"{key!r} is {show_value(value)}, not a number.", "Write digits, without quotes."
            )
            return None
        try:
            found = float(value)
        except OverflowError:
            found = math.inf
        if not math.isfinite(found):
            self.fail(f"{key!r} is not a finite number.", "Give a plain number.")
            return None
        return found

    def integer(self, key: str) -> int | None:
        """Return a whole number."""
        value = self.number(key)
        if value is not None and not value.is_integer():
            self.fail(f"{key!r} is {value:g}, not a whole number.", "Give a whole number.")
            return None
        return None if value is None else int(value)

    def flag(self, key: str) -> bool:
        """Return whether a true/false value is there and true."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.fail(f"{key!r} is {show_value(value)}, not true.", "Write true or leave it out.")
            return False
        return value

    def choice(self, key: str, options: type[E], *, required: bool = False) -> E | None:
        """Return one of an enumeration's values, spelt exactly."""
        names = [option.value for option in options]
        if required and key not in self:
            self.fail(f"{key!r} is missing.", f"Give one of {', '.join(names)}.")
            return None
        text = self.text(key)
        if text is None:
            return None
        if text in names:
            return options(text)
        self.fail(f"{key!r} is {text!r}, not one of {', '.join(names)}.", nearest(text, names))
        return None

    def instant(self, key: str) -> float | None:
        """Return seconds UTC of an RFC 3339 text between the years 1970 and 2200."""
        text = self.text(key)
        return None if text is None else self.parse_instant(text, key)

    def parse_instant(self, text: str, key: str) -> float | None:
        """Return seconds UTC of a text, or None with the problem noted under key."""
        try:
            time_s = parse_rfc3339(text)
        except WideberthError as error:
            self.note(error, key)
            return None
        if not _EARLIEST_S <= time_s < _LATEST_S:
            self.fail(f"{key}: {text!r} is not within 1970 to 2199.", "Check the year.")
            return None
        return time_s

    def quantity(self, units: Mapping[str, float]) -> float | None:
        """Return the one of several keys that is given, times its unit; two are refused.

        units: key to factor, as {"radius_m": 1.0, "radius_nm": 1852.0}. None when none is given
        or it is refused; `given` tells the two apart.
        """
        found = self.given(*units)
        if len(found) > 1:
            self.fail(f"{' and '.join(map(repr, found))} are both given.", "Keep one of them.")
            return None
        value = self.number(found[0]) if found else None
        return None if value is None else value * units[found[0]]
