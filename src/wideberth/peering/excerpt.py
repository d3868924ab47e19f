"""Excerpts of a ledger, frozen: the entries about one thing, each with its place, in one file.

The digest of an excerpt is over the ledger's name, what it is about, and each entry's index and
SHA-256: it can be stated before anybody has countersigned the ledger so far, and does not change
when the file is made again under a newer checkpoint. In the file each entry has its audit path to
one signed checkpoint; a third person needs the file and public keys, and nothing else.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from wideberth.errors import WideberthError
from wideberth.peering.envelope import Kind, peek, read_payload
from wideberth.peering.evidence import Evidence, Keys, Verdict, render_evidence, verify_evidence
from wideberth.peering.payloads import AnyMessage, decode_message, decode_receipt
from wideberth.peering.strict import Count, Instant, Proof

FORMAT: Final = "wideberth-excerpt 1"
MAX_EXCERPT_BYTES: Final = 64 * 1024 * 1024
MOST_ENTRIES: Final = 5000
Raw = Annotated[str, Meta(max_length=3_000_000)]


class ExcerptError(WideberthError):
    """A file that is no excerpt."""


class ExcerptEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """An entry: its index in the ledger, its exact bytes (base64), and its audit path (base64)."""

    index: Count
    raw: Raw
    path: Proof = ()

    @property
    def data(self) -> bytes:
        """Return the exact bytes; raises ExcerptError."""
        return _decoded(self.raw)


class Excerpt(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What was frozen. cut: older entries than these were not looked at: there were too many.

    checkpoint: signed, with a countersignature where there was one; empty as it is kept.
    """

    format: str
    origin: Annotated[str, Meta(max_length=500)]
    about: Annotated[str, Meta(max_length=700)]
    number: Count
    from_s: Instant
    to_s: Instant
    entries: Annotated[tuple[ExcerptEntry, ...], Meta(max_length=MOST_ENTRIES)]
    cut: bool = False
    checkpoint: Annotated[str, Meta(max_length=8000)] = ""

    @property
    def digest(self) -> str:
        """Return the digest, the same under any checkpoint (hex SHA-256)."""
        head = [FORMAT, self.origin, self.about, self.number, self.from_s, self.to_s, self.cut]
        said = [[e.index, hashlib.sha256(e.data).hexdigest()] for e in self.entries]
        return hashlib.sha256(msgspec.json.encode([*head, said])).hexdigest()


@dataclass(frozen=True, slots=True)
class Held:
    """An entry as it is named: by its hash, and by sender, recipient and number where it has them.

    words: what it is, without its content.
    """

    digest: str
    name: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Two excerpts beside each other: what both hold, one alone holds, and what differs."""

    both: tuple[Held, ...]
    only_one: tuple[Held, ...]
    only_other: tuple[Held, ...]
    differ: tuple[tuple[Held, Held], ...]


def write_excerpt(excerpt: Excerpt) -> bytes:
    """Return the file."""
    return msgspec.json.format(msgspec.json.encode(excerpt), indent=1) + b"\n"


def read_excerpt(raw: bytes) -> Excerpt:
    """Return what a file holds, none of it checked yet; raises ExcerptError."""
    if len(raw) > MAX_EXCERPT_BYTES:
        raise ExcerptError("the file is longer than an excerpt may be.")
    try:
        found = msgspec.json.decode(raw, type=Excerpt)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ExcerptError(
            f"the file is no excerpt of a ledger: {str(error)[:200]}.",
            remedy="Make one: wideberth incident export.",
        ) from error
    if found.format != FORMAT:
        raise ExcerptError(f"the file is {found.format[:60]!r}, not {FORMAT!r}.")
    indices = [entry.index for entry in found.entries]
    if indices != sorted(set(indices)):
        raise ExcerptError("the entries do not stand in the order of the ledger, each once.")
    return found


def verify_excerpt(excerpt: Excerpt, keys: Keys, *, digest: str = "") -> Verdict:
    """Return whether each entry is in the ledger under the checkpoint; never raises.

    digest: the one that was stated, which the excerpt must have. An excerpt of no entries shows
    that nothing was frozen, by the word of whoever made it.
    """
    said: list[str] = []
    try:
        if digest and excerpt.digest != digest:
            raise ExcerptError(f"The excerpt's digest is {excerpt.digest}, not the one stated.")
        if excerpt.origin != keys.log.name:
            raise ExcerptError(f"The excerpt is of {excerpt.origin}, not of {keys.log.name}.")
        unchecked: tuple[str, ...] = ()
        for entry in excerpt.entries:
            verdict = verify_evidence(_evidence(entry, excerpt.checkpoint), keys)
            said += [one for one in verdict.checked if one not in said]
            unchecked = verdict.unchecked
            if not verdict.is_shown:
                return Verdict(False, tuple(said))
    except WideberthError as refusal:
        return Verdict(False, (*said, refusal.diagnostics()))
    said.append(f"All {len(excerpt.entries)} entries are in the ledger; digest {excerpt.digest}.")
    return Verdict(True, tuple(said), unchecked)


def compare(one: Excerpt, other: Excerpt) -> Compared:
    """Return what two excerpts hold alike and not; both are taken as they are, unverified.

    A message that has passed between them is in both ledgers, byte for byte. Two of one name and
    other bytes are two histories.
    """
    ours, theirs = held_in(one), held_in(other)
    here, there = ({h.digest: h for h in held} for held in (ours, theirs))
    only_ours = [h for h in ours if h.digest not in there]
    only_theirs = [h for h in theirs if h.digest not in here]
    named = {h.name: h for h in only_theirs if h.name}
    differ = [(h, named[h.name]) for h in only_ours if h.name in named]
    apart = {h.digest for pair in differ for h in pair}
    return Compared(
        both=tuple(h for h in ours if h.digest in there),
        only_one=tuple(h for h in only_ours if h.digest not in apart),
        only_other=tuple(h for h in only_theirs if h.digest not in apart),
        differ=tuple(differ),
    )


def entry_of(index: int, raw: bytes, path: Sequence[str] = ()) -> ExcerptEntry:
    """Return an entry of an excerpt."""
    return ExcerptEntry(index, base64.b64encode(raw).decode(), tuple(path))


def held_in(excerpt: Excerpt) -> list[Held]:
    """Return what each entry of an excerpt is, without its content."""
    return [_named(entry.data) for entry in excerpt.entries]


def _named(raw: bytes) -> Held:
    digest = hashlib.sha256(raw).hexdigest()
    try:
        return Held(digest, *_name(raw))
    except WideberthError:
        return Held(digest, (), "an entry that cannot be read")


def _name(raw: bytes) -> tuple[tuple[str, ...], str]:
    match peek(raw).kind:
        case Kind.MESSAGE:
            message = decode_message(read_payload(raw))
            head = message.head
            words = f"{_type_of(message)} {head.sequence} from {head.sender} to {head.recipient}"
            return ("message", head.sender, head.recipient, str(head.sequence)), words
        case Kind.RECEIPT:
            receipt = decode_receipt(read_payload(raw))
            number = receipt.sequence
            words = f"receipt of {receipt.recipient}'s message {number}, by {receipt.sender}"
            return ("receipt", receipt.sender, receipt.recipient, str(number)), words
        case kind:
            return (), f"a {kind.value}"


class _Tagged(Struct):
    type: str = "message"


def _type_of(message: AnyMessage) -> str:
    return msgspec.json.decode(message.body, type=_Tagged).type


def _evidence(entry: ExcerptEntry, checkpoint: str) -> bytes:
    path = tuple(_decoded(part) for part in entry.path)
    return render_evidence(Evidence(entry.data, entry.index, path, checkpoint.encode()))


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise ExcerptError("an entry or a hash is not base64.") from None
