"""Tell by its content what a file is, and have the right reader read it.

The readers are imported when they are needed, so that one file does not load them all.
"""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Final

from wideberth.formats.plan_keys import PLAN_KEYS
from wideberth.formats.reading import Problem, Reading, ReadOptions, Severity

_READABLE: Final = (
    "Readable: plan GeoJSON, planning sheets (CSV, XLSX), KML and KMZ, OpenAir, SFAF, NOTAM,"
    " navigational warnings, agreement TOML."
)
_HEAD: Final = 65_536
# First bytes of common files that are no input; File signatures as their standards give them.
_MAGIC: Final = (
    (b"%PDF", "a PDF document", "Export the text or the plan itself."),
    (b"\x89PNG", "a PNG picture", "A picture holds no plan."),
    (b"\xff\xd8\xff", "a JPEG picture", "A picture holds no plan."),
    (b"GIF8", "a GIF picture", "A picture holds no plan."),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.xls, .doc)", "Save it as .xlsx or .csv."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"7z\xbc\xaf", "a 7z archive", "Unpack it first."),
    (b"Rar!", "a RAR archive", "Unpack it first."),
    (b"\x7fELF", "a program", ""),
    (b"MZ", "a program", ""),
    (b"SQLite format 3", "an SQLite database", "Export the plan as GeoJSON."),
)
_EXTENSIONS: Final = {
    "geojson": "geojson",
    "json": "geojson",
    "toml": "agreement_toml",
    "kml": "kml",
    "kmz": "kml",
    "csv": "sheet",
    "tsv": "sheet",
    "xlsx": "sheet",
    "sfaf": "sfaf",
}
_TABLE: Final = re.compile(r"\[\[?[A-Za-z0-9_.\"' -]+\]\]?\s*(#.*)?\Z")
_SETTING: Final = re.compile(r"^\s*(id|version|title|parties)\s*=", re.MULTILINE)

_Reader = Callable[[bytes, str, ReadOptions], Reading]


def read_any(data: bytes, source: str, options: ReadOptions) -> Reading:
    """Return what the right reader makes of a file; one that no reader knows is an ERROR.

    The content decides; the name's ending only where the content fits none or several.
    """
    if not data.strip(b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n"):
        return _refused(source, "the file is empty.", _READABLE)
    for magic, name, remedy in _MAGIC:
        if data.startswith(magic):
            return _refused(source, f"the file is {name}.", f"{remedy} {_READABLE}".strip())
    if data.startswith(b"PK\x03\x04"):
        return _read_archive(data, source, options)
    text = _text(data)
    if text is None:
        start = data[:8].hex(" ")
        return _refused(source, f"the file is binary; it begins with bytes {start}.", _READABLE)
    kind = _kind_of(text) or _by_text(text, source) or _EXTENSIONS.get(_extension(source))
    if kind is None:
        start = " ".join(text.split())[:40]
        return _refused(source, f"no known format; it begins with {start!r}.", _READABLE)
    return _placed(_reader(kind)(data, source, options))


def _placed(reading: Reading) -> Reading:
    """Return a reading whose remarks name places within the file; its source stands beside them."""
    problems = tuple(
        replace(p, where=p.where.removeprefix(reading.source).removeprefix(", ") or "file")
        if p.where == reading.source or p.where.startswith(f"{reading.source}, ")
        else p
        for p in reading.problems
    )
    return replace(reading, problems=problems)


def _refused(source: str, what: str, remedy: str) -> Reading:
    return Reading(source, "unknown", problems=(Problem(Severity.ERROR, "file", what, remedy),))


def _reader(kind: str) -> _Reader:
    reader: _Reader = import_module(f"wideberth.formats.{kind}").read
    return reader


def _extension(source: str) -> str:
    return source.rpartition(".")[2].lower()


def _read_archive(data: bytes, source: str, options: ReadOptions) -> Reading:
    """Read a KMZ or a workbook; both are zip archives and told apart by what they hold."""
    try:
        names = [name.lower() for name in zipfile.ZipFile(io.BytesIO(data)).namelist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError, OSError):
        remedy = "It may be cut off; fetch it again."
        return _refused(source, "the file is a zip archive that cannot be opened.", remedy)
    if any(name.startswith("xl/") for name in names):
        return _reader("sheet")(data, source, options)
    if any(name.endswith(".kml") for name in names):
        return _reader("kml")(data, source, options)
    what = "the file is a zip archive that holds neither a workbook nor a KML drawing."
    return _refused(source, what, f"Unpack it first. {_READABLE}")


def _text(data: bytes) -> str | None:
    """Return the text of a file, or None where it is none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    head = data[:_HEAD]
    odd = sum(byte < 0x20 and byte not in b"\t\n\f\r\x01\x03\x0b\x1a\x1e" for byte in head)
    if b"\x00" in head or odd * 100 > len(head):
        return None
    return data.decode("utf-8-sig", errors="replace")


def _kind_of(text: str) -> str | None:
    """Return the format whose first characters leave no doubt."""
    start = text[:_HEAD].lstrip()
    line = start.splitlines()[0].strip()
    if start.startswith("{") or (start.startswith("[") and not _TABLE.match(line)):
        is_warnings: bool = import_module("wideberth.formats.navwarn").looks_like_navwarn(text)
        return "navwarn" if is_warnings else "geojson"
    if start.startswith("<"):
        return "kml" if re.search(r"<([a-z0-9]+:)?kml\b", start, re.IGNORECASE) else None
    if _is_sheet(line):
        return "sheet"
    if _TABLE.match(line) or _SETTING.search(start):
        return "agreement_toml"
    return None


def _is_sheet(line: str) -> bool:
    """Say whether a line is the heading of a planning sheet: known keys between delimiters."""
    for delimiter in (",", ";", "\t"):
        cells = {cell.strip().strip('"').lower() for cell in line.split(delimiter)}
        if len(cells & PLAN_KEYS) >= 3:
            return True
    return False


def _by_text(text: str, source: str) -> str | None:
    """Return the text format that claims a text; of several the first, notices before airspace."""
    if text.lstrip().startswith("<") or _extension(source) in ("toml", "csv", "tsv"):
        return None
    for kind in ("sfaf", "notam", "navwarn", "openair"):
        if getattr(import_module(f"wideberth.formats.{kind}"), f"looks_like_{kind}")(text):
            return kind
    return None
