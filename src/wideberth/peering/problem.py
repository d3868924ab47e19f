"""What a node answers, unsigned, where it owes nobody a receipt: a line of JSON with the reason.

It is no evidence and changes nothing on the side that reads it, except what it sends next.
The fields are in the manner of RFC 9457.
"""

from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from wideberth.peering.wire import Name, Text

MAX_PROBLEM_BYTES: Final = 8192


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """problem: for people. code: for nodes. expected: the number that would have been right."""

    problem: Text
    code: Name
    expected: Annotated[int, Meta(ge=1, le=2**53)] | None = None


_encoder: Final = msgspec.json.Encoder()
_decoder: Final = msgspec.json.Decoder(Problem)


def encode_problem(problem: Problem) -> bytes:
    """Return the line, without its line feed."""
    return _encoder.encode(problem)


def decode_problem(line: bytes) -> Problem | None:
    """Return the problem, or None if the line is none (a receipt, or nothing of ours)."""
    if len(line) > MAX_PROBLEM_BYTES:
        return None
    try:
        return _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
