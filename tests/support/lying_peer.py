"""A peer made of bytes: its own keys, its own log, and whatever it is told to say about either.

    async with lied_to() as scene:                 # north is a real node, south is the liar
        answer = await scene.tell(scene.liar.message(Heartbeat(at_s=T0)))
        scene.liar.answers = scene.liar.forged     # what north's messages are answered with
        await scene.node.declare(an_activity()); await scene.turn()
        await scene.assert_upright()               # still up, nothing unhandled, nothing leaked

Honest unless told otherwise: numbers, chains, log and proofs are those of a true node.
"""

import base64
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import msgspec
from key_scenes import Holder
from ledger_scenes import Pair as KeyPair
from ledger_scenes import a_tree, key_pair
from simulated_link import Network
from two_nodes import HandClock, Node, an_activity, an_agreement, join, make_node

from wideberth.model.activity import Disclosure
from wideberth.model.agreement import Agreement
from wideberth.model.command import AddPeer
from wideberth.node import auditing, queries
from wideberth.peering import tree
from wideberth.peering.checkpoint import (
    Checkpoint,
    origin_of,
    sign_checkpoint,
    witness_key_of,
)
from wideberth.peering.envelope import Kind, key_id, open_envelope, seal
from wideberth.peering.messages import Body, Heartbeat
from wideberth.peering.notes import add_cosignature, encode64, parse_note, render_note
from wideberth.peering.payloads import (
    PROTOCOL,
    Head,
    Message,
    Receipt,
    Witnessed,
    decode_message,
    decode_receipt,
    encode,
)
from wideberth.peering.problem import decode_problem

UNSEEN = Witnessed()
SECRET = "NOBODY-MAY-READ-THIS"


@dataclass
class Liar:
    """The peer: its state is what a true node would hold, and every method takes lies."""

    agreement: Agreement
    clock: HandClock
    party: str = "south"
    victim: str = "north"
    generation: int = 1
    sequence: int = 0
    previous: str = ""
    heard: int = 0
    heard_digest: str = ""
    told_size: int = 0
    witnessed: Witnessed = UNSEEN
    log: list[bytes] = field(default_factory=list)
    said: list[bytes] = field(default_factory=list)
    heard_raw: list[bytes] = field(default_factory=list)
    answers: "Callable[[bytes], bytes] | None" = None

    @property
    def holder(self) -> Holder:
        return Holder(self.party)

    def key(self, purpose: str, generation: int | None = None) -> KeyPair:
        return self.holder.pair(purpose, generation or self.generation)

    @property
    def origin(self) -> str:
        return origin_of(self.agreement.id, self.party)

    def sealed(
        self, payload: bytes, kind: Kind = Kind.MESSAGE, *, pair: KeyPair | None = None
    ) -> bytes:
        """Return any payload under our envelope key, or another's."""
        pair = pair or self.key("envelope")
        return seal(payload, kind, kid=key_id(pair.public_key), sign=pair.sign)

    def head(self, **lies: object) -> Head:
        """Return the head of the message that comes next."""
        fields = {
            "agreement": self.agreement.id,
            "agreement_version": self.agreement.version,
            "sender": self.party,
            "recipient": self.victim,
            "sequence": self.sequence + 1,
            "previous": self.previous,
            "last_sequence": self.heard,
            "last_received": self.heard_digest,
            "sent_s": self.clock.now_s(),
            "version": PROTOCOL,
            "witnessed": self.witnessed,
        }
        return Head(**fields | lies)

    def payload(self, body: Body, **lies: object) -> bytes:
        return encode(Message(head=self.head(**lies), body=body))

    def message(self, body: Body | None = None, **lies: object) -> bytes:
        """Return a message, logged and numbered as if it were honest."""
        body = body or Heartbeat(at_s=self.clock.now_s())
        return self.sent(self.sealed(self.payload(body, **lies)))

    def rewritten(self, body: Body | None = None, **changed: object) -> bytes:
        """Return a message whose payload was changed at the level of JSON, body or head."""
        body = body or Heartbeat(at_s=self.clock.now_s())
        whole = json.loads(self.payload(body))
        for name, value in changed.items():
            part, _, rest = name.partition("__")
            whole[part][rest] = value
        return self.sealed(json.dumps(whole, separators=(",", ":")).encode())

    def sent(self, raw: bytes) -> bytes:
        """Take a message for said: the next one follows it."""
        self.log.append(raw)
        self.said.append(raw)
        self.sequence += 1
        self.previous = sha256(raw).hexdigest()
        return raw

    def note(self, leaves: Sequence[bytes] | None = None, *, generation: int | None = None) -> str:
        """Return a signed checkpoint of our log, or of another that we make up."""
        grown = a_tree(self.log if leaves is None else leaves)
        pair = self.key("log", generation)
        point = Checkpoint(self.origin, grown.size, tree.root_of(grown.peaks))
        return sign_checkpoint(point, pair.public_key, sign=pair.sign).decode()

    def receipt_for(
        self, message: bytes, *, log: list[bytes] | None = None, **lies: object
    ) -> Receipt:
        """Return the receipt that a true node would give for a message logged last in `log`."""
        log = self.log if log is None else log
        head = decode_message(payload_of(message)).head
        grown = a_tree(log)
        index = len(log) - 1
        fields = {
            "agreement": self.agreement.id,
            "sender": self.party,
            "recipient": self.victim,
            "message": sha256(message).hexdigest(),
            "sequence": head.sequence,
            "sent_s": head.sent_s,
            "received_s": self.clock.now_s(),
            "index": index,
            "checkpoint": self.note(log),
            "inclusion": _text(tree.inclusion_proof(index, grown.size, grown.read)),
            "consistency_from": self.told_size,
            "consistency": _text(tree.consistency_proof(self.told_size, grown.size, grown.read))
            if self.told_size
            else (),
            "version": PROTOCOL,
        }
        return Receipt(**fields | lies)

    def take(self, message: bytes, **lies: object) -> bytes:
        """Log a message of the victim's and return the receipt for it, lies and all."""
        head = decode_message(payload_of(message)).head
        self.log.append(message)
        self.heard_raw.append(message)
        self.heard, self.heard_digest = head.sequence, sha256(message).hexdigest()
        receipt = self.receipt_for(message, **lies)
        self.told_size = len(self.log)
        raw = self.sealed(encode(receipt), Kind.RECEIPT)
        self.log.append(raw)
        return raw

    def cosigned(self, note: str) -> str:
        """Return a note under our cosignature, whatever it says."""
        pair = self.key("cosign")
        key = witness_key_of(self.origin, pair.public_key)
        signed = add_cosignature(
            parse_note(note.encode()), key, time_s=int(self.clock.now_s()), sign=pair.sign
        )
        return render_note(signed).decode()

    async def receive(self, envelopes: Sequence[bytes]) -> list[bytes]:
        """Answer the victim's messages: honestly, or as `answers` says."""
        return [(self.answers or self.take)(raw) for raw in envelopes]


def payload_of(raw: bytes) -> bytes:
    """Return what is in an envelope, whoever signed it."""
    part = msgspec.json.decode(raw)["payload"]
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _text(proof: Iterable[bytes]) -> tuple[str, ...]:
    return tuple(encode64(one) for one in proof)


@dataclass
class Scene:
    """A true node, the liar across the line, and everything the liar was answered."""

    node: Node
    liar: Liar
    network: Network
    answered: list[bytes] = field(default_factory=list)

    async def tell(self, *raw: bytes) -> bytes:
        """Let the liar send, and return the last answer."""
        answers = await self.network.exchange(self.liar.party, self.node.party, raw)
        self.answered += answers
        return answers[-1]

    async def code(self, *raw: bytes) -> str:
        """Let the liar send, and return the code of the refusal; "": it was receipted."""
        problem = decode_problem(await self.tell(*raw))
        return "" if problem is None else problem.code

    async def receipt(self, *raw: bytes) -> Receipt:
        """Let the liar send, and return the node's receipt, verified."""
        return self.open(await self.tell(*raw))

    def open(self, raw: bytes) -> Receipt:
        signer = self.node.signer
        public = signer.holder.pair("envelope", signer.generation).public_key
        opened = open_envelope(raw, keys={signer.kid: public}, kind=Kind.RECEIPT)
        return decode_receipt(opened.payload)

    async def turn(self) -> bool:
        """Let the node send once."""
        assert self.node.outbox is not None
        return await self.node.outbox.turn()

    async def settle(self) -> None:
        for _ in range(60):
            if not await self.turn():
                return
        raise AssertionError("the node never stops talking")

    async def size(self) -> int:
        return (await self.audit()).size

    async def audit(self) -> auditing.Audit:
        signer = self.node.signer
        known = {
            key_id(pair.public_key): pair.public_key
            for pair in (signer.holder.pair("envelope", n) for n in range(1, 5))
        }
        settings = self.node.desk.bench.settings
        return await self.node.desk.read(
            lambda r: auditing.audit_own(r, settings, known, lambda *_: None)
        )

    async def all_held(self) -> list[str]:
        """Return what is held of the liar: what a lie that was obeyed would change."""
        held = await self.node.desk.read(lambda r: queries.activities(r, party=self.liar.party))
        return [msgspec.json.encode(one.activity).decode() for one in held]

    async def assert_upright(self, *, speaks: bool = True) -> None:
        """The node is up: an honest command and message work, its log holds, nothing leaked."""
        name = f"after {len(self.answered)}"
        answer = await self.node.declare(an_activity(name=name))
        assert answer.activity is not None
        if speaks:
            receipt = await self.receipt(self.liar.message())
            assert receipt.accepted
        found = await self.audit()
        assert found.first_bad is None, found.said
        assert self.network.failures == []
        for one in self.answered:
            problem = decode_problem(one)
            assert problem is None or problem.code != "failed", problem
            text = one.decode() + (payload_of(one).decode() if problem is None else "")
            assert SECRET not in text
            assert "Traceback" not in text


@contextlib.asynccontextmanager
async def lied_to(agreement: Agreement | None = None) -> AsyncIterator[Scene]:
    """Give a node that trusts the liar's card and holds one secret."""
    agreement = agreement or an_agreement()
    clock = HandClock()
    network = Network(seed=0, sleep=clock.sleep)
    node = make_node("north", agreement, clock)
    liar = Liar(agreement, clock)
    join(node, liar.party, network)
    network.join(liar.party, liar.receive)
    try:
        holder = liar.holder
        await node.do(AddPeer(holder.card(holder.first()), "admin"))
        secret = an_activity(name=SECRET, title=SECRET, disclose=Disclosure.PRIVATE)
        await node.declare(secret)
        yield Scene(node, liar, network)
    finally:
        for task in node.tasks:
            task.cancel()
        await node.store.close()


def north_note(scene: Scene, root: bytes, size: int) -> str:
    """Return a checkpoint of the node's log as if it had signed it: with its own log key."""
    pair = scene.node.signer.holder.pair("log", 1)
    origin = origin_of(scene.liar.agreement.id, "north")
    return sign_checkpoint(Checkpoint(origin, size, root), pair.public_key, sign=pair.sign).decode()


STRANGER = key_pair("a stranger to both")
