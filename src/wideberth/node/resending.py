"""What waits for a peer, said again: after keys were lost, or a store was restored from a backup.

Every number is used once, for one message. So what the peer has under a number, by its own signed
word, is left alone, and what waits comes after it, under the keys of now.
"""

from hashlib import sha256

import msgspec
from msgspec import Struct, structs

from wideberth.node import cases, queries, tables
from wideberth.node.council import matters
from wideberth.node.outgoing import Sent, SentMessage, send
from wideberth.node.telling import keep_notice
from wideberth.node.work import Work
from wideberth.peering.envelope import peek, read_payload
from wideberth.peering.payloads import Head, decode_body, decode_message

NOT_HERE = -1  # the index of a message of ours that this store does not have


class Claimed(Struct, frozen=True):
    """Our newest message that the peer has, by its own word."""

    sequence: int
    digest: str


def note_claimed(work: Work, head: Head) -> bool:
    """Keep what a peer says of our messages where it is not as we know it; return whether it is."""
    record = work.draft.get(tables.SENT, tables.key(head.sender, head.last_sequence))
    sent = None if record is None else msgspec.json.decode(record, type=SentMessage)
    is_known = not head.last_sequence or (sent is not None and sent.digest == head.last_received)
    key = tables.key("claimed", head.sender)
    if is_known and head.last_sequence >= work.peer(head.sender).receipted:
        work.draft.delete(tables.META, key)
    else:
        claimed = Claimed(head.last_sequence, head.last_received)
        work.draft.put(tables.META, key, msgspec.json.encode(claimed))
    return is_known


def renew_lost_keys(work: Work, party: str) -> None:
    """Sign anew what waits for a peer that does not know the key it was signed with."""
    oldest = next(iter(_waiting(work, party)), None)
    if oldest is None or peek(oldest[1]).kid == work.bench.signer.kid:
        return
    number = work.peer(party).receipted
    record = work.draft.get(tables.SENT, tables.key(party, number))
    digest = "" if record is None else msgspec.json.decode(record, type=SentMessage).digest
    _send_again(work, party, Claimed(number, digest))


def settle_numbers(work: Work, party: str) -> None:
    """Go on from what the peer has, once people have settled that one of the stores is older.

    It has messages that we do not know: what waits is numbered after them. It lacks messages that
    it receipted: they are sent again, byte for byte.
    """
    key = tables.key("claimed", party)
    record = work.draft.get(tables.META, key)
    if record is None:
        return
    claimed = msgspec.json.decode(record, type=Claimed)
    peer = work.peer(party)
    if claimed.sequence >= peer.receipted:
        sent = msgspec.json.encode(SentMessage(claimed.digest, NOT_HERE))
        _send_again(work, party, claimed)
        work.draft.put(tables.SENT, tables.key(party, claimed.sequence), sent)
    elif _is_gap(peer.down_reason):
        for number in range(claimed.sequence + 1, peer.receipted + 1):
            _queue_again(work, party, number)
        work.save_peer(structs.replace(peer, receipted=claimed.sequence))
    work.draft.delete(tables.META, key)
    work.clear_alarm("unknown message", party, "settled by people: the card was taken again")


def _is_gap(reason: str) -> bool:
    return reason.startswith("refused: gap")


def _queue_again(work: Work, party: str, number: int) -> None:
    key = tables.key(party, number)
    record = work.draft.get(tables.SENT, key)
    index = NOT_HERE if record is None else msgspec.json.decode(record, type=SentMessage).index
    raw = work.log.entry(index)
    if raw is not None:
        work.draft.put(tables.OUTBOX, key, raw)


def _waiting(work: Work, party: str) -> list[tuple[str, bytes]]:
    first, before = tables.under(party)
    return list(work.draft.scan(tables.OUTBOX, first=first, before=before))


def _send_again(work: Work, party: str, after: Claimed) -> None:
    """Number, sign and queue anew all that waits for a peer, from the message named on."""
    rows = _waiting(work, party)
    for key, _raw in rows:
        work.draft.delete(tables.OUTBOX, key)
        work.draft.delete(tables.SENT, key)
    peer = structs.replace(
        work.peer(party),
        out_sequence=after.sequence,
        out_previous=after.digest,
        receipted=after.sequence,
    )
    work.save_peer(peer)
    for _key, raw in rows:
        body = decode_body(decode_message(read_payload(raw)))
        _rename(work, sha256(raw).hexdigest(), send(work, party, body))


def _rename(work: Work, before: str, sent: Sent) -> None:
    """Keep a message's notice, or its step of a case, under the hash that it has now."""
    cases.sent_anew(work, before, sent)
    matters.sent_anew(work, before, sent)
    notice = queries.notice(work.draft, before)
    if notice is None:
        return
    is_waiting = work.draft.get(tables.WAITING, before) is not None
    for table, key in (
        (tables.NOTICE, before),
        (tables.WAITING, before),
        (tables.NOTICE_IN_ORDER, tables.key(notice.index)),
    ):
        work.draft.delete(table, key)
    work.clear_alarm("unacknowledged", before, "it is sent again")
    named = structs.replace(
        notice,
        message=sent.digest,
        sequence=sent.sequence,
        index=sent.index,
        overdue=(),
        escalated=0,
    )
    keep_notice(work, named)
    if not is_waiting:
        work.draft.delete(tables.WAITING, sent.digest)
