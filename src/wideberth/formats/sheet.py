"""Planning sheets, CSV or Excel: one row a volume, columns named as a plan's properties."""

from wideberth.formats.reading import Problem, Reading, ReadOptions, Severity, counted, read_words
from wideberth.formats.sheet_columns import TEMPLATE_COLUMNS, template_csv
from wideberth.formats.sheet_grid import NotASheetError, Row, csv_rows, is_blank
from wideberth.formats.sheet_rows import RowReader, header_of
from wideberth.formats.sheet_workbook import workbook_rows

__all__ = ["TEMPLATE_COLUMNS", "read", "read_csv", "read_xlsx", "template_csv"]

_ZIP_MAGIC = b"PK\x03\x04"


def read(data: bytes, source: str, options: ReadOptions) -> Reading:
    """Return the activities of a sheet; an Excel workbook is told by its zip mark."""
    if data.startswith(_ZIP_MAGIC):
        return read_xlsx(data, source, options)
    return read_csv(data, source, options)


def read_csv(data: bytes, source: str, options: ReadOptions) -> Reading:
    """Return the activities of a CSV text in UTF-8; commas, semicolons or tabs between cells."""
    try:
        rows = csv_rows(data)
    except NotASheetError as error:
        return _refused(source, error)
    return _reading(rows, (), source, options)


def read_xlsx(data: bytes, source: str, options: ReadOptions) -> Reading:
    """Return the activities of an Excel workbook's plan sheet; formulas as stored."""
    try:
        rows, problems = workbook_rows(data)
    except NotASheetError as error:
        return _refused(source, error)
    return _reading(rows, problems, source, options)


def _refused(source: str, error: NotASheetError) -> Reading:
    return Reading(source, "sheet", problems=(Problem.of(error, "file"),))


def _reading(
    rows: list[Row], problems: tuple[Problem, ...], source: str, options: ReadOptions
) -> Reading:
    header, told = header_of(rows)
    if header is None:
        return Reading(source, "sheet", problems=(*problems, *told))
    reader = RowReader(header, options)
    count = 0
    for number, cells in enumerate(rows[header.row + 1 :], start=header.row + 1):
        if not all(map(is_blank, cells)):
            count += 1
            reader.read(number, cells)
    activities = reader.finish()
    if count == 0:
        what = "the sheet has a header and no row."
        told.append(Problem(Severity.NOTE, "file", what))
    understood = read_words(counted(count, "row"), activities)
    return Reading(source, "sheet", activities, (*problems, *told, *reader.problems), (understood,))
