"""What an Excel sheet's XML tells before it is read: how far it reaches, and cells without a value.

Source: ECMA-376 part 1, 18.3.1.4 (c: r and t), 18.3.1.40 (f), 18.3.1.96 (v), 18.18.11 (cell types).
"""

import re
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from wideberth.formats.sheet_grid import MAX_ROWS, NotASheetError, Unreadable, letters

Place = tuple[int, int]  # row and column, both counted from 0

_REFERENCE: Final = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_FARTHEST: Final = 5_000_000  # cells in the rectangle from A1; a reader holds all of them
_NO_VALUE: Final = Unreadable(
    "the cell is a formula without a stored value.",
    "Open and save the workbook, or type the value.",
)


@dataclass(frozen=True, slots=True)
class Survey:
    """faults: cells that hold an error or a formula without a value; is_empty: no cell holds one.

    rows, columns: how far the sheet reaches from A1.
    """

    faults: dict[Place, Unreadable]
    rows: int
    columns: int
    is_empty: bool

    def check(self) -> None:
        """Raise NotASheetError where one far-off cell would make the sheet vast."""
        if self.rows > MAX_ROWS or self.rows * self.columns > _FARTHEST:
            raise NotASheetError(
                f"the sheet reaches to row {self.rows}, column {letters(self.columns - 1)}.",
                remedy="Delete the cells far out, or split the sheet.",
            )


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_: object) -> None:
    raise NotASheetError(
        "the workbook declares a document type (DOCTYPE).", remedy="Save it as .xlsx again."
    )


def attributes_of(xml: bytes, name: str) -> list[dict[str, str]]:
    """Return the attributes of every element of a name, namespaces left out."""
    found: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == name:
            found.append({_local(key): value for key, value in attributes.items()})

    parser = _parser()
    parser.StartElementHandler = start
    parser.Parse(xml, True)
    return found


class _Cells:
    """Follow the cells of a sheet; `faults` and the reach grow."""

    def __init__(self) -> None:
        self.faults: dict[Place, Unreadable] = {}
        self.row = self.column = self.last_row = self.last_column = -1
        self.is_empty = True
        self.kind = ""
        self.has_formula = self.in_value = False
        self.value = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match _local(tag):
            case "row":
                self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
                self.column = -1
            case "c":
                self.row, self.column = self._place(attributes.get("r"))
                self.last_row = max(self.last_row, self.row)
                self.last_column = max(self.last_column, self.column)
                self.kind = attributes.get("t", "n")
                self.has_formula, self.value = False, ""
            case "f":
                self.has_formula = True
            case "v" | "is":
                self.in_value = True
                self.is_empty = False
            case _:
                pass

    def text(self, text: str) -> None:
        if self.in_value:
            self.value += text

    def end(self, tag: str) -> None:
        name = _local(tag)
        if name in ("v", "is"):
            self.in_value = False
        elif name == "c" and self.kind == "e":
            what = f"the cell holds the error {self.value or '#?'}."
            self.faults[self.row, self.column] = Unreadable(what, "Correct the cell.")
        elif name == "c" and self.has_formula and not self.value and self.kind != "str":
            self.faults[self.row, self.column] = _NO_VALUE

    def _place(self, reference: str | None) -> Place:
        """Return where a cell stands; one without a reference follows the one before."""
        if reference is None:
            return self.row, self.column + 1
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            raise NotASheetError(
                f"a cell stands at {reference!r}.", remedy="Save it as .xlsx again."
            )
        column = 0
        for letter in match[1].upper():
            column = column * 26 + ord(letter) - ord("A") + 1
        return int(match[2]) - 1, column - 1


def survey_of(xml: bytes) -> Survey:
    """Return how far a sheet reaches and which of its cells have no value to take."""
    cells = _Cells()
    parser = _parser()
    parser.StartElementHandler = cells.start
    parser.EndElementHandler = cells.end
    parser.CharacterDataHandler = cells.text
    parser.Parse(xml, True)
    return Survey(cells.faults, cells.last_row + 1, cells.last_column + 1, cells.is_empty)
