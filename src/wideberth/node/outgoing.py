"""A message on its way out: numbered, chained, signed, logged and queued in the command's draft."""

import base64
from dataclasses import dataclass
from hashlib import sha256

import msgspec
from msgspec import Struct, structs

from wideberth.node import tables, witnessing
from wideberth.node.records import Peer
from wideberth.node.refusals import NotAllowedError
from wideberth.node.work import Work
from wideberth.peering.envelope import Kind, TooLargeEnvelopeError, seal
from wideberth.peering.messages import Body
from wideberth.peering.payloads import (
    PROTOCOL,
    Evidence,
    Head,
    Message,
    MessageError,
    Record,
    encode,
    refuse_unreadable,
)


class SentMessage(Struct, frozen=True):
    """A message of ours: the hash of its envelope and where it stands in our log."""

    digest: str
    index: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that was just queued; peer: as it is now."""

    peer: Peer
    digest: str
    sequence: int
    index: int


def send(work: Work, party: str, body: Body) -> Sent:
    """Queue a message for a peer; raises NotAllowedError for one that no peer could read."""
    try:
        refuse_unreadable(body)
    except MessageError as error:
        raise NotAllowedError(
            f"no other node could read this: {error.what}", remedy="Shorten it, or split it in two."
        ) from error
    peer = work.peer(party)
    witnessed, cosigned_size = witnessing.said(work, peer)
    sequence = peer.out_sequence + 1
    head = Head(
        agreement=work.agreement.id,
        agreement_version=work.agreement.version,
        sender=work.party,
        recipient=party,
        sequence=sequence,
        previous=peer.out_previous,
        last_sequence=peer.in_sequence,
        last_received=peer.in_last,
        sent_s=work.now_s,
        version=PROTOCOL,
        witnessed=witnessed,
        agreement_digest=work.bench.settings.agreement_digest,
        rules_digest=work.bench.settings.rules_digest,
    )
    raw = _sealed(work, encode(Message(head=head, body=body)))
    digest = sha256(raw).hexdigest()
    index = work.log.append(raw)
    work.draft.put(tables.OUTBOX, tables.key(party, sequence), raw)
    record = msgspec.json.encode(SentMessage(digest, index))
    work.draft.put(tables.SENT, tables.key(party, sequence), record)
    peer = structs.replace(
        peer,
        out_sequence=sequence,
        out_previous=digest,
        cosigned_size=cosigned_size,
        last_sent_s=work.now_s,
    )
    work.save_peer(peer)
    return Sent(peer, digest, sequence, index)


def log_own(work: Work, record: Record) -> int:
    """Log an entry that goes to nobody, and return its index."""
    signer = work.bench.signer
    raw = seal(encode(record), Kind.RECORD, kid=signer.kid, sign=signer.sign)
    return work.log.append(raw)


def log_evidence(work: Work, about: str, what: str, envelopes: tuple[bytes, ...]) -> int:
    """Log envelopes that cannot all be honest, and return the index of the entry that says so.

    Where they are too large for one entry, each is an entry of its own before it.
    """
    kept = tuple(base64.b64encode(one).decode() for one in envelopes)
    try:
        body = Evidence(about=about, what=what, envelopes=kept)
        return log_own(work, Record(at_s=work.now_s, body=body))
    except TooLargeEnvelopeError:
        places = " and ".join(str(work.log.append(one)) for one in envelopes)
        body = Evidence(about=about, what=f"{what}: entries {places}", envelopes=())
        return log_own(work, Record(at_s=work.now_s, body=body))


def _sealed(work: Work, payload: bytes) -> bytes:
    signer = work.bench.signer
    try:
        return seal(payload, Kind.MESSAGE, kid=signer.kid, sign=signer.sign)
    except TooLargeEnvelopeError as error:
        raise NotAllowedError(
            "this is too large for one message.", remedy="Split the activity into several."
        ) from error
