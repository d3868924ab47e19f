"""Files to readings: what cannot be opened is a problem like any other, and no order matters."""

import hashlib
import stat
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from wideberth.formats.reading import Problem, Reading, ReadOptions, Severity
from wideberth.formats.sniff import read_any

MAX_BYTES: Final = 256 * 1024 * 1024
STDIN: Final = "-"
_KINDS: Final = (
    (stat.S_ISDIR, "a directory", "Give the files in it."),
    (stat.S_ISFIFO, "a pipe", "Give a file, or - for standard input."),
    (stat.S_ISCHR, "a device", "Give a file, or - for standard input."),
    (stat.S_ISBLK, "a device", "Give a file."),
    (stat.S_ISSOCK, "a socket", "Give a file."),
)


class UnreadableError(Exception):
    """A file that cannot be opened: what was found, and what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what, self.remedy = what, remedy
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it was named, its short name, and its content or why there is none."""

    path: str
    name: str
    data: bytes
    digest: str
    problem: Problem | None = None


def read_files(
    paths: Sequence[str],
    *,
    parties: Mapping[str, str],
    repair: bool = False,
    progress: Callable[[str, int, int], None] = lambda _step, _done, _total: None,
) -> tuple[Reading, ...]:
    """Return one reading a file, in an order that does not depend on the order of the paths.

    parties: the party of a file that names none, by path or name. A file's source is its name
    alone, or its path where two files share a name. A file given twice is read once.
    """
    files = sorted((_opened(path) for path in paths), key=lambda f: (f.name, f.digest, f.path))
    shared = {f.name for f in files if len({g.path for g in files if g.name == f.name}) > 1}
    readings: list[Reading] = []
    seen: dict[str, int] = {}
    for number, file in enumerate(files):
        progress("reading", number, len(files))
        source = file.path if file.name in shared else file.name
        if file.problem is not None:
            readings.append(Reading(source, "unknown", problems=(file.problem,)))
        elif file.digest in seen:
            at = seen[file.digest]
            note = Problem(Severity.NOTE, "file", f"{source} is the same file; it is read once.")
            readings[at] = replace(readings[at], problems=(*readings[at].problems, note))
        else:
            seen[file.digest] = len(readings)
            party = parties.get(file.path, parties.get(file.name))
            readings.append(read_any(file.data, source, ReadOptions(party, repair)))
    return tuple(readings)


def _opened(path: str) -> _File:
    name = "standard input" if path == STDIN else Path(path).name or path
    try:
        data = _content(path)
    except UnreadableError as error:
        problem = Problem(Severity.ERROR, "file", error.what, error.remedy)
        return _File(path, name, b"", "", problem)
    return _File(path, name, data, hashlib.sha256(data).hexdigest())


def _content(path: str) -> bytes:
    """Return a file's bytes; raises UnreadableError, before reading where the size is known."""
    try:
        if path == STDIN:
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            found = Path(path).stat()
            for is_kind, name, remedy in _KINDS:
                if is_kind(found.st_mode):
                    raise UnreadableError(f"is {name}, not a file.", remedy)
            _refuse_large(found.st_size)
            with Path(path).open("rb") as file:
                data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UnreadableError("does not exist.", "Check the path.") from None
    except PermissionError:
        raise UnreadableError("may not be read by you.", "Ask for read permission.") from None
    except (OSError, ValueError) as error:
        raise UnreadableError(f"cannot be read: {error}.", "Check the path.") from None
    _refuse_large(len(data))
    return data


def _refuse_large(size_bytes: int) -> None:
    if size_bytes > MAX_BYTES:
        limit = f"{MAX_BYTES // 1024**2} MiB"
        raise UnreadableError(f"is larger than {limit}, the most that is read.", "Split it.")
