"""Bundles: what a line would carry, to and from a file, where there is no line.

A bundle holds every message of ours without the peer's receipt, and every receipt of ours that the
peer has not said it has. What comes in goes through the same door as from a line: receipts first,
as they would have come first, then messages. So both ways give the same ledger, and a bundle may
be taken twice, late, or after a newer one.
"""

from dataclasses import dataclass, field

import msgspec
from msgspec import structs

from wideberth.errors import WideberthError
from wideberth.model.command import TakeReceipt
from wideberth.node import queries, tables
from wideberth.node.desk import Desk, DeskClosedError
from wideberth.node.door import receive_one
from wideberth.node.inbox import TakenMessage
from wideberth.node.logbook import Logbook
from wideberth.node.ports import Reader, Transaction
from wideberth.node.records import Peer
from wideberth.node.refusals import NotFoundError
from wideberth.peering import keys
from wideberth.peering.bundle import (
    About,
    Bundle,
    BundleError,
    UnknownBundleKeyError,
    read_bundle,
    that_fit_a_bundle,
    unverified_lines,
    write_bundle,
)
from wideberth.peering.envelope import EnvelopeError, Kind, peek, seal
from wideberth.peering.problem import decode_problem

_MOST_LINES = 100_000


@dataclass(frozen=True, slots=True)
class Exported:
    """A bundle for a peer; left: messages and receipts that did not fit, for the next one."""

    data: bytes
    messages: int
    receipts: int
    left: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a peer's bundle.

    new, known: messages taken now, and before. receipts, receipts_known: the same of receipts.
    refused: what was not taken, in words. answer_due: there is something to carry back.
    """

    peer: str
    new: int
    known: int
    receipts: int
    receipts_known: int
    refused: tuple[str, ...]
    answer_due: bool


@dataclass(slots=True)
class _Tally:
    new: int = 0
    known: int = 0
    receipts: int = 0
    receipts_known: int = 0
    refused: list[str] = field(default_factory=list)


async def export_bundle(desk: Desk, peer: str) -> Exported:
    """Return the bundle for a peer; raises NotFoundError for a party that is none."""
    known, messages, receipts = await desk.read(lambda reader: _outgoing(reader, peer))
    fit_messages, fit_receipts = that_fit_a_bundle(messages, receipts)
    signer = desk.bench.signer
    about = About(
        agreement=desk.agreement.id,
        sender=desk.party,
        recipient=peer,
        first=known.receipted + 1,
        wants_receipts_from=known.receipted + 1,
        made_s=desk.clock.now_s(),
    )
    data = write_bundle(
        messages[:fit_messages],
        receipts[:fit_receipts],
        about=about,
        seal=lambda payload: seal(payload, Kind.BUNDLE, kid=signer.kid, sign=signer.sign),
    )
    left = len(messages) - fit_messages + len(receipts) - fit_receipts
    return Exported(data, fit_messages, fit_receipts, left)


def _outgoing(reader: Reader, party: str) -> tuple[Peer, list[bytes], list[bytes]]:
    """Return the peer, our messages without a receipt, and our receipts that it lacks, in order."""
    peer = queries.peer(reader, party)
    if peer is None:
        raise NotFoundError(
            f"party {party!r} is no peer of this node.", remedy="Add it: `wideberth peer add`."
        )
    first, before = tables.under(party)
    rows = reader.scan(tables.OUTBOX, first=first, before=before, limit=_MOST_LINES)
    messages = [raw for _key, raw in rows]
    wanted = tables.key(party, peer.wants_receipts_from)
    rows = reader.scan(tables.TAKEN, first=wanted, before=before, limit=_MOST_LINES)
    places = [msgspec.json.decode(raw, type=TakenMessage).receipt for _key, raw in rows]
    receipts = [raw for raw in map(Logbook(reader).entry, places) if raw is not None]
    return peer, messages, receipts


async def import_bundle(desk: Desk, data: bytes) -> Imported:
    """Take a peer's bundle; raises BundleError for a file that is not to be taken at all.

    What was taken stays taken: after a refusal the rest is left, and the bundle can come again.
    """
    tally = _Tally()
    try:
        bundle = await _read(desk, data)
    except UnknownBundleKeyError:
        await _learn_keys(desk, data, tally)
        bundle = await _read(desk, data)
    sender = bundle.header.sender
    before = await desk.read(lambda reader: _known(reader, sender).in_sequence)
    await _take_receipts(desk, bundle, tally)
    if not tally.refused:
        await _take_messages(desk, bundle, before, tally)
    wants = bundle.header.wants_receipts_from
    answer_due = await desk.store.transact(lambda tx: _note_wanted(tx, sender, wants))
    return Imported(
        sender,
        tally.new,
        tally.known,
        tally.receipts,
        tally.receipts_known,
        tuple(tally.refused),
        answer_due,
    )


async def _read(desk: Desk, data: bytes) -> Bundle:
    """Return the bundle, signed under a key that its sender may use now."""
    peers = await desk.read(queries.peers)
    usable = [(peer.party, key) for peer in peers for key in peer.keys if _counts(peer, key)]
    owners = {key.kid: party for party, key in usable}
    public = {key.kid: bytes.fromhex(key.public) for _party, key in usable}
    bundle = read_bundle(data, keys=public, recipient=desk.party, agreement=desk.agreement.id)
    kid = peek(data.split(b"\n", 1)[0]).kid
    if owners[kid] != bundle.header.sender:
        raise BundleError(f"{owners[kid]} signed it in the name of another party.")
    return bundle


def _counts(peer: Peer, key: keys.PeerKey) -> bool:
    """Return whether an envelope key of a peer is good for its newest or its next message."""
    last = key.until_sequence
    return key.purpose == keys.ENVELOPE and (last is None or last >= max(peer.in_sequence, 1))


async def _learn_keys(desk: Desk, data: bytes, tally: _Tally) -> None:
    """Give the messages of a bundle under an unknown key to the inbox: one may bring the key.

    Each is taken by its own signature alone, as from a line.
    """
    for line in unverified_lines(data):
        try:
            is_message = peek(line).kind is Kind.MESSAGE
        except EnvelopeError:
            return
        if not is_message:
            return
        sequence = await desk.read(lambda reader: sum(p.in_sequence for p in queries.peers(reader)))
        if decode_problem(await receive_one(desk, line, via="file")) is not None:
            return
        after = await desk.read(lambda reader: sum(p.in_sequence for p in queries.peers(reader)))
        tally.new += after - sequence
        tally.known -= after - sequence  # counted again with the rest of the bundle


async def _take_receipts(desk: Desk, bundle: Bundle, tally: _Tally) -> None:
    for receipt in bundle.receipts:
        try:
            answer = await desk.do(TakeReceipt(bundle.header.sender, receipt))
        except DeskClosedError:
            raise
        except WideberthError as error:
            tally.refused.append(f"a receipt: {error.diagnostics()}")
            return
        tally.receipts += answer.count
        tally.receipts_known += 1 - answer.count


async def _take_messages(desk: Desk, bundle: Bundle, before: int, tally: _Tally) -> None:
    for number, message in enumerate(bundle.messages, start=bundle.header.first):
        refusal = decode_problem(await receive_one(desk, message, via="file"))
        if refusal is not None:
            tally.refused.append(f"message {number}: {refusal.problem}")
            return
        if number > before:
            tally.new += 1
        else:
            tally.known += 1


def _note_wanted(transaction: Transaction, party: str, wants: int) -> bool:
    """Keep from where on the peer lacks our receipts; return whether it is due a bundle."""
    peer = _known(transaction, party)
    if wants > peer.wants_receipts_from:
        peer = structs.replace(peer, wants_receipts_from=wants)
        transaction.put(tables.PEER, tables.key(party), msgspec.json.encode(peer))
    is_lacking = peer.in_sequence >= peer.wants_receipts_from
    return is_lacking or peer.out_sequence > peer.receipted


def _known(reader: Reader, party: str) -> Peer:
    peer = queries.peer(reader, party)
    assert peer is not None, "its key opened the bundle"
    return peer
