"""A peer that lies in its messages: refused or proven, never obeyed, and the node stays up."""

import asyncio
import base64
import functools
import json

import pytest
from lying_peer import STRANGER, Scene, lied_to, north_note, payload_of
from two_nodes import T0, an_activity

from wideberth.node import queries, tables
from wideberth.peering.envelope import MAX_ENVELOPE_BYTES, Kind
from wideberth.peering.messages import Declare, Heartbeat
from wideberth.peering.payloads import Evidence, MessageError, Witnessed, decode_record
from wideberth.peering.wire import to_wire

BEAT = Heartbeat(at_s=T0)


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


def of_ours(name: str = "S1", **different):
    return to_wire(an_activity("south", name, **different))


def declared(name: str = "S1", **different) -> Declare:
    return Declare(activity=of_ours(name, **different), contact="watch")


async def refused(scene: Scene, *raw: bytes, code: str = "stranger") -> None:
    """What the node refuses leaves no trace in its log."""
    before = await scene.size()
    assert await scene.code(*raw) == code
    assert await scene.size() == before
    assert await scene.all_held() == []


@attack
async def test_a_message_under_a_strangers_key_is_refused(scene):
    await refused(scene, scene.liar.sealed(scene.liar.payload(declared()), pair=STRANGER))


@attack
async def test_a_message_under_another_of_the_peers_keys_is_refused(scene):
    for purpose in ("log", "cosign"):
        key = scene.liar.key(purpose)
        await refused(scene, scene.liar.sealed(scene.liar.payload(declared()), pair=key))
    await refused(
        scene, scene.liar.sealed(scene.liar.payload(declared()), pair=scene.liar.holder.root)
    )


@attack
async def test_any_altered_byte_of_a_message_is_refused(scene):
    raw = scene.liar.sealed(scene.liar.payload(declared()))
    for place in range(0, len(raw), 37):
        spoiled = bytearray(raw)
        spoiled[place] ^= 1
        await refused(scene, bytes(spoiled))


@attack
async def test_an_envelope_of_another_kind_is_no_message(scene):
    for kind in (Kind.RECEIPT, Kind.RECORD, Kind.BUNDLE, Kind.CARD):
        await refused(scene, scene.liar.sealed(scene.liar.payload(declared()), kind))


@attack
async def test_a_message_said_again_counts_once_and_gets_the_same_receipt(scene):
    raw = scene.liar.message(declared())
    first = await scene.tell(raw)
    size = await scene.size()
    assert [await scene.tell(raw) for _ in range(5)] == [first] * 5
    assert await scene.size() == size
    assert len(await scene.node.notices()) == 1


@attack
async def test_messages_out_of_order_are_refused_until_their_turn(scene):
    first, second = scene.liar.message(declared("S1")), scene.liar.message(declared("S2"))
    await refused(scene, second, code="gap")
    assert (await scene.receipt(first)).accepted
    assert (await scene.receipt(second)).accepted


@attack
async def test_a_gap_is_answered_with_the_number_that_is_missing(scene):
    raw = scene.liar.sealed(scene.liar.payload(declared(), sequence=9))
    answer = json.loads(await scene.tell(raw))
    assert (answer["code"], answer["expected"]) == ("gap", 1)


@attack
async def test_a_number_at_the_end_of_all_numbers_is_a_gap_and_nothing_more(scene):
    raw = scene.liar.sealed(scene.liar.payload(declared(), sequence=2**53))
    await refused(scene, raw, code="gap")
    raw = scene.liar.rewritten(head__sequence=2**53 + 1)
    await refused(scene, raw)
    raw = scene.liar.rewritten(head__sequence=10**400)
    await refused(scene, raw)


@attack
async def test_an_oversize_message_is_refused_unread(scene):
    await refused(scene, b'{"payload":"' + b"A" * MAX_ENVELOPE_BYTES)


@pytest.mark.parametrize("where", ["payload", "head", "body"])
def test_deeply_nested_json_is_refused(where):
    @attack
    async def deep(scene):
        liar = scene.liar
        nest = b"[" * 200_000 + b"]" * 200_000
        whole = liar.payload(BEAT)
        if where == "payload":
            await refused(scene, liar.sealed(nest))
        elif where == "head":
            await refused(scene, liar.sealed(whole.replace(b'"witnessed":{}', b'"x":' + nest)))
        else:
            spoiled = whole.replace(b'"body":{', b'"body":{"x":' + nest + b",")
            await refused(scene, liar.sealed(spoiled))

    deep()


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"null",
        b"{}",
        b"[]",
        b"\xff\xfe",
        b'{"head":1,"body":2}',
        b'{"head":{},"body":{}}',
        b'"\\ud800"',
        b"0" * 100_000,
        b"\x00" * 1000,
    ],
    ids=repr,
)
def test_a_signed_payload_that_is_no_message_is_refused(payload):
    attack(lambda scene: refused(scene, scene.liar.sealed(payload[:200_000])))()


@pytest.mark.parametrize(
    "text", [b"\xff\xfe", b"\xed\xa0\x80", b"\\ud800", b"\\udc00\\ud800"], ids=repr
)
@pytest.mark.parametrize("place", [b'"sender":"', b'"agreement":"', b'"type":"'], ids=repr)
def test_text_that_is_no_unicode_does_not_make_the_node_fall_over(text, place):
    async def spoiled(scene):
        payload = scene.liar.payload(BEAT).replace(place, place + text)
        await refused(scene, scene.liar.sealed(payload))

    attack(spoiled)()


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "1e308", "-1e308"])
def test_a_clock_that_is_no_time_is_refused(number):
    async def spoiled(scene):
        payload = scene.liar.payload(BEAT).replace(b'"sent_s":1800000000.0', b'"sent_s":@')
        assert b"@" in payload
        await refused(scene, scene.liar.sealed(payload.replace(b"@", number.encode())))

    attack(spoiled)()


@attack
async def test_another_version_of_the_protocol_is_refused_by_name(scene):
    answer = json.loads(await scene.tell(scene.liar.rewritten(head__version=2)))
    assert answer["code"] == "stranger"
    assert "protocol 2" in answer["problem"]


@attack
async def test_a_message_in_anothers_name_or_for_another_is_refused(scene):
    for lie in (
        {"sender": "north"},
        {"sender": "west"},
        {"recipient": "south"},
        {"recipient": "west"},
        {"agreement": "another"},
    ):
        await refused(scene, scene.liar.sealed(scene.liar.payload(declared(), **lie)))


@attack
async def test_an_unknown_field_of_the_head_is_refused(scene):
    await refused(scene, scene.liar.rewritten(head__extra=1))


@attack
async def test_a_field_said_twice_is_refused_because_two_readers_would_read_two_things(scene):
    payload = scene.liar.payload(declared())
    for place in (b'"recipient":"north"', b'"contact":"watch"'):
        assert payload.count(place) == 1
        await refused(scene, scene.liar.sealed(payload.replace(place, place + b"," + place)))


@pytest.mark.parametrize(
    "body",
    [
        {"type": "obey"},
        {"type": "heartbeat", "at_s": T0, "extra": 1},
        {"type": "heartbeat", "at_s": "now"},
        {"type": "heartbeat"},
        {"type": "keys", "statement": "x" * 20_001},
        {"type": "climbed" * 30_000},
        {"x" * 500_000: 1, "type": "heartbeat", "at_s": T0},
        {},
        [],
        "declare",
        None,
    ],
    ids=lambda body: repr(body)[:30],
)
def test_a_body_that_is_not_known_is_logged_and_receipted_as_not_accepted(body):
    async def unknown(scene):
        whole = json.loads(scene.liar.payload(BEAT)) | {"body": body}
        raw = scene.liar.sent(scene.liar.sealed(json.dumps(whole).encode()))
        receipt = await scene.receipt(raw)
        assert not receipt.accepted
        assert all(len(problem) <= 500 for problem in receipt.problems)
        assert await scene.node.desk.read(lambda r: r.get(tables.ENTRY, tables.key(receipt.index)))

    attack(unknown)()


@attack
async def test_two_messages_under_one_number_are_kept_as_evidence_and_not_obeyed(scene):
    liar = scene.liar
    one = liar.sealed(liar.payload(declared("S1")))
    other = liar.sealed(liar.payload(declared("S2")))
    assert (await scene.receipt(liar.sent(one))).accepted
    assert await scene.code(other) == "two_histories"
    assert "two histories" in await scene.node.alarms()
    assert len(await scene.all_held()) == 1
    assert one in await evidence(scene)
    assert other in await evidence(scene)
    size = await scene.size()
    assert await scene.code(other) == "two_histories"
    assert await scene.size() == size, "the same lie twice is kept once"


@attack
async def test_two_histories_too_large_for_one_record_are_kept_as_evidence_all_the_same(scene):
    liar = scene.liar
    fat = "9" * 600_000
    whole = json.loads(liar.payload(BEAT)) | {"body": {"type": "unknown", "fat": fat}}
    one = liar.sealed(json.dumps(whole).encode())
    two = liar.sealed(json.dumps(whole | {"body": {"type": "unknown", "fat": fat[1:]}}).encode())
    assert not (await scene.receipt(liar.sent(one))).accepted
    assert await scene.code(two) == "two_histories"
    assert "two histories" in await scene.node.alarms()
    log = await entries(scene)
    assert one in log
    assert two in log


@attack
async def test_a_message_that_follows_another_than_was_received_is_evidence(scene):
    liar = scene.liar
    assert (await scene.receipt(liar.message(declared("S1")))).accepted
    forked = liar.sealed(liar.payload(declared("S2"), previous="ab" * 32))
    assert await scene.code(forked) == "two_histories"
    assert "two histories" in await scene.node.alarms()
    assert len(await scene.all_held()) == 1
    assert forked in await evidence(scene)


@attack
async def test_a_first_message_that_claims_one_before_it_is_evidence(scene):
    forked = scene.liar.sealed(scene.liar.payload(declared(), previous="ab" * 32))
    assert await scene.code(forked) == "two_histories"
    assert await scene.all_held() == []
    assert "two histories" in await scene.node.alarms()


@attack
async def test_who_claims_to_have_had_a_message_we_never_sent_raises_the_alarm(scene):
    lie = scene.liar.message(last_sequence=7, last_received="ab" * 32)
    assert (await scene.receipt(lie)).accepted
    assert "unknown message" in await scene.node.alarms()


@attack
async def test_who_claims_other_bytes_of_a_message_that_we_sent_raises_the_alarm(scene):
    await scene.node.declare(an_activity())
    await scene.settle()
    assert (await scene.receipt(scene.liar.message(last_received="ab" * 32))).accepted
    assert "unknown message" in await scene.node.alarms()


@attack
async def test_who_claims_to_have_seen_more_of_our_log_than_there_is_raises_the_alarm(scene):
    await scene.receipt(scene.liar.message(witnessed=Witnessed(size=2**53)))
    assert "log witness" in await scene.node.alarms()


@pytest.mark.parametrize("claimed", [0, 3, 10_000])
def test_a_cosignature_of_a_history_we_never_had_raises_the_alarm_and_counts_for_nothing(claimed):
    async def forged(scene):
        for size in (1, 10_000, 2**40):
            note = scene.liar.cosigned(north_note(scene, b"\x07" * 32, size))
            lie = Witnessed(size=claimed, cosigned=note)
            assert (await scene.receipt(scene.liar.message(witnessed=lie))).accepted
        assert "log witness" in await scene.node.alarms()
        assert (await scene.node.peer("south")).cosigned_by_peer == ""

    attack(forged)()


@pytest.mark.parametrize("note", ["x", "\n\n", "a\n1\nb\n\n\N{EM DASH} a b\n", "\ud800"[:0] + "é"])
def test_a_cosignature_that_is_no_note_raises_the_alarm(note):
    async def forged(scene):
        lie = Witnessed(size=0, cosigned=note)
        assert (await scene.receipt(scene.liar.message(witnessed=lie))).accepted
        assert "log witness" in await scene.node.alarms()

    attack(forged)()


@attack
async def test_our_own_checkpoint_without_the_peers_cosignature_is_not_taken_for_one(scene):
    receipt = await scene.receipt(scene.liar.message())
    lie = Witnessed(size=1, cosigned=receipt.checkpoint)
    await scene.receipt(scene.liar.message(witnessed=lie))
    assert "log witness" in await scene.node.alarms()
    assert (await scene.node.peer("south")).cosigned_by_peer == ""


@attack
async def test_a_forged_cosignature_of_our_true_log_counts_for_nothing(scene):
    receipt = await scene.receipt(scene.liar.message())
    head, _, last = scene.liar.cosigned(receipt.checkpoint).rstrip("\n").rpartition(" ")
    forged = bytearray(base64.b64decode(last))
    forged[-1] ^= 1
    lie = Witnessed(size=2, cosigned=f"{head} {base64.b64encode(forged).decode()}\n")
    await scene.receipt(scene.liar.message(witnessed=lie))
    assert "log witness" in await scene.node.alarms()
    assert (await scene.node.peer("south")).cosigned_by_peer == ""


@attack
async def test_an_older_cosignature_never_takes_the_place_of_a_newer_one(scene):
    liar = scene.liar
    notes = [(await scene.receipt(liar.message())).checkpoint for _ in range(3)]
    newest = liar.cosigned(notes[2])
    await scene.receipt(liar.message(witnessed=Witnessed(size=6, cosigned=newest)))
    older = liar.cosigned(notes[0])
    await scene.receipt(liar.message(witnessed=Witnessed(size=2, cosigned=older)))
    assert (await scene.node.peer("south")).cosigned_by_peer == newest


@attack
async def test_a_thousand_tiny_messages_cost_the_same_each(scene):
    liar = scene.liar
    await scene.node.declare(an_activity())
    raws = [liar.message() for _ in range(1000)]
    for k in range(0, 1000, 100):
        await scene.tell(*raws[k : k + 100])
    assert (await scene.node.peer("south")).in_sequence == 1000
    assert await scene.node.desk.read(lambda r: len(queries.events(r))) < 20
    assert len(await scene.node.desk.read(lambda r: queries.alarms(r, lasting=False))) < 5


async def entries(scene: Scene) -> list[bytes]:
    return [raw for _, raw in await scene.node.desk.read(lambda r: list(r.scan(tables.ENTRY)))]


async def evidence(scene: Scene) -> list[bytes]:
    """Return every envelope that the node keeps as evidence in its log."""
    found = []
    for raw in await entries(scene):
        try:
            record = decode_record(payload_of(raw))
        except MessageError:
            continue
        if isinstance(record.body, Evidence):
            found += [base64.b64decode(one) for one in record.body.envelopes]
    return found
