"""A peer's answer to a message of ours: checked to the last proof, logged, and the notice climbs.

Receipts are taken in the order of the messages, so that the peer's checkpoints form one chain. A
receipt that does not hold is not obeyed; one that contradicts what was receipted is evidence.
"""

from hashlib import sha256
from typing import Final

import msgspec
from msgspec import structs

from wideberth.model.command import LinkState, TakeReceipt
from wideberth.node import answer_clock, tables, witnessing
from wideberth.node.answers import Answer
from wideberth.node.climbing import settle
from wideberth.node.council import attending
from wideberth.node.logbook import hashes
from wideberth.node.outgoing import log_evidence
from wideberth.node.records import Held, Peer
from wideberth.node.refusals import GapError, StrangerError
from wideberth.node.resending import renew_lost_keys
from wideberth.node.telling import lead_record, refused
from wideberth.node.work import Work
from wideberth.peering import keys, tree
from wideberth.peering.checkpoint import CheckpointError
from wideberth.peering.disclosed import disclosed
from wideberth.peering.envelope import EnvelopeError, Kind, open_envelope, read_payload
from wideberth.peering.notes import NoteError, parse_note
from wideberth.peering.payloads import MessageError, Receipt, decode_receipt
from wideberth.peering.wire import from_wire

_OLDER: Final = (
    "the peer has another message under a number of ours: an old backup was restored here, or our"
    " key is in other hands. It takes nothing more of us until people have settled it."
)


def take_receipt(work: Work, command: TakeReceipt) -> Answer:
    """Take a receipt; raises StrangerError for bytes that are none of this peer's for us."""
    peer = work.peer(command.peer)
    receipt = _open(work, peer, command.envelope)
    if receipt.sequence <= peer.receipted:
        return _again(work, peer, receipt, command.envelope)
    if receipt.sequence > peer.receipted + 1:
        raise GapError(peer.receipted + 1)
    envelope = work.draft.get(tables.OUTBOX, tables.key(peer.party, receipt.sequence))
    if envelope is None or sha256(envelope).hexdigest() != receipt.message:
        raise StrangerError("the receipt is for a message that was not sent.")
    wrong, checked = _prove(work, peer, receipt, envelope)
    index = work.log.append(command.envelope)
    key = tables.key(peer.party, receipt.sequence)
    work.draft.put(tables.RECEIPT, key, str(index).encode())
    work.draft.delete(tables.OUTBOX, key)
    skew_s = receipt.received_s - receipt.sent_s
    peer = structs.replace(
        checked,
        receipted=receipt.sequence,
        last_heard_s=work.now_s,
        down_since_s=None,
        down_reason="",
        skew_s=skew_s,
        fraud=wrong or checked.fraud,
    )
    work.save_peer(peer, tell=bool(wrong))
    work.clear_alarm("line down", peer.party, "a receipt came")
    if wrong:
        work.raise_alarm("peer's log", peer.party, f"{peer.party}: {wrong}.")
    else:
        _climb(work, receipt)
    return Answer(count=1)


def link_state(work: Work, command: LinkState) -> Answer:
    """Note that the line came up or went down; the alarm follows from how long nothing came."""
    peer = work.peer(command.peer)
    if command.up:
        changed = structs.replace(peer, down_since_s=None, down_reason="")
    else:
        since = work.now_s if peer.down_since_s is None else peer.down_since_s
        changed = structs.replace(peer, down_since_s=since, down_reason=command.reason)
    if changed != peer:
        work.save_peer(changed, tell=True)
    if command.reason == "refused: stranger":
        renew_lost_keys(work, peer.party)
    if command.reason == "refused: two_histories":
        work.raise_alarm("unknown message", peer.party, _OLDER)
    return Answer()


def _open(work: Work, peer: Peer, raw: bytes) -> Receipt:
    known = {k.kid: bytes.fromhex(k.public) for k in peer.keys if k.purpose == keys.ENVELOPE}
    try:
        opened = open_envelope(raw, keys=known, kind=Kind.RECEIPT)
        receipt = decode_receipt(opened.payload)
    except (EnvelopeError, MessageError) as error:
        raise StrangerError(error.what, remedy=error.remedy) from error
    is_ours = (receipt.sender, receipt.recipient) == (peer.party, work.party)
    if not is_ours or receipt.agreement != work.agreement.id:
        raise StrangerError("the receipt is of others, or for others.")
    ended = next(
        k.until_sequence for k in peer.keys if (k.purpose, k.kid) == (keys.ENVELOPE, opened.kid)
    )
    if ended is not None and peer.in_sequence > ended:
        raise StrangerError(f"key {opened.kid} of {peer.party} does not count any more.")
    return receipt


def _again(work: Work, peer: Peer, receipt: Receipt, raw: bytes) -> Answer:
    """Do nothing for a receipt that was taken; keep another one for the same message."""
    subject = tables.key(peer.party, receipt.sequence)
    index = work.draft.get(tables.RECEIPT, subject)
    before = None if index is None else work.log.entry(int(index))
    if before is None or _says_the_same(before, receipt):
        return Answer()
    if work.draft.get(tables.EVIDENCE, f"r/{subject}"):
        return Answer()
    what = f"two receipts for message {receipt.sequence}"
    entry = log_evidence(work, peer.party, what, (before, raw))
    work.draft.put(tables.EVIDENCE, f"r/{subject}", str(entry).encode())
    text = f"{peer.party} gave {what}; both are kept as entry {entry} of the log."
    work.raise_alarm("two histories", peer.party, text)
    return Answer()


def _says_the_same(before: bytes, now: Receipt) -> bool:
    """Return whether two receipts are one, though under other keys after a change of keys."""
    then = decode_receipt(read_payload(before))
    try:
        texts = {parse_note(one.checkpoint.encode()).text for one in (then, now)}
    except NoteError:
        return then == now
    then, now = (structs.replace(one, checkpoint="") for one in (then, now))
    return len(texts) == 1 and then == now


def _prove(work: Work, peer: Peer, receipt: Receipt, envelope: bytes) -> tuple[str, Peer]:
    """Check that the peer logged our message in a log that grew from what we saw.

    Returns what is wrong ("": nothing), and the peer with the newest checkpoint if all holds. Where
    nothing was seen yet, or all was forgotten by agreement (rekeying.add_peer), any log is a first.
    """
    try:
        checkpoint = witnessing.open_peers(work, peer, receipt.checkpoint)
        before = witnessing.seen(peer)
        inclusion, consistency = hashes(receipt.inclusion), hashes(receipt.consistency)
    except (CheckpointError, NoteError, ValueError) as error:
        return f"its receipt has no checkpoint that holds ({error})", peer
    size = checkpoint.size
    if not tree.verify_inclusion(
        envelope, checkpoint.root, index=receipt.index, size=size, proof=inclusion
    ):
        return "its receipt does not prove that our message is in its log", peer
    if before.size and receipt.consistency_from != before.size:
        grown = f"{receipt.consistency_from} entries where we saw {before.size}"
        whose = "its" if receipt.consistency_from < before.size else "this"
        return f"its receipt grows from {grown}: {whose} store is an older one", peer
    if before.size and not tree.verify_consistency(
        before.root, checkpoint.root, old=before.size, new=size, proof=consistency
    ):
        work.draft.put(
            tables.EVIDENCE,
            tables.key("log", peer.party, size),
            msgspec.json.encode((peer.witnessed_note, receipt.checkpoint, receipt.consistency)),
        )
        return f"its log at {size} entries does not begin with the {before.size} we saw", peer
    return "", structs.replace(peer, witnessed_size=size, witnessed_note=receipt.checkpoint)


def _climb(work: Work, receipt: Receipt) -> None:
    """Let the notice that was receipted climb to `delivered`, with both clocks."""
    record = work.draft.get(tables.NOTICE, receipt.message)
    if record is None:
        answer_clock.receipted(work, receipt)
        attending.receipted(work, receipt)
        _say_refused(work, receipt)
        return
    notice = work.notice(receipt.message)
    held = work.draft.get(tables.REVISION, tables.key(work.party, notice.activity, notice.revision))
    lead = notice.lead
    if lead is not None and held is not None:
        kept = msgspec.json.decode(held, type=Held)
        seen = disclosed(from_wire(kept.activity, is_checked=True))
        if seen is not None:
            lead = lead_record(work, seen, notice.peer, measured_s=receipt.received_s)
    skew_s = receipt.received_s - receipt.sent_s
    changed = structs.replace(
        notice,
        delivered_s=receipt.received_s,
        receipted_s=work.now_s,
        skew_s=skew_s,
        lead=lead,
        accepted=receipt.accepted,
        problems=receipt.problems,
    )
    settle(work, notice, changed, notice.peer)
    _look_at_clock(work, receipt)
    if not receipt.accepted:
        refused(work, changed)
        _say_refused(work, receipt)


def _look_at_clock(work: Work, receipt: Receipt) -> None:
    """Raise the alarm where the peer's clock is surely not ours.

    It took the message after we made it and before now, by our clock. However long the line was
    down meanwhile, that says nothing of clocks.
    """
    ahead_s = receipt.received_s - work.now_s
    behind_s = receipt.sent_s - receipt.received_s
    apart_s, how = max((ahead_s, "ahead of"), (behind_s, "behind"))
    if apart_s > work.agreement.notice.skew_s:
        text = f"the clock of {receipt.sender} is at least {apart_s:.1f} s {how} ours"
        text += f"{work.agreement.notice.cited}."
        work.raise_alarm("clock skew", receipt.sender, text)


def _say_refused(work: Work, receipt: Receipt) -> None:
    """Raise the alarm where a peer did not accept a message of whatever kind."""
    if not receipt.accepted:
        text = f"{receipt.sender} did not accept a message: {'; '.join(receipt.problems)}."
        work.raise_alarm("not accepted", receipt.message, text)
