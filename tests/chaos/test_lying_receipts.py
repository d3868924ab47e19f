"""A peer that lies in its receipts: refused or proven, never obeyed, and the node stays up."""

import asyncio
import functools
import json

import pytest
from key_scenes import Holder
from ledger_scenes import a_tree
from lying_peer import STRANGER, Scene, lied_to, payload_of
from two_nodes import an_activity

from wideberth.model.command import AddPeer, TakeReceipt
from wideberth.model.notice import Rung
from wideberth.node import auditing, convicting, tables
from wideberth.node.refusals import GapError, StrangerError
from wideberth.peering import tree
from wideberth.peering.checkpoint import log_key_of
from wideberth.peering.envelope import Kind
from wideberth.peering.fraud import verify_fraud
from wideberth.peering.messages import Heartbeat
from wideberth.peering.notes import encode64
from wideberth.peering.payloads import encode


def attack(test):
    """Run a test as one scene, and see afterwards that the node stands as before."""

    @functools.wraps(test)
    def run(*args, **kwargs):
        async def scenes():
            async with lied_to() as scene:
                await test(scene, *args, **kwargs)
                await scene.assert_upright()

        asyncio.run(scenes())

    del run.__wrapped__
    return run


async def rung(scene: Scene) -> Rung:
    (notice,) = await scene.node.notices()
    return notice.rung


async def refused(scene: Scene, answer) -> None:
    """An answer that is no receipt changes nothing: the message waits, the next answer counts."""
    scene.liar.answers = answer
    size = await scene.size()
    assert not await scene.turn()
    assert await rung(scene) is Rung.SENT
    assert await scene.size() == size
    assert (await scene.node.peer("south")).down_since_s is not None
    scene.liar.answers = None
    await scene.settle()
    assert await rung(scene) is Rung.DELIVERED


async def disbelieved(scene: Scene, answer) -> None:
    """A receipt that the peer signed and that does not hold is kept, and nothing climbs on it."""
    scene.liar.answers = answer
    assert await scene.turn()
    assert await rung(scene) is Rung.SENT
    assert "peer's log" in await scene.node.alarms()
    assert (await scene.node.peer("south")).fraud


def forged(change):
    """Return an answer that is the honest receipt, changed at the level of JSON and signed."""

    def setting(scene):
        def answer(raw):
            honest = json.loads(payload_of(scene.liar.take(raw)))
            payload = json.dumps(honest | change).encode()
            lie = scene.liar.sealed(payload, Kind.RECEIPT)
            scene.liar.log[-1] = lie
            return lie

        return answer

    return setting


@attack
async def test_a_receipt_under_a_strangers_key_is_refused(scene):
    await scene.node.declare(an_activity())

    def answer(raw):
        receipt = scene.liar.receipt_for(raw, log=[*scene.liar.log, raw])
        return scene.liar.sealed(encode(receipt), Kind.RECEIPT, pair=STRANGER)

    await refused(scene, answer)


@attack
async def test_a_receipt_that_is_signed_as_a_message_is_refused(scene):
    await scene.node.declare(an_activity())
    receipt = scene.liar.receipt_for
    await refused(
        scene, lambda raw: scene.liar.sealed(encode(receipt(raw, log=[*scene.liar.log, raw])))
    )


@pytest.mark.parametrize(
    "change",
    [
        {"sender": "north"},
        {"sender": "west"},
        {"recipient": "south"},
        {"agreement": "another"},
        {"message": "ab" * 32},
        {"sequence": 2},
        {"sequence": 2**53},
        {"sequence": 0},
        {"version": 2},
        {"extra": 1},
        {"received_s": "now"},
        {"received_s": -1e308},
        {"received_s": 1e308},
        {"index": -1},
        {"inclusion": ["A" * 65]},
        {"inclusion": ["A" * 44] * 65},
        {"problems": ["x" * 2001]},
        {"checkpoint": "x" * 4001},
    ],
    ids=repr,
)
def test_a_receipt_that_is_of_others_or_of_another_form_is_refused(change):
    async def lie(scene):
        await scene.node.declare(an_activity())

        def answer(raw):
            receipt = scene.liar.receipt_for(raw, log=[*scene.liar.log, raw])
            payload = json.dumps(json.loads(encode(receipt)) | change).encode()
            return scene.liar.sealed(payload, Kind.RECEIPT)

        await refused(scene, answer)

    attack(lie)()


@pytest.mark.parametrize("answer", [b"", b"{}", b"null", b"\xff", b"[" * 100_000, b"x" * 1_000_000])
def test_an_answer_that_is_no_receipt_is_refused(answer):
    async def lie(scene):
        await scene.node.declare(an_activity())
        await refused(scene, lambda _raw: answer)

    attack(lie)()


@attack
async def test_a_receipt_for_a_message_never_sent_is_refused(scene):
    never = scene.liar.sealed(scene.liar.payload(Heartbeat(at_s=0.0), sender="north", sequence=1))
    scene.liar.log.append(never)
    raw = scene.liar.sealed(encode(scene.liar.receipt_for(never)), Kind.RECEIPT)
    size = await scene.size()
    with pytest.raises(StrangerError):
        await scene.node.do(TakeReceipt("south", raw))
    assert await scene.size() == size
    scene.liar.log.clear()


@attack
async def test_receipts_out_of_order_are_refused_until_their_turn(scene):
    for name in ("A1", "A2"):
        await scene.node.declare(an_activity(name=name))
    raws = [raw for _, raw in await scene.node.desk.read(lambda r: list(r.scan(tables.OUTBOX)))]
    first, second = (scene.liar.take(raw) for raw in raws)
    with pytest.raises(GapError):
        await scene.node.do(TakeReceipt("south", second))
    for raw in (first, second, first, second):
        await scene.node.do(TakeReceipt("south", raw))
    assert {n.rung for n in await scene.node.notices()} == {Rung.DELIVERED}
    assert await scene.node.alarms() == []


@attack
async def test_a_receipt_taken_twice_counts_once(scene):
    await scene.node.declare(an_activity())
    receipts = []
    scene.liar.answers = lambda raw: receipts.append(scene.liar.take(raw)) or receipts[-1]
    await scene.settle()
    size = await scene.size()
    for _ in range(3):
        await scene.node.do(TakeReceipt("south", receipts[0]))
    assert await scene.size() == size
    assert await scene.node.alarms() == []


@pytest.mark.parametrize(
    "change",
    [
        {"index": 7},
        {"index": 2**53},
        {"inclusion": ["A" * 44]},
        {"inclusion": ["x"]},
        {"inclusion": ["\u00e9"]},
        {"consistency": ["A" * 44]},
        {"checkpoint": ""},
        {"checkpoint": "x"},
        {"checkpoint": "a\n1\nb\n\n\N{EM DASH} a b\n"},
    ],
    ids=repr,
)
def test_a_receipt_that_proves_nothing_is_kept_and_not_believed(change):
    async def lie(scene):
        await scene.node.declare(an_activity(name="A0"))
        await scene.settle()
        await scene.node.declare(an_activity())
        scene.liar.answers = forged(change)(scene)
        await scene.turn()
        assert [n.rung for n in await scene.node.notices()] == [Rung.DELIVERED, Rung.SENT]
        assert "peer's log" in await scene.node.alarms()
        assert (await scene.node.peer("south")).fraud
        scene.liar.answers = None

    attack(lie)()


@attack
async def test_a_checkpoint_under_another_key_is_not_believed(scene):
    await scene.node.declare(an_activity())

    def answer(raw):
        log = [*scene.liar.log, raw]
        receipt = scene.liar.receipt_for(
            raw, log=log, checkpoint=scene.liar.note(log, generation=9)
        )
        scene.liar.log.append(raw)
        return scene.liar.sealed(encode(receipt), Kind.RECEIPT)

    await disbelieved(scene, answer)


async def grown(scene: Scene) -> None:
    """Let the peer give three honest receipts, so that there is something to deny."""
    for k in range(3):
        await scene.node.declare(an_activity(name=f"B{k}"))
        await scene.settle()


@pytest.mark.parametrize("left", [0, 1, 3, 5])
def test_a_log_that_shrank_is_seen_and_never_countersigned_again(left):
    async def lie(scene):
        await grown(scene)
        seen = await scene.node.peer("south")
        del scene.liar.log[left:]
        scene.liar.told_size = 0
        await scene.node.declare(an_activity())
        await scene.turn()
        peer = await scene.node.peer("south")
        assert "older" in peer.fraud
        assert "peer's log" in await scene.node.alarms()
        assert peer.witnessed_note == seen.witnessed_note
        assert (await scene.node.notices())[-1].rung is Rung.SENT
        scene.liar.told_size = len(scene.liar.log)

    attack(lie)()


@attack
async def test_a_log_of_the_right_size_and_another_history_is_seen_and_kept_as_evidence(scene):
    await grown(scene)
    before = scene.liar.told_size
    scene.liar.log[2] = b"another history"
    await scene.node.declare(an_activity())
    await scene.turn()
    assert scene.liar.told_size > before
    peer = await scene.node.peer("south")
    assert "does not begin with" in peer.fraud
    kept = await scene.node.desk.read(lambda r: [k for k, _ in r.scan(tables.EVIDENCE)])
    assert any(key.startswith("log/south/") for key in kept)


@attack
async def test_a_proof_from_a_size_we_never_saw_is_not_believed(scene):
    await grown(scene)
    await scene.node.declare(an_activity())
    scene.liar.told_size -= 2
    await scene.turn()
    assert "peer's log" in await scene.node.alarms()
    assert (await scene.node.notices())[-1].rung is Rung.SENT


def south_key(generation: int = 1):
    public = Holder("south").pair("log", generation).public_key
    return log_key_of("wideberth/test-agreement/south", public)


async def fraud_file(scene: Scene) -> bytes | None:
    settings = scene.node.desk.bench.settings
    return await scene.node.desk.read(lambda r: convicting.fraud_file(r, settings, "south"))


@attack
async def test_an_honest_peer_is_never_convicted(scene):
    await grown(scene)
    assert await fraud_file(scene) is None


@attack
async def test_a_peer_that_puts_two_messages_in_one_place_is_convicted_by_public_keys_alone(scene):
    await scene.node.declare(an_activity("north", "A1"))
    fork = list(scene.liar.log)
    await scene.settle()
    await scene.node.declare(an_activity("north", "A2"))
    scene.liar.log = [*fork]
    await scene.turn()
    file = await fraud_file(scene)
    assert file is not None
    verdict = verify_fraud(file, south_key())
    assert verdict.is_shown
    assert not verify_fraud(file, south_key(2)).is_shown


@attack
async def test_a_peer_with_two_messages_in_one_place_of_two_sizes_is_convicted_by_them(scene):
    await scene.node.declare(an_activity("north", "A1"))
    await scene.node.declare(an_activity("north", "A2"))
    raws = [raw for _, raw in await scene.node.desk.read(lambda r: list(r.scan(tables.OUTBOX)))]
    longer = a_tree([raws[1], b"filler"])
    path = tuple(map(encode64, tree.inclusion_proof(0, 2, longer.read)))
    first = scene.liar.receipt_for(raws[0], log=[raws[0]])
    second = scene.liar.receipt_for(raws[1], log=[raws[1], b"filler"], index=0, inclusion=path)
    for receipt in (first, second):
        await scene.node.do(TakeReceipt("south", scene.liar.sealed(encode(receipt), Kind.RECEIPT)))
    file = await fraud_file(scene)
    assert file is not None
    assert b"entries" in file.split(b"\n")[1]
    assert verify_fraud(file, south_key()).is_shown


@attack
async def test_a_peer_that_signs_two_roots_of_one_size_is_convicted_by_public_keys_alone(scene):
    await scene.node.declare(an_activity("north", "A1"))
    await scene.node.declare(an_activity("north", "A2"))
    raws = [raw for _, raw in await scene.node.desk.read(lambda r: list(r.scan(tables.OUTBOX)))]
    scene.liar.told_size = 0
    first = scene.liar.receipt_for(raws[0], log=[raws[0], b"filler", raws[0]], sequence=1)
    second = scene.liar.receipt_for(raws[1], log=[b"x", b"y", raws[1]], sequence=2)
    for receipt in (first, second):
        await scene.node.do(TakeReceipt("south", scene.liar.sealed(encode(receipt), Kind.RECEIPT)))
    file = await fraud_file(scene)
    assert file is not None
    assert b"checkpoints" in file.split(b"\n")[1]
    assert verify_fraud(file, south_key()).is_shown
    scene.liar.heard = 0


@attack
async def test_two_receipts_for_one_message_are_evidence_and_the_first_one_stands(scene):
    await scene.node.declare(an_activity())
    receipts = []
    scene.liar.answers = lambda raw: receipts.append(scene.liar.take(raw)) or receipts[-1]
    await scene.settle()
    message = scene.liar.heard_raw[0]
    other = scene.liar.receipt_for(message, log=[b"another", message])
    lie = scene.liar.sealed(encode(other), Kind.RECEIPT)
    before = await scene.node.peer("south")
    for _ in range(3):
        await scene.node.do(TakeReceipt("south", lie))
    assert "two histories" in await scene.node.alarms()
    assert await scene.node.peer("south") == before
    kept = await scene.node.desk.read(lambda r: [k for k, _ in r.scan(tables.EVIDENCE)])
    assert len(kept) == 1


@attack
async def test_a_second_receipt_with_a_root_of_its_own_convicts(scene):
    await scene.tell(scene.liar.message())
    await scene.node.declare(an_activity())
    await scene.settle()
    message = scene.liar.heard_raw[0]
    other = scene.liar.receipt_for(message, log=[b"forged", message])
    lie = scene.liar.sealed(encode(other), Kind.RECEIPT)
    await scene.node.do(TakeReceipt("south", lie))
    file = await fraud_file(scene)
    assert file is not None
    assert verify_fraud(file, south_key()).is_shown


@attack
async def test_what_is_settled_by_people_goes_on_and_is_never_countersigned_again(scene):
    await grown(scene)
    del scene.liar.log[3:]
    scene.liar.told_size = 0
    await scene.node.declare(an_activity(name="A1"))
    await scene.turn()
    assert "peer's log" in await scene.node.alarms()
    holder = Holder("south")
    await scene.node.do(AddPeer(holder.card(holder.first()), "admin"))
    assert "peer's log" not in await scene.node.alarms()
    scene.liar.told_size = len(scene.liar.log)
    for name in ("A2", "A3"):
        await scene.node.declare(an_activity(name=name))
        await scene.settle()
        assert (await scene.node.notices())[-1].rung is Rung.DELIVERED
    assert await scene.node.alarms() == []
    said = [decode_said(raw) for raw in scene.liar.heard_raw]
    assert said[-1] == ""
    assert any(said), "it was countersigned before"


def decode_said(raw: bytes) -> str:
    return json.loads(payload_of(raw))["head"].get("witnessed", {}).get("cosigned", "")


@attack
async def test_the_audit_of_the_peer_names_the_receipt_that_does_not_carry_on(scene):
    await grown(scene)
    settings = scene.node.desk.bench.settings

    async def audit():
        return await scene.node.desk.read(
            lambda r: auditing.audit_peers(r, settings, "south", lambda *_: None)
        )

    assert (await audit()).first_bad is None
    scene.liar.log[1] = b"another history"
    await scene.node.declare(an_activity())
    await scene.turn()
    last = await scene.node.desk.read(lambda r: list(r.scan(tables.RECEIPT))[-1][1])
    assert (await audit()).first_bad == int(last)
