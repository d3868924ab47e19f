"""What nodes say to each other: it reads back as it was said, or is refused, whatever the bytes."""

import contextlib
import json
from typing import get_args

import msgspec
import pytest
from builders import an_activity
from hypothesis import given
from hypothesis import strategies as st

from wideberth.model.activity import State
from wideberth.model.interference import CeaseAnswer, Effect, Outcome, Service
from wideberth.model.notice import Rung
from wideberth.peering import messages
from wideberth.peering.council.said import Said
from wideberth.peering.messages import (
    Body,
    CaseClosed,
    CeaseAnswered,
    CeaseRequest,
    Change,
    Checked,
    Climbed,
    Declare,
    Heartbeat,
    InForce,
    InForceBodies,
    InForceItem,
    InForceItems,
    Interference,
    Keys,
    Observed,
    ReadBack,
    ReadBackAnswer,
    Recall,
    RecallDone,
    SaidPlace,
    SaidVolume,
    Strict,
    Suspension,
)
from wideberth.peering.payloads import (
    PROTOCOL,
    Head,
    Message,
    MessageError,
    Receipt,
    Witnessed,
    decode_body,
    decode_message,
    decode_receipt,
    encode,
)
from wideberth.peering.wire import to_wire
from wideberth.peering.wire_footprint import WireCircle
from wideberth.peering.wire_interference import WireBearing, WireReport, WireSource

HASH = "0f" * 32
names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
texts = st.text(st.characters(codec="utf-8"), max_size=12)
hashes = st.sampled_from(("", HASH))
counts = st.integers(0, 2**53)
instants = st.floats(0.0, 253_402_300_799.0)
items = st.builds(
    InForceItem, activity=names, revision=counts, state=st.sampled_from(State), digest=hashes
)
about = {"notice": hashes, "activity": names, "revision": counts}
said = st.builds(
    SaidVolume,
    id=names,
    arena=texts,
    shape=texts,
    places=st.lists(st.builds(SaidPlace, which=texts, mgrs=texts, dms=texts), max_size=2).map(
        tuple
    ),
    heights=texts,
    times=texts,
)
wire = to_wire(an_activity())
hertz = st.floats(0.0, 1e18)
bearings = st.none() | st.builds(
    WireBearing, bearing_deg=st.floats(0.0, 359.99), seen_from=st.just((33.0, -34.0))
)
reports = st.builds(
    WireReport,
    system=names,
    service=st.sampled_from(Service),
    low_hz=hertz,
    high_hz=hertz,
    effect=st.sampled_from(Effect),
    start_s=instants,
    role=names,
    end_s=st.none() | instants,
    place=st.none() | st.just(WireCircle((33.0, 34.0), 5000.0)),
    bearing=bearings,
    source=st.none() | st.builds(WireSource, party=texts, activity=texts, words=texts),
    action=texts,
    conflict=texts,
)
step = {"case": names, "at_s": instants, "role": names}
bodies = st.one_of(
    st.builds(
        Declare,
        activity=st.just(wire),
        contact=names,
        doubt=texts,
        checked=st.none() | st.builds(Checked, by=names, at_s=instants, how=texts),
    ),
    st.builds(Change, activity=names, revision=counts, state=st.sampled_from(State), at_s=instants),
    st.builds(Climbed, **about, rung=st.sampled_from(Rung), at_s=instants, by=names, unit=texts),
    st.builds(ReadBack, **about, volumes=st.lists(said, max_size=2).map(tuple)),
    st.builds(ReadBackAnswer, **about, agreed=st.booleans()),
    st.builds(InForce, digest=hashes, count=counts),
    st.builds(InForceItems, party=names, items=st.lists(items, max_size=3).map(tuple)),
    st.builds(InForceBodies, activities=st.just(()), absent=st.lists(names).map(tuple)),
    st.builds(Heartbeat, at_s=instants),
    st.builds(Suspension, suspended=st.booleans(), at_s=instants, reason=texts),
    st.builds(Recall, notice=hashes, reason=texts),
    st.builds(RecallDone, notice=hashes, at_s=instants),
    st.builds(Interference, case=names, report=reports, at_s=instants),
    st.builds(CeaseRequest, **step, words=texts),
    st.builds(
        CeaseAnswered, **step, answer=st.sampled_from(CeaseAnswer), when_s=st.none() | instants
    ),
    st.builds(
        Observed,
        **step,
        opener=names,
        words=texts,
        effect=st.none() | st.sampled_from(Effect),
        bearing=bearings,
    ),
    st.builds(CaseClosed, **step, outcome=st.sampled_from(Outcome), words=texts),
    st.builds(Keys, statement=texts),
)
heads = st.builds(
    Head,
    agreement=names,
    agreement_version=counts,
    sender=names,
    recipient=names,
    sequence=st.integers(1, 2**53),
    previous=hashes,
    last_sequence=counts,
    last_received=hashes,
    sent_s=instants,
    version=st.just(PROTOCOL),
    witnessed=st.builds(Witnessed, size=counts, cosigned=texts),
)
receipts = st.builds(
    Receipt,
    agreement=names,
    sender=names,
    recipient=names,
    message=hashes,
    sequence=st.integers(1, 2**53),
    sent_s=instants,
    received_s=instants,
    index=counts,
    checkpoint=texts,
    inclusion=st.lists(texts, max_size=3).map(tuple),
    consistency_from=counts,
    consistency=st.lists(texts, max_size=3).map(tuple),
    version=st.just(PROTOCOL),
    accepted=st.booleans(),
    problems=st.lists(texts, max_size=3).map(tuple),
)
A_HEAD = Head(
    agreement="a",
    agreement_version=1,
    sender="s",
    recipient="r",
    sequence=1,
    previous="",
    last_sequence=0,
    last_received="",
    sent_s=0.0,
    version=PROTOCOL,
)
A_MESSAGE = encode(Message(head=A_HEAD, body=Heartbeat(at_s=0.0)))


@given(heads, bodies)
def test_every_message_reads_back_as_it_was_said(head, body):
    read = decode_message(encode(Message(head=head, body=body)))
    assert read.head == head
    assert decode_body(read) == body


@given(heads, bodies)
def test_a_message_read_and_said_again_is_the_same_bytes(head, body):
    raw = encode(Message(head=head, body=body))
    read = decode_message(raw)
    assert encode(Message(head=read.head, body=decode_body(read))) == raw


@given(receipts)
def test_every_receipt_reads_back_as_it_was_given(receipt):
    assert decode_receipt(encode(receipt)) == receipt


def test_every_kind_of_body_is_drawn_here():
    drawn = {one.__name__ for one in (Declare, Change, Climbed, ReadBack, ReadBackAnswer, InForce)}
    drawn |= {one.__name__ for one in (InForceItems, InForceBodies, Heartbeat, Suspension, Recall)}
    drawn |= {one.__name__ for one in (RecallDone, Keys, Interference, CeaseRequest)}
    drawn |= {one.__name__ for one in (CeaseAnswered, Observed, CaseClosed)}
    plain = [one for one in get_args(Body) if not issubclass(one, Said)]  # steps have tests by kind
    assert {one.__name__ for one in plain} == drawn


@given(heads, bodies, st.data())
def test_any_bytes_are_a_message_or_a_refusal(head, body, data):
    raw = bytearray(encode(Message(head=head, body=body)))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=2))
    with contextlib.suppress(MessageError):
        decode_body(decode_message(bytes(raw)))


@given(
    st.binary(max_size=300)
    | st.recursive(
        st.none() | st.booleans() | st.floats() | texts,
        lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    ).map(lambda value: json.dumps(value).encode())
)
def test_noise_is_neither_message_nor_receipt(noise):
    for decode in (decode_message, decode_receipt):
        with pytest.raises(MessageError):
            decode(noise)


def _tagged():
    """Yield each kind of body with the least that it may hold, at the level of JSON."""
    least = {
        "declare": {"activity": msgspec.to_builtins(wire), "contact": "c"},
        "change": {"activity": "a", "revision": 1, "state": "Ended", "at_s": 0.0},
        "climbed": {
            "notice": HASH,
            "activity": "a",
            "revision": 1,
            "rung": "read",
            "at_s": 0.0,
            "by": "b",
        },
        "read_back": {"notice": HASH, "activity": "a", "revision": 1, "volumes": []},
        "read_back_answer": {"notice": HASH, "activity": "a", "revision": 1, "agreed": True},
        "in_force": {"digest": HASH, "count": 0},
        "in_force_items": {"party": "p", "items": []},
        "in_force_bodies": {"activities": []},
        "heartbeat": {"at_s": 0.0},
        "suspension": {"suspended": True, "at_s": 0.0, "reason": ""},
        "recall": {"notice": HASH, "reason": ""},
        "recall_done": {"notice": HASH, "at_s": 0.0},
        "keys": {"statement": ""},
    }
    for tag, fields in least.items():
        yield {"type": tag, **fields}


def _read(body) -> Body:
    whole = json.loads(A_MESSAGE) | {"body": body}
    return decode_body(decode_message(json.dumps(whole).encode()))


@pytest.mark.parametrize("body", list(_tagged()), ids=lambda body: body["type"])
def test_a_body_lacks_nothing_and_has_nothing_more(body):
    assert _read(body)
    with pytest.raises(MessageError):
        _read(body | {"x_unknown": 1})
    for name in body:
        if (body["type"], name) != ("in_force_bodies", "activities"):
            with pytest.raises(MessageError):
                _read({key: value for key, value in body.items() if key != name})
        with pytest.raises(MessageError):
            _read(body | {name: {"no": ["such"]}})


@pytest.mark.parametrize("hash_", ["0F" * 32, "0f" * 31, "0f" * 33, "zz" * 32, "x", HASH + "\n"])
def test_a_hash_is_64_small_hex_digits(hash_):
    with pytest.raises(MessageError):
        _read({"type": "recall", "notice": hash_, "reason": ""})


@pytest.mark.parametrize("version", [0, 2, -1, 2**63])
def test_another_version_is_refused_by_its_number(version):
    whole = json.loads(A_MESSAGE)
    whole["head"]["version"] = version
    with pytest.raises(MessageError, match=f"protocol {version}"):
        decode_message(json.dumps(whole).encode())


@pytest.mark.parametrize("sent", [-1.0, 253_402_300_800.0, 1e308, "now", None])
def test_a_clock_shows_a_time_between_1970_and_9999(sent):
    whole = json.loads(A_MESSAGE)
    whole["head"]["sent_s"] = sent
    with pytest.raises(MessageError):
        decode_message(json.dumps(whole).encode())


@pytest.mark.parametrize(
    "twice",
    [
        b'{"head":1,"head":2,"body":{}}',
        A_MESSAGE.replace(b'"sequence":1', b'"sequence":2,"sequence":1'),
        A_MESSAGE.replace(b'"at_s":0.0', b'"at_s":1.0,"at_s":0.0'),
        A_MESSAGE.replace(b'"at_s":0.0', b'"at_s":0.0,"x":{"y":[{"z":1,"z":1}]}'),
        A_MESSAGE.replace(b'"at_s":0.0', b'"at_s":0.0,"\\u0061t_s":0.0'),
    ],
)
def test_a_field_said_twice_is_refused_at_any_depth(twice):
    with pytest.raises(MessageError):
        decode_message(twice)


def test_all_parts_of_messages_are_strict():
    for name in dir(messages):
        kind = getattr(messages, name)
        if isinstance(kind, type) and issubclass(kind, Strict):
            assert kind.__struct_config__.forbid_unknown_fields, name
            assert kind.__struct_config__.frozen, name
