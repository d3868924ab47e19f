"""Envelopes as lines (NDJSON): what one request between nodes may carry, and what a file may.

An envelope holds no line feed, so lines keep its bytes as they are. Both ends hold the same bounds.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from wideberth.errors import WideberthError
from wideberth.peering.envelope import MAX_ENVELOPE_BYTES

CONTENT_TYPE: Final = "application/x-ndjson"
MESSAGES_PATH: Final = "/peer/v1/messages"
CARD_PATH: Final = "/peer/v1/card"
MAX_LINES: Final = 256
MAX_EXCHANGE_BYTES: Final = 16 * 1_048_576


class LinesError(WideberthError):
    """Bytes that are not lines within bounds."""


def join_lines(lines: Iterable[bytes]) -> bytes:
    """Return the lines as bytes, each with a line feed at its end."""
    return b"".join(line + b"\n" for line in lines)


def split_lines(data: bytes, *, max_lines: int = MAX_LINES) -> tuple[bytes, ...]:
    """Return the lines; each must end in a line feed, and hold something.

    Raises LinesError, also for a line longer than an envelope may be.
    """
    if not data:
        return ()
    if not data.endswith(b"\n"):
        raise LinesError("The last line is cut short.")
    if data.count(b"\n") > max_lines:
        raise LinesError(f"There are more than {max_lines} lines.")
    lines = tuple(data[:-1].split(b"\n"))
    for number, line in enumerate(lines, start=1):
        if not line:
            raise LinesError(f"Line {number} is empty.")
        if len(line) > MAX_ENVELOPE_BYTES:
            raise LinesError(f"Line {number} is longer than {MAX_ENVELOPE_BYTES} bytes.")
    return lines


def that_fit(lines: Sequence[bytes]) -> Sequence[bytes]:
    """Return as many of the first lines as one request may carry."""
    room = MAX_EXCHANGE_BYTES
    for number, line in enumerate(lines[:MAX_LINES]):
        room -= len(line) + 1
        if room < 0:
            return lines[:number]
    return lines[:MAX_LINES]
