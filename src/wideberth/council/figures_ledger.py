"""What two parties told each other, read from the ledger of either: the same from both.

Both ledgers hold every message between the two and the receipt for it. A message counts once it
has a receipt that accepts it, and by the times that both sides signed: when it was sent by the
sender's clock, and when it was received by the receiver's.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wideberth.peering.envelope import EnvelopeError, Kind, peek, read_payload
from wideberth.peering.messages import (
    Body,
    Change,
    Climbed,
    Declare,
    ReadBack,
    ReadBackAnswer,
    Recall,
)
from wideberth.peering.payloads import (
    AnyMessage,
    MessageError,
    Receipt,
    decode_body,
    decode_message,
    decode_receipt,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A message between the two, with its receipt; message: hash of its envelope.

    received_s: by the receiver's clock. Only messages with a receipt are told.
    """

    sender: str
    recipient: str
    sequence: int
    message: str
    sent_s: float
    received_s: float
    body: Body


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one direction was counted: messages with a receipt that were sent before the end.

    last: sequence and hash of the newest. refused: not accepted by the receiver. gone: content
    deleted by a recall.
    """

    sender: str
    count: int = 0
    last: int = 0
    last_message: str = ""
    refused: int = 0
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Exchange:
    """All that two parties told each other before a time, in one order for both sides."""

    parties: tuple[str, str]
    told: tuple[Told, ...]
    reaches: tuple[Reach, ...]
    others: tuple[Told, ...] = ()


def exchange(entries: Iterable[bytes], parties: tuple[str, str], *, before_s: float) -> Exchange:
    """Return what two parties told each other, from the entries of either's ledger.

    before_s: messages sent from then on, by their sender's clock, are left out. Entries whose
    content was deleted are empty. others: what third parties told either of the two. The node
    verified all of it when it was logged.
    """
    pair = tuple(sorted(parties))
    assert len(pair) == 2, "figures are of two parties"
    messages: dict[str, AnyMessage] = {}
    receipts: dict[str, Receipt] = {}
    for raw in entries:
        _take(raw, messages, receipts)
    every = list(_told(messages, receipts))
    both = _without_recalled([t for t in every if {t.sender, t.recipient} == set(pair)])
    kept = sorted((told for told in both if told.sent_s < before_s), key=order)
    counted = [receipt for receipt in receipts.values() if receipt.sent_s < before_s]
    reaches = tuple(_reach(counted, kept, sender, pair) for sender in pair)
    others = tuple(t for t in every if t.sender not in pair and t.sent_s < before_s)
    return Exchange(pair, tuple(kept), reaches, others)


def order(told: Told) -> tuple[float, str, int]:
    """Return the place of a message among all of both directions, the same on both sides."""
    return told.sent_s, told.sender, told.sequence


def _take(raw: bytes, messages: dict[str, AnyMessage], receipts: dict[str, Receipt]) -> None:
    try:
        match peek(raw).kind:
            case Kind.MESSAGE:
                message = decode_message(read_payload(raw))
                messages[hashlib.sha256(raw).hexdigest()] = message
            case Kind.RECEIPT:
                receipt = decode_receipt(read_payload(raw))
                receipts[receipt.message] = receipt
    except (EnvelopeError, MessageError):
        return  # an entry of the node's own, or one whose content was deleted


def _told(messages: dict[str, AnyMessage], receipts: dict[str, Receipt]) -> Iterator[Told]:
    for digest, receipt in receipts.items():
        message = messages.get(digest)
        if message is None or not receipt.accepted:
            continue
        try:
            body = decode_body(message)
        except MessageError:
            continue  # accepted by a newer program than this one
        head = message.head
        yield Told(
            head.sender,
            head.recipient,
            head.sequence,
            digest,
            head.sent_s,
            receipt.received_s,
            body,
        )


def _without_recalled(told: list[Told]) -> list[Told]:
    """Leave out the notices of recalled activities, which the receiver has deleted, and all steps.

    A recall counts whenever it came, also after the time that is looked at: what it took out of
    one ledger is taken out of the figures of both.
    """
    by_hash = {one.message: one for one in told}
    gone = dict[tuple[str, str], int]()
    for one in told:
        about = by_hash.get(one.body.notice) if isinstance(one.body, Recall) else None
        if about is not None and isinstance(about.body, Declare | Change):
            gone[about.sender, _activity(about.body)] = one.sequence
    left = [one for one in told if not _is_gone(one, gone)]
    notices = {one.message for one in left if isinstance(one.body, Declare | Change)}
    return [
        one
        for one in left
        if not isinstance(one.body, Climbed | ReadBack | ReadBackAnswer)
        or one.body.notice in notices
    ]


def _is_gone(one: Told, gone: dict[tuple[str, str], int]) -> bool:
    if not isinstance(one.body, Declare | Change):
        return False
    return one.sequence < gone.get((one.sender, _activity(one.body)), 0)


def _activity(body: Declare | Change) -> str:
    return body.activity.id if isinstance(body, Declare) else body.activity


def _reach(receipts: list[Receipt], kept: list[Told], sender: str, pair: tuple[str, ...]) -> Reach:
    """Return how far a direction was counted; a receipt's recipient is the message's sender."""
    ours = [r for r in receipts if r.recipient == sender and r.sender in pair]
    if not ours:
        return Reach(sender)
    newest = max(ours, key=lambda receipt: receipt.sequence)
    accepted = sum(1 for receipt in ours if receipt.accepted)
    there = sum(1 for one in kept if one.sender == sender)
    return Reach(
        sender,
        count=len(ours),
        last=newest.sequence,
        last_message=newest.message,
        refused=len(ours) - accepted,
        gone=accepted - there,
    )
