"""The numbered lines of a Standard Frequency Action Format text, record by record.

MCEB Pub 7: a line is an item's number, a point and its text; /02 after the number is the second
occurrence, and ,R02 after the text of a receiver's item names the second receiver.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from wideberth.formats.reading import Problem, Severity

_LINE: Final = re.compile(r"\s*(?P<number>\d{3})(?:/(?P<occurrence>\d{1,3}))?\.(?P<text>.*)")
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_RECEIVER: Final = re.compile(r"(?P<text>.*?),\s*R(?P<receiver>\d{1,3})")
_HEAD: Final = 8192  # characters
_HEAD_LINES: Final = 12
CLASSIFICATION: Final = "005"
_ONCE: Final = ("010", "102", "110")


@dataclass(frozen=True, slots=True)
class Item:
    """One line: which item, which occurrence or receiver of it (from 1), and its text."""

    number: str
    which: int
    text: str
    line: int


@dataclass(slots=True)
class Record:
    """The items of one record; `taken` gathers the numbers that were used, the rest is shown."""

    line: int
    items: list[Item] = field(default_factory=list)
    taken: set[Item] = field(default_factory=set)

    def all_of(self, number: str) -> dict[int, str]:
        """Return the texts of an item by occurrence, and mark them as used.

        Of an occurrence that comes twice the first is taken.
        """
        found: dict[int, Item] = {}
        for item in self.items:
            if item.number == number:
                found.setdefault(item.which, item)
        self.taken.update(found.values())
        return {which: item.text for which, item in found.items()}

    def lines(self, number: str) -> str:
        """Return the texts of an item that goes over several lines, as one."""
        found = [item for item in self.items if item.number == number]
        self.taken.update(found)
        return " ".join(item.text for item in found)

    def text(self, number: str, which: int = 1) -> str:
        """Return the text of an item, empty where it is not there, and mark it as used."""
        found = next((i for i in self.items if (i.number, i.which) == (number, which)), None)
        if found is None:
            return ""
        self.taken.add(found)
        return found.text

    def said(self, number: str, which: int = 1) -> str:
        """Return the text of an item without marking it as used."""
        return next((i.text for i in self.items if (i.number, i.which) == (number, which)), "")

    def has(self, number: str) -> bool:
        """Say whether an item is there, in any occurrence."""
        return any(item.number == number for item in self.items)

    def rest(self) -> Iterator[tuple[Item, bool]]:
        """Yield the items that were not used, and whether the same one was used before."""
        used = {(item.number, item.which) for item in self.taken}
        for item in self.items:
            if item not in self.taken:
                yield item, (item.number, item.which) in used


def looks_like_sfaf(text: str) -> bool:
    """Say whether a text begins with numbered items, among them one that begins a record."""
    lines = [line for line in _LINE_END.split(text[:_HEAD].lstrip("\ufeff")) if line.strip()]
    found = [_LINE.fullmatch(line) for line in lines[:_HEAD_LINES]]
    numbers = {match["number"] for match in found if match is not None}
    is_begun = bool(numbers & {CLASSIFICATION, *_ONCE})
    others = sum(match is None for match in found)
    return is_begun and found[0] is not None and others * 4 <= len(found)


def records_of(text: str) -> tuple[list[Record], tuple[Problem, ...]]:
    """Return the records of a text, and every line that is no item.

    A record begins with item 005, or where an item that stands once comes again.
    """
    records: list[Record] = []
    problems: list[Problem] = []
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            what = "the line is no numbered item; it was not used."
            problems.append(
                Problem(Severity.PARTIAL, f"line {number}", what, "Look at it.", line.strip())
            )
            continue
        item = _item(found, number)
        if not records or item.number == CLASSIFICATION or _comes_again(item, records[-1]):
            records.append(Record(number))
        records[-1].items.append(item)
    return records, tuple(problems)


def _comes_again(item: Item, record: Record) -> bool:
    return item.number in _ONCE and item.which == 1 and record.has(item.number)


def _item(found: re.Match[str], line: int) -> Item:
    text, which = found["text"].strip(), int(found["occurrence"] or 1)
    if found["number"].startswith("4"):
        named = _RECEIVER.fullmatch(text)
        if named is not None:
            text, which = named["text"].strip(), int(named["receiver"])
    return Item(found["number"], which, text, line)
