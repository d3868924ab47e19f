"""A sheet's cells by their address, out of CSV text."""

import csv
import io
from dataclasses import dataclass
from typing import Final

from wideberth.errors import WideberthError
from wideberth.formats.plan_keys import is_ignored
from wideberth.formats.sheet_columns import COLUMNS
from wideberth.formats.shown import unquoted_cell

MAX_ROWS: Final = 100_000
_MAX_BYTES: Final = 64 * 1024 * 1024
_DELIMITERS: Final = (",", ";", "\t")
_FOREIGN_MARKS: Final = (
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
    (b"\xd0\xcf\x11\xe0", "an old .xls workbook"),
    (b"%PDF", "a PDF"),
)


class NotASheetError(WideberthError):
    """Bytes that are not a planning sheet that may be read."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell whose value cannot be taken: a date without a zone, an error, an empty formula."""

    what: str
    remedy: str


Cell = str | float | bool | Unreadable
Row = tuple[Cell, ...]


def letters(column: int) -> str:
    """Return a column's letters as sheets show them, column counted from 0.

    >>> letters(0), letters(25), letters(26), letters(701), letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    found = ""
    left = column + 1
    while left > 0:
        left, place = divmod(left - 1, 26)
        found = chr(ord("A") + place) + found
    return found


def is_blank(cell: Cell) -> bool:
    """Say whether a cell holds nothing but spaces."""
    return isinstance(cell, str) and not cell.strip()


def csv_rows(data: bytes) -> list[Row]:
    """Return the rows of a CSV text; the delimiter is the one that gives the header most columns.

    A ' that stands before what a spreadsheet would reckon is its mark of a text, and not read.

    Raises NotASheetError for another encoding, broken quotes, no header, or too much.
    """
    text = _decoded(data)
    header = next((line for line in text.splitlines() if line.strip()), "")
    known = {delimiter: _known(header, delimiter) for delimiter in _DELIMITERS}
    delimiter = max(_DELIMITERS, key=lambda one: known[one])
    if known[delimiter] == 0:
        raise NotASheetError(
            f"the first line {header[:60]!r} has no column that is known.",
            remedy="Begin with the header of the template.",
        )
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            rows.append(tuple(map(unquoted_cell, row)))
            check_count(len(rows))
    except csv.Error as error:
        raise NotASheetError(
            f"the text is broken near line {reader.line_num}: {error}.",
            remedy="Check the quotes; save it as CSV again.",
        ) from None
    return rows


def check_count(rows: int) -> None:
    """Raise NotASheetError beyond the number of rows that are read, header included."""
    if rows > MAX_ROWS:
        raise NotASheetError(f"more than {MAX_ROWS} rows.", remedy="Split the sheet.")


def _decoded(data: bytes) -> str:
    if len(data) > _MAX_BYTES:
        raise NotASheetError(
            f"the file has {len(data)} bytes; at most {_MAX_BYTES} are read.", remedy="Split it."
        )
    for mark, name in _FOREIGN_MARKS:
        if data.startswith(mark):
            raise NotASheetError(f"the file is {name}.", remedy="Save it as CSV UTF-8 or .xlsx.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotASheetError(
            f"byte {error.start} is not UTF-8.", remedy="Save it as 'CSV UTF-8' or .xlsx."
        ) from None
    if "\0" in text:
        raise NotASheetError("the file holds a zero byte; it is no text.", remedy="Give CSV.")
    return text


def _known(header: str, delimiter: str) -> int:
    """Return how many known columns a header has if this is the delimiter."""
    names = {name.strip().strip('"').strip() for name in header.split(delimiter)}
    return sum(name in COLUMNS or is_ignored(name) for name in names)
