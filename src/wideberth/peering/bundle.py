"""A bundle file: what nodes would say over a line, carried by hand where there is none.

    line 1    an envelope of kind bundle: who to whom, how many lines, SHA-256 of all that follows
    then      message envelopes in the order of their numbers
    then      receipt envelopes

Each line ends in one line feed. A bundle is plain text and never an archive: there is nothing to
unpack, no name and no path in it. Reading proves the file whole and meant for us; what its messages
say is settled by the inbox, as if they had come over a line, and each by its own signature.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from wideberth.errors import WideberthError
from wideberth.peering.envelope import (
    EnvelopeError,
    Kind,
    UnknownKeyError,
    open_envelope,
    peek,
)
from wideberth.peering.lines import LinesError, join_lines, split_lines
from wideberth.peering.strict import Count, Strict
from wideberth.peering.wire import Name

MAX_BUNDLE_BYTES: Final = 64 * 1_048_576
MAX_BUNDLE_LINES: Final = 100_000
_VERSION: Final = 1
_MAX_NAMED: Final = 10
_HEADER_ROOM: Final = 8192
_PLAIN: Final = "Give the bundle file itself, as the other node wrote it."
_ARCHIVES: Final = (
    (b"\x1f\x8b", "gzip"),
    (b"\x1f\x9d", "compress"),
    (b"PK", "zip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x04\x22\x4d\x18", "lz4"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "rar"),
)
_TAR_AT: Final = 257

Keys = Mapping[str, bytes] | Callable[[str], bytes | None]
Number = Annotated[int, Meta(ge=1, le=2**53)]


class BundleError(WideberthError):
    """A file that is not to be imported; `problems` says all that was found wrong."""

    def __init__(
        self, *problems: str, remedy: str = "Ask the other side for a new bundle."
    ) -> None:
        self.problems = problems
        super().__init__("This bundle cannot be taken: " + " ".join(problems), remedy=remedy)


class UnknownBundleKeyError(BundleError):
    """Its header is signed under a key that is not known, perhaps not yet.

    The messages inside may bring the key: feed those of `unverified_lines` to the inbox, which
    takes each by its own signature, and read the bundle again.
    """


class BundleHeader(Strict, frozen=True):
    """What a bundle says of itself.

    first, last: numbers of its messages; none: last is first - 1. lines: how many messages
    and receipts. wants_receipts_from: the sender's first message without the recipient's receipt.
    sha256: of all bytes after the header's line. made_s: the sender's clock.
    """

    agreement: Name
    sender: Name
    recipient: Name
    first: Number
    last: Count
    lines: Count
    wants_receipts_from: Number
    sha256: Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
    made_s: float
    version: int = _VERSION


@dataclass(frozen=True, slots=True)
class About:
    """What the writer of a bundle says of it; first: the number of its first message."""

    agreement: str
    sender: str
    recipient: str
    first: int
    wants_receipts_from: int
    made_s: float


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that is whole and for us."""

    header: BundleHeader
    messages: tuple[bytes, ...]
    receipts: tuple[bytes, ...]


_encoder: Final = msgspec.json.Encoder()
_decoder: Final = msgspec.json.Decoder(BundleHeader)


def write_bundle(
    messages: Sequence[bytes],
    receipts: Sequence[bytes],
    *,
    about: About,
    seal: Callable[[bytes], bytes],
) -> bytes:
    """Return the file; seal makes an envelope of kind BUNDLE of a payload.

    messages: numbered on from about.first, with no gap. Raises BundleError for more than a bundle
    may hold: `that_fit_a_bundle` says how many go into one.
    """
    rest = join_lines((*messages, *receipts))
    header = BundleHeader(
        agreement=about.agreement,
        sender=about.sender,
        recipient=about.recipient,
        first=about.first,
        last=about.first + len(messages) - 1,
        lines=len(messages) + len(receipts),
        wants_receipts_from=about.wants_receipts_from,
        sha256=hashlib.sha256(rest).hexdigest(),
        made_s=about.made_s,
    )
    data = join_lines((seal(_encoder.encode(header)),)) + rest
    lines = _lines(data)
    problems = tuple(_kind_problems(lines[1:], header))
    if problems:
        raise BundleError(*problems, remedy="This is a fault of this node: report it.")
    return data


def that_fit_a_bundle(messages: Sequence[bytes], receipts: Sequence[bytes]) -> tuple[int, int]:
    """Return how many of the first messages, and of the first receipts, go into one bundle.

    Receipts go first: without them the other side sends everything again.
    """
    room, lines, counts = MAX_BUNDLE_BYTES - _HEADER_ROOM, MAX_BUNDLE_LINES - 1, [0, 0]
    for which, some in ((1, receipts), (0, messages)):
        for line in some:
            room -= len(line) + 1
            lines -= 1
            if room < 0 or lines < 0:
                return counts[0], counts[1]
            counts[which] += 1
    return counts[0], counts[1]


def read_bundle(data: bytes, *, keys: Keys, recipient: str, agreement: str) -> Bundle:
    """Return the bundle, once it is whole, signed by a known key, and for this party.

    keys: the other side's envelope keys by id. Raises a BundleError, and nothing else.
    """
    lines = _lines(data)
    header = _header(lines[0], keys)
    problems = tuple(_problems(data, lines, header))
    if header.recipient != recipient:
        problems += (f"It is for {header.recipient!r}, and this is {recipient!r}.",)
    if header.agreement != agreement:
        problems += (f"It is under agreement {header.agreement!r}, not {agreement!r}.",)
    if problems:
        raise BundleError(*problems)
    count = header.last - header.first + 1
    return Bundle(header, lines[1 : 1 + count], lines[1 + count :])


def unverified_lines(data: bytes) -> tuple[bytes, ...]:
    """Return the messages and receipts of a bundle whose header nobody has checked."""
    return _lines(data)[1:]


def _lines(data: bytes) -> tuple[bytes, ...]:
    if len(data) > MAX_BUNDLE_BYTES:
        raise BundleError(
            f"It is longer than {MAX_BUNDLE_BYTES} bytes.", remedy="Make it in parts."
        )
    archive = _archive(data)
    if archive is not None:
        raise BundleError(f"It is a {archive} archive, and no archive is opened.", remedy=_PLAIN)
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or b"\r\n" in data:
        raise BundleError("A text program has changed it.", remedy=_PLAIN)
    try:
        lines = split_lines(data, max_lines=MAX_BUNDLE_LINES)
    except LinesError as error:
        raise BundleError(error.what) from error
    if not lines:
        raise BundleError("It is empty.")
    return lines


def _archive(data: bytes) -> str | None:
    if data[_TAR_AT : _TAR_AT + 5] == b"ustar":
        return "tar"
    return next((name for magic, name in _ARCHIVES if data.startswith(magic)), None)


def _header(line: bytes, keys: Keys) -> BundleHeader:
    try:
        opened = open_envelope(line, keys=keys, kind=Kind.BUNDLE)
        header = _decoder.decode(opened.payload)
    except UnknownKeyError as error:
        raise UnknownBundleKeyError(error.what) from error
    except EnvelopeError as error:
        raise BundleError(f"Its first line is no header: {error.what}") from error
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise BundleError("Its header is not of the form that this node knows.") from error
    if header.version != _VERSION:
        raise BundleError(f"It is of version {header.version}, this node knows {_VERSION}.")
    return header


def _problems(data: bytes, lines: Sequence[bytes], header: BundleHeader) -> list[str]:
    found = []
    if len(lines) - 1 != header.lines:
        found.append(f"It has {len(lines) - 1} lines after the header, not {header.lines}.")
    if hashlib.sha256(data[len(lines[0]) + 1 :]).hexdigest() != header.sha256:
        found.append("What follows the header is not what was written.")
    count = header.last - header.first + 1
    if not 0 <= count <= header.lines:
        found.append("The numbers of its messages do not fit the lines.")
    return found or _kind_problems(lines[1:], header)


def _kind_problems(lines: Sequence[bytes], header: BundleHeader) -> list[str]:
    """Say which lines are not of the kind that their place asks for; the first few."""
    count, found = header.last - header.first + 1, list[str]()
    for number, line in enumerate(lines):
        wanted = Kind.MESSAGE if number < count else Kind.RECEIPT
        try:
            kind = peek(line).kind
            if kind is not wanted:
                found.append(f"Line {number + 2} is a {kind}, not a {wanted}.")
        except EnvelopeError as error:
            found.append(f"Line {number + 2}: {error.what}")
        if len(found) == _MAX_NAMED:
            break
    return found
