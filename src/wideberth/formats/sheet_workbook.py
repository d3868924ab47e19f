"""The rows of an Excel workbook's plan sheet, through python-calamine, within bounds.

Calamine gives error cells and formulas without a stored value as blank, so they are looked for in
the sheet's own XML: what a planner typed must never be taken for nothing.
Source: ECMA-376 part 1, 18.2.20 (sheet), 18.3.1.4 (c), 18.3.1.40 (f).
"""

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar
from xml.parsers import expat

from wideberth.formats.reading import Problem, Severity
from wideberth.formats.sheet_grid import Cell, NotASheetError, Row, Unreadable
from wideberth.formats.sheet_workbook_survey import Place, Survey, attributes_of, survey_of

T = TypeVar("T")

_MAX_BYTES: Final = 16 * 1024 * 1024
_MAX_UNPACKED: Final = 256 * 1024 * 1024
_MAX_MEMBERS: Final = 1000
_CHUNK: Final = 1 << 20
_PLAN_SHEET: Final = "plan"
_AGAIN: Final = "Save it as .xlsx again, or as CSV UTF-8."
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
_NO_ZONE: Final = Unreadable(
    "the cell is an Excel date or time, which carries no zone.",
    "Format the column as text and write it like 2026-11-22T08:00:00Z.",
)
_MOMENTS: Final = (dt.date, dt.time, dt.timedelta)  # a datetime is a date too


def workbook_rows(data: bytes) -> tuple[list[Row], tuple[Problem, ...]]:
    """Return the rows of the sheet called plan, else of the first that shows, and what is unread.

    Raises NotASheetError for a workbook that is broken or too large, or without python-calamine.
    """
    try:
        import python_calamine  # noqa: PLC0415  an extra; CSV must work without it
    except ImportError:
        raise NotASheetError(
            "reading .xlsx needs the package python-calamine, which is not installed.",
            remedy="Install it: pip install 'wideberth[xlsx]'; or save the sheet as CSV UTF-8.",
        ) from None
    _check_bounds(data)
    chosen = _guarded(lambda: _chosen(python_calamine, data))
    surveys = _guarded(lambda: _surveys(data))
    if chosen not in surveys:
        raise NotASheetError(f"the sheet {chosen!r} is not found.", remedy=_AGAIN)
    surveys[chosen].check()
    values = _guarded(lambda: _values(python_calamine, data, chosen))
    rows = [[_taken(value) for value in row] for row in values]
    _overlay(rows, surveys[chosen].faults)
    others = [name for name, survey in surveys.items() if name != chosen and not survey.is_empty]
    problems: tuple[Problem, ...] = ()
    if others:
        what = f"only the sheet {chosen!r} is read; {len(others)} other(s) are not."
        remedy = f"Give them as files of their own, or call the right one {_PLAN_SHEET!r}."
        problems = (Problem(Severity.PARTIAL, "file", what, remedy, "\n".join(others)),)
    return [tuple(row) for row in rows], problems


def _guarded(step: Callable[[], T]) -> T:
    """Return what a step gives; whatever a broken workbook makes it raise becomes one error."""
    try:
        return step()
    except NotASheetError:
        raise
    except BaseException as error:
        # A panic inside calamine arrives as pyo3's PanicException, which is no Exception.
        if isinstance(error, Exception) or type(error).__module__ == "pyo3_runtime":
            raise NotASheetError(f"the workbook is broken: {error}.", remedy=_AGAIN) from None
        raise


def _check_bounds(data: bytes) -> None:
    """Unpack every member once, counting, so that no bomb reaches the reader."""
    if len(data) > _MAX_BYTES:
        raise NotASheetError(
            f"the workbook has {len(data)} bytes; at most {_MAX_BYTES} are read.",
            remedy="Keep the plan's sheet alone.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            total = _MAX_UNPACKED + 1 if len(members) > _MAX_MEMBERS else 0
            for member in members if total == 0 else ():
                with archive.open(member) as stream:
                    while total <= _MAX_UNPACKED and (chunk := stream.read(_CHUNK)):
                        total += len(chunk)
    except _BROKEN as error:
        raise NotASheetError(f"the workbook is broken: {error}.", remedy=_AGAIN) from None
    if total > _MAX_UNPACKED:
        raise NotASheetError(
            f"the workbook unpacks to more than {_MAX_UNPACKED} bytes or {_MAX_MEMBERS} parts.",
            remedy="Keep the plan's sheet alone.",
        )


def _chosen(calamine: Any, data: bytes) -> str:
    """Return the name of the sheet to read: the one called plan, else the first that shows."""
    workbook = calamine.load_workbook(io.BytesIO(data))
    shown: list[str] = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible == calamine.SheetVisibleEnum.Visible
        and sheet.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    named = [name for name in workbook.sheet_names if name.strip().lower() == _PLAN_SHEET]
    if not (named or shown):
        raise NotASheetError("the workbook shows no sheet.", remedy="Unhide the plan's sheet.")
    return (named or shown)[0]


def _values(calamine: Any, data: bytes, name: str) -> list[list[Any]]:
    """Return a sheet's cells from A1 on, as calamine gives them."""
    sheet = calamine.load_workbook(io.BytesIO(data)).get_sheet_by_name(name)
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    return rows


def _taken(value: Any) -> Cell:
    if isinstance(value, _MOMENTS):
        return _NO_ZONE
    if isinstance(value, bool | str):
        return value
    return float(value)


def _surveys(data: bytes) -> dict[str, Survey]:
    """Return what each sheet's own XML tells, by the sheet's name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        relations = attributes_of(archive.read("xl/_rels/workbook.xml.rels"), "Relationship")
        targets = {r["Id"]: r.get("Target", "") for r in relations if "Id" in r}
        sheets = attributes_of(archive.read("xl/workbook.xml"), "sheet")
        found: dict[str, Survey] = {}
        for sheet in sheets:
            target = targets.get(sheet.get("id", ""), "")
            path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            found[sheet.get("name", "")] = survey_of(archive.read(path))
        return found


def _overlay(rows: list[list[Cell]], faults: Mapping[Place, Unreadable]) -> None:
    """Put faulty cells in place of the blanks that they were read as."""
    for (row, column), fault in faults.items():
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
        rows[row][column] = fault
