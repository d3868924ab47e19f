"""Text to a file, whole or not at all, and what people are told on the way."""

import contextlib
import os
import secrets
import stat
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import click

from wideberth.formats.reading import Reading, Severity
from wideberth.formats.report_text import remark_words
from wideberth.formats.shown import ascii_json, block, line

SHOWN: Final = 200
_ODD: Final = "backslashreplace"  # a file name may hold bytes that are no text


class RefusedError(click.ClickException):
    """What was asked cannot be done; exit code 2, since there is no answer."""

    exit_code = 2

    def format_message(self) -> str:
        """Return what is said, safe to show: it may name what a peer has named."""
        return block(self.message)


def write_bytes(target: str, data: bytes) -> None:
    """Write a file of bytes, whole or not at all; raises RefusedError with the reason."""
    path = Path(target)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            path.write_bytes(data)
            return
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        reason = error.strerror or str(error)
        raise RefusedError(f"{target} cannot be written: {reason}. Nothing was written.") from None


def write_whole(target: str, text: str, *, inputs: Iterable[str] = ()) -> None:
    """Write a file by way of a temporary one beside it, so that it is never seen half written.

    A target that is a device or a pipe is written to as it is. Raises RefusedError with
    the reason, and for a target that is one of the inputs.
    """
    path = Path(target)
    if any(_is_same(path, given) for given in inputs):
        raise RefusedError(f"{target} is one of the inputs. Write to another file.")
    try:
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            with path.open("w", encoding="utf-8", errors=_ODD, newline="\n") as stream:
                stream.write(text)
            return
        _replace(path.resolve(), text)
    except OSError as error:
        reason = error.strerror or str(error)
        raise RefusedError(f"{target} cannot be written: {reason}. Nothing was written.") from None


def _is_same(path: Path, given: str) -> bool:
    try:
        return path.samefile(given)
    except OSError:
        return False


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors=_ODD, newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def show_errors(readings: Sequence[Reading]) -> int:
    """Tell on standard error what could not be read, and return how many pieces that were."""
    errors = [
        remark_words(reading.source, problem)
        for reading in readings
        for problem in reading.problems
        if problem.severity is Severity.ERROR
    ]
    for words in errors[:SHOWN]:
        click.echo(words, err=True)
    if len(errors) > SHOWN:
        click.echo(f"... and {len(errors) - SHOWN:,} more.", err=True)
    return len(errors)


def say_aside(words: str) -> None:
    """Say a line on standard error, beside what goes to standard output."""
    click.echo(line(words), err=True)


def show_plan(plan: str) -> None:
    """Write a plan to the screen, in ASCII: the same plan, and nothing in it can act."""
    show_text(ascii_json(plan))


def show_text(text: str, *, err: bool = False) -> None:
    """Write to the screen in UTF-8; to a file or pipe byte by byte the same on any machine."""
    data = text.encode("utf-8", errors=_ODD)
    stream = sys.stderr if err else sys.stdout
    click.echo(data.decode("utf-8") if stream.isatty() else data, nl=False, err=err)
