"""What a peer sends: checked, logged, obeyed where it can be, and answered with a signed receipt.

Each message counts once: the same bytes again get the same receipt, other bytes under the same
number are two histories. A peer speaks only for itself.
"""

from dataclasses import dataclass
from typing import Final

import msgspec
from msgspec import Struct, structs

from wideberth.errors import WideberthError
from wideberth.model.command import Receive
from wideberth.node import tables, witnessing
from wideberth.node.answers import Answer
from wideberth.node.heard_under import heard_under
from wideberth.node.hearing import hear
from wideberth.node.outgoing import log_evidence
from wideberth.node.ports import StoreError
from wideberth.node.records import NOTHING_HEARD, Peer
from wideberth.node.refusals import GapError, StrangerError
from wideberth.node.resending import note_claimed
from wideberth.node.work import Work
from wideberth.peering import keys
from wideberth.peering.envelope import (
    EnvelopeError,
    Kind,
    Opened,
    open_envelope,
    peek,
    read_payload,
    seal,
)
from wideberth.peering.messages import Body
from wideberth.peering.payloads import (
    PROTOCOL,
    AnyMessage,
    Head,
    MessageError,
    Receipt,
    decode_body,
    decode_message,
    decode_receipt,
    encode,
)

LONGEST_PROBLEM: Final = 500
MOST_PROBLEMS: Final = 100


class TakenMessage(Struct, frozen=True):
    """A peer's message that we logged: its hash, its place in our log, and our receipt's."""

    digest: str
    index: int
    receipt: int


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that is the peer's next: who sent it, what it says of itself, its exact bytes."""

    peer: Peer
    message: AnyMessage
    opened: Opened
    raw: bytes

    @property
    def head(self) -> Head:
        """Return what the message says of itself."""
        return self.message.head


def receive(work: Work, command: Receive) -> Answer:
    """Take a peer's message and answer with a receipt; raises a RefusalError for what is not one.

    StrangerError: not a known peer's, or not for us. GapError: one before it is missing.
    """
    peer, message, opened = _open(work, command.envelope)
    heard = Heard(peer, message, opened, command.envelope)
    sequence = message.head.sequence
    if sequence > peer.in_sequence + 1:
        raise GapError(peer.in_sequence + 1)
    if sequence <= peer.in_sequence:
        return _again(work, heard)
    if message.head.previous != peer.in_last:
        return _two_histories(work, heard, sequence - 1)
    return Answer(reply=_take(work, heard))


def _open(work: Work, raw: bytes) -> tuple[Peer, AnyMessage, Opened]:
    """Return who sent it and what it says; nothing of it is believed before the signature holds."""
    try:
        kid = peek(raw).kid
        for peer in work.peers():
            public = [k for k in peer.keys if k.kid == kid and k.purpose == keys.ENVELOPE]
            if public:
                known = {kid: bytes.fromhex(public[-1].public)}
                opened = open_envelope(raw, keys=known, kind=Kind.MESSAGE)
                message = decode_message(opened.payload)
                _refuse_misaddressed(work, peer, message.head, kid)
                return peer, message, opened
    except (EnvelopeError, MessageError) as error:
        raise StrangerError(error.what, remedy=error.remedy) from error
    raise StrangerError(
        f"no peer's key {kid} is known here.", remedy="Exchange cards: `wideberth peer add`."
    )


def _refuse_misaddressed(work: Work, peer: Peer, head: Head, kid: str) -> None:
    if keys.key_at(peer.keys, kid, purpose=keys.ENVELOPE, sequence=head.sequence) is None:
        raise StrangerError(
            f"key {kid} of {peer.party} does not count for message {head.sequence}.",
            remedy="Sign with the key of the newest key statement.",
        )
    if head.sender != peer.party:
        raise StrangerError(f"{peer.party} signed in the name of another party.")
    if head.recipient != work.party:
        raise StrangerError("the message is for another party.", remedy="Check the address.")
    if head.agreement != work.agreement.id:
        raise StrangerError(
            "the message is under another agreement than this node's.",
            remedy=f"This node works under {work.agreement.id!r}.",
        )


def _again(work: Work, heard: Heard) -> Answer:
    """Return the receipt that was given, or keep the evidence of two histories."""
    peer, sequence = heard.peer, heard.head.sequence
    taken = taken_message(work, peer.party, sequence)
    if taken is not None and taken.digest == heard.opened.digest:
        return Answer(reply=_under_our_key(work, peer, sequence, taken))
    return _two_histories(work, heard, sequence)


def _under_our_key(work: Work, peer: Peer, sequence: int, taken: TakenMessage) -> bytes:
    """Return the receipt as it was given; after a change of keys, the same under the keys of now.

    The peer would not take one under a key that was revoked since.
    """
    signer = work.bench.signer
    given = work.log.entry(taken.receipt)
    assert given is not None, "a receipt that was given stays in the log"
    if peek(given).kid == signer.kid:
        return given
    receipt = decode_receipt(read_payload(given))
    checkpoint = witnessing.signed_anew(work, receipt.checkpoint)
    receipt = structs.replace(receipt, checkpoint=checkpoint)
    raw = seal(encode(receipt), Kind.RECEIPT, kid=signer.kid, sign=signer.sign)
    anew = structs.replace(taken, receipt=work.log.append(raw))
    work.draft.put(tables.TAKEN, tables.key(peer.party, sequence), msgspec.json.encode(anew))
    return raw


def taken_message(work: Work, party: str, sequence: int) -> TakenMessage | None:
    """Return what is kept of a peer's message."""
    record = work.draft.get(tables.TAKEN, tables.key(party, sequence))
    return None if record is None else msgspec.json.decode(record, type=TakenMessage)


def _two_histories(work: Work, heard: Heard, sequence: int) -> Answer:
    """Log both envelopes as evidence, once, and raise the alarm; what is new is not obeyed."""
    peer, raw = heard.peer, heard.raw
    note_claimed(work, heard.head)
    taken = taken_message(work, peer.party, sequence)
    before = None if taken is None else work.log.entry(taken.index)
    subject = tables.key(peer.party, sequence)
    if work.draft.get(tables.EVIDENCE, subject) is None:
        both = tuple(one for one in (before, raw) if one)
        what = f"two histories about message {sequence}"
        index = log_evidence(work, peer.party, what, both)
        work.draft.put(tables.EVIDENCE, subject, str(index).encode())
        work.raise_alarm(
            "two histories",
            peer.party,
            f"{peer.party} said two things about its message {sequence}; both are kept as entry"
            f" {index} of the log.",
        )
    return Answer(
        refusal=f"message {sequence} is held here with other content; the parties must speak."
    )


def _take(work: Work, heard: Heard) -> bytes:
    """Log the message, do what it says, and return the receipt."""
    index, inclusion = work.log.append_with_proof(heard.raw)
    checkpoint = witnessing.own_checkpoint(work)
    head, told = heard.head, heard.peer.told_size
    size = index + 1
    peer = structs.replace(
        heard.peer,
        in_sequence=head.sequence,
        in_last=heard.opened.digest,
        last_heard_s=work.now_s,
        skew_s=work.now_s - head.sent_s,
        told_size=size,
    )
    if peer.down_reason == NOTHING_HEARD:  # what we cannot send stays so until it is receipted
        peer = structs.replace(peer, down_since_s=None, down_reason="")
    peer, wrong = witnessing.collect(work, peer, head.witnessed)
    work.save_peer(peer)
    _look_over(work, peer, head, wrong)
    problems = _obey(work, heard, index)
    receipt = Receipt(
        agreement=work.agreement.id,
        sender=work.party,
        recipient=peer.party,
        message=heard.opened.digest,
        sequence=head.sequence,
        sent_s=head.sent_s,
        received_s=work.now_s,
        index=index,
        checkpoint=checkpoint,
        inclusion=inclusion,
        consistency_from=told,
        consistency=work.log.consistency(told, size) if told else (),
        version=PROTOCOL,
        accepted=not problems,
        problems=problems,
    )
    signer = work.bench.signer
    raw = seal(encode(receipt), Kind.RECEIPT, kid=signer.kid, sign=signer.sign)
    taken = TakenMessage(heard.opened.digest, index, work.log.append(raw))
    key = tables.key(peer.party, head.sequence)
    work.draft.put(tables.TAKEN, key, msgspec.json.encode(taken))
    return raw


def _look_over(work: Work, peer: Peer, head: Head, wrong: str) -> None:
    """Raise what a message gives away about clocks, this store and the peer's view of it."""
    skew_s, rules = work.now_s - head.sent_s, work.agreement.notice
    if abs(skew_s) > rules.skew_s:
        work.raise_alarm(
            "clock skew",
            peer.party,
            f"a message of {peer.party} came {abs(skew_s):.1f} s"
            f" {'after' if skew_s > 0 else 'before'} it was sent: slow line, or unlike"
            f" clocks{rules.cited}.",
        )
    else:
        work.clear_alarm("clock skew", peer.party, "the clocks agree again")
    work.clear_alarm("line down", peer.party, "a message came")
    _compare_agreements(work, peer.party, head)
    if wrong:
        work.raise_alarm("log witness", peer.party, f"{peer.party}: {wrong}.")
    if not note_claimed(work, head):
        work.raise_alarm(
            "unknown message",
            peer.party,
            f"{peer.party} received message {head.last_sequence} under our name that this"
            " store does not know: an old backup was restored, or our key is in other hands.",
        )


def _compare_agreements(work: Work, party: str, head: Head) -> None:
    """Raise the alarm where the two sides' agreements differ, by version or in what they say."""
    ours, version = work.agreement.version, head.agreement_version
    is_same = head.agreement_digest in ("", work.bench.settings.agreement_digest)
    if version == ours and is_same:
        work.clear_alarm("agreement differs", party, "both are under one agreement again")
        _compare_rules(work, party, head)
        return
    work.clear_alarm("rules differ", party, "the agreements differ, which is told by itself")
    said = f"{party} works under version {version} of the agreement, this node under {ours}"
    if version == ours:
        said = f"version {ours} of the agreement does not say the same with {party} and here"
    work.raise_alarm("agreement differs", party, f"{said}: conflicts found are not the same.")


def _compare_rules(work: Work, party: str, head: Head) -> None:
    """Raise the alarm where one agreement is judged by unlike rules: programs that differ."""
    if head.rules_digest in ("", work.bench.settings.rules_digest):
        work.clear_alarm("rules differ", party, "both programs judge by the same rules again")
        return
    work.raise_alarm(
        "rules differ",
        party,
        f"{party} and this node hold the same agreement, but their programs make other rules or"
        " protection data of it: the two sides may not find the same conflicts.",
    )


def _obey(work: Work, heard: Heard, index: int) -> tuple[str, ...]:
    """Do what the message says; return why not, if so, cut to what a receipt has room for.

    A body that cannot be worked out is not accepted: it must not keep those after it waiting.
    """
    try:
        body: Body = decode_body(heard.message)
        under = heard_under(work.draft, heard.head, work.bench.settings)
        logged = (heard.opened.digest, index)
        problems = work.attempt(lambda w: hear(w, body, heard.head, logged), under=under)
    except StoreError:
        raise
    except WideberthError as error:
        problems = (error.what,)
    except (ArithmeticError, ValueError, LookupError, RuntimeError, AssertionError) as error:
        problems = (f"this node could not work it out ({type(error).__name__})",)
    return tuple(problem[:LONGEST_PROBLEM] for problem in problems[:MOST_PROBLEMS])
