"""A printable document as a value: what is said, in which order, and what proves its source."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from wideberth.errors import ImpossibleValueError

_DEEPEST: Final = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part; level 1 is the largest, 3 the smallest."""

    words: str
    level: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.level <= _DEEPEST:
            raise ImpossibleValueError(f"a heading of level {self.level}.", remedy="Use 1 to 3.")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; each line of `words` is a line of it. is_boxed: to be noticed."""

    words: str
    is_small: bool = False
    is_boxed: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Points one below the other; is_numbered: from 1 on."""

    items: tuple[str, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head that stands again on every page; every row is as long as the head.

    widths: parts of the page's width, one a column; empty: as the words need.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        uneven = [row for row in self.rows if len(row) != len(self.head)]
        if not self.head or uneven or (self.widths and len(self.widths) != len(self.head)):
            raise ImpossibleValueError("a table whose rows are not as long as its head.")
        if any(not 0.0 < width <= 100.0 for width in self.widths):
            raise ImpossibleValueError("a column's width is not above zero.")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of our own making, as SVG, with what it shows in words."""

    svg: str
    caption: str


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own."""


Block = Heading | Paragraph | Listing | Table | Picture | NewPage


@dataclass(frozen=True, slots=True)
class LedgerHead:
    """How far a party's ledger went when the page was made: entries, and the root over them."""

    party: str
    size: int
    root: str


@dataclass(frozen=True, slots=True)
class Pages:
    """A document. source: sha256 of what it was made from, in hexadecimal. made_s: UTC seconds.

    language: of the headings, as BCP 47; each text's direction goes by its own letters.
    """

    title: str
    blocks: tuple[Block, ...]
    made_s: float
    source: str
    heads: tuple[LedgerHead, ...] = ()
    subtitle: str = ""
    language: str = "en"


def is_right_to_left(words: str) -> bool:
    """Return whether a text begins right to left: by its first letter that has a direction.

    Source: Unicode Standard Annex 9, rules P2 and P3.

    >>> is_right_to_left("7. שלום"), is_right_to_left("7. peace שלום")
    (True, False)
    """
    for character in words:
        match unicodedata.bidirectional(character):
            case "L":
                return False
            case "R" | "AL":
                return True
    return False
