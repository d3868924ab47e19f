"""A KMZ archive opened within bounds: the one KML document in it, and what else it holds."""

import io
import struct
import zipfile
import zlib
from typing import Final

from wideberth.formats.kml_tree import MAX_BYTES, NotKmlError

ZIP_MAGIC: Final = b"PK\x03\x04"
_MAX_MEMBERS: Final = 2000
_MAX_RATIO: Final = 200  # coordinates as text shrink to a tenth or so; a bomb to a thousandth
_PLAIN_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


def document_of(data: bytes) -> tuple[bytes, str, tuple[str, ...]]:
    """Return the main document's bytes and name, and the names of all other members.

    The main document is doc.kml, else the first .kml at the top (OGC 12-007r2, KMZ files), else the
    first .kml anywhere. Raises NotKmlError beyond the bounds or for a broken archive.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            main = _main(members)
            _check_bounds(members, main)
            with archive.open(main) as stream:
                content = stream.read(MAX_BYTES + 1)
    except _BROKEN as error:
        raise NotKmlError(
            f"the archive is broken: {error or type(error).__name__}.", remedy="Export it again."
        ) from None
    return content, main.filename, tuple(m.filename for m in members if m is not main)


def _main(members: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    documents = [m for m in members if m.filename.lower().endswith(".kml")]
    if not documents:
        raise NotKmlError("the archive holds no .kml file.", remedy="Give a KMZ.")
    named = [m for m in documents if m.filename.lower() == "doc.kml"]
    top = [m for m in documents if "/" not in m.filename]
    return (named or top or documents)[0]


def _check_bounds(members: list[zipfile.ZipInfo], main: zipfile.ZipInfo) -> None:
    if len(members) > _MAX_MEMBERS:
        raise NotKmlError(
            f"the archive holds {len(members)} files; at most {_MAX_MEMBERS} are looked at.",
            remedy="Keep the KML alone.",
        )
    if main.flag_bits & 0x1:
        raise NotKmlError(f"{main.filename!r} is encrypted.", remedy="Save it without a password.")
    if main.compress_type not in _PLAIN_METHODS:
        raise NotKmlError(
            f"{main.filename!r} is packed by method {main.compress_type}, not by deflate.",
            remedy="Pack it as a plain zip.",
        )
    if main.file_size > MAX_BYTES or main.file_size > _MAX_RATIO * max(1, main.compress_size):
        raise NotKmlError(
            f"{main.filename!r} unpacks {main.compress_size} bytes to {main.file_size};"
            f" at most {MAX_BYTES} and {_MAX_RATIO} times are allowed.",
            remedy="Split it into smaller files.",
        )
