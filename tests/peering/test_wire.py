"""An activity's written form: what is written reads back equal, and nothing else reads at all."""

import json
import math

import msgspec
import pytest
from builders import a_volume, an_activity
from hypothesis import given
from hypothesis import strategies as st
from scenes import theatres

from wideberth.errors import WideberthError
from wideberth.model.activity import Activity, Disclosure, Flex, State
from wideberth.peering.wire import (
    WireActivity,
    WireError,
    from_wire,
    read_activity,
    schema,
    to_wire,
    write_activity,
)

texts = st.text(max_size=12) | st.sampled_from(("", "\u202e", "\x00", "é" * 7, "\U0001f680"))
spans = st.floats(0.0, 1e9)
flexes = st.none() | st.builds(Flex, spans, spans, spans, spans)


@st.composite
def activities(draw) -> Activity:
    """One of a theatre's activities, with everything else about it drawn too."""
    drawn = draw(theatres(most=2))[0]
    return Activity(
        draw(texts.filter(str.strip)),
        draw(texts.filter(str.strip)),
        drawn.volumes,
        title=draw(texts),
        kind=draw(texts),
        priority=draw(st.integers(-(2**53), 2**53)),
        disclose=draw(st.sampled_from(Disclosure)),
        revision=draw(st.integers(1, 2**53)),
        state=draw(st.sampled_from(State)),
        flex=draw(flexes),
        equipage=draw(texts),
        linked=draw(texts),
    )


@given(activities())
def test_every_activity_reads_back_equal(activity):
    assert read_activity(write_activity(activity)) == activity


@given(activities())
def test_the_same_activity_gives_the_same_bytes_and_what_was_read_is_written_the_same(activity):
    raw = write_activity(activity)
    assert write_activity(read_activity(raw)) == raw


@given(activities())
def test_what_this_node_checked_reads_back_the_same_unchecked(activity):
    assert from_wire(to_wire(activity), is_checked=True) == activity


@given(activities())
def test_no_number_that_json_cannot_say_is_written(activity):
    def refuse(name):
        raise AssertionError(name)

    json.loads(write_activity(activity), parse_constant=refuse)


@given(activities(), st.data())
def test_any_bytes_are_an_activity_or_a_refusal(activity, data):
    raw = bytearray(write_activity(activity))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=2))
    try:
        read = read_activity(bytes(raw))
    except WideberthError:
        return
    assert read_activity(write_activity(read)) == read


@given(st.binary(max_size=200))
def test_noise_is_no_activity(noise):
    with pytest.raises(WireError):
        read_activity(noise)


def _paths(value, path=()):
    """Yield the path of every object within a value."""
    if isinstance(value, dict):
        yield path
        for name, one in value.items():
            yield from _paths(one, (*path, name))
    if isinstance(value, list):
        for k, one in enumerate(value):
            yield from _paths(one, (*path, k))


@given(activities(), st.data())
def test_an_unknown_field_is_refused_wherever_it_stands(activity, data):
    whole = json.loads(write_activity(activity))
    place = whole
    for step in data.draw(st.sampled_from(list(_paths(whole)))):
        place = place[step]
    place["x_unknown"] = 1
    with pytest.raises(WireError, match="unknown field"):
        read_activity(json.dumps(whole).encode())


@pytest.mark.parametrize("text", [b"\xff", b"\xed\xa0\x80", b"\\ud800", b"\\udfff"], ids=repr)
def test_text_that_is_no_unicode_is_refused(text):
    raw = write_activity(an_activity(name="NAME")).replace(b"NAME", text)
    with pytest.raises(WireError):
        read_activity(raw)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "-1e400"])
def test_a_number_that_is_none_is_refused(number):
    raw = write_activity(an_activity(a_volume(lower_m=1234.5)))
    assert raw.count(b"1234.5") == 1
    with pytest.raises(WireError):
        read_activity(raw.replace(b"1234.5", number.encode()))


@pytest.mark.parametrize(
    "changed",
    [
        {"id": ""},
        {"id": "x" * 201},
        {"party": ""},
        {"title": "x" * 2001},
        {"volumes": []},
        {"revision": 0},
        {"revision": 2**53 + 1},
        {"revision": "1"},
        {"state": "Forgotten"},
        {"disclose": "all"},
        {"priority": 1.5},
        {"flex": {"lateral_m": "1"}},
    ],
    ids=repr,
)
def test_what_is_out_of_its_bounds_is_refused(changed):
    whole = json.loads(write_activity(an_activity())) | changed
    with pytest.raises(WireError):
        read_activity(json.dumps(whole).encode())


def test_deep_nesting_is_refused():
    with pytest.raises(WireError):
        read_activity(b'{"party":' + b"[" * 100_000)


def test_an_error_is_as_short_as_a_sentence_whatever_the_peer_wrote():
    with pytest.raises(WireError) as refusal:
        read_activity(b'{"' + b"x" * 500_000 + b'":1}')
    assert len(refusal.value.diagnostics()) < 500


def test_half_a_band_is_refused_by_the_name_of_its_volume():
    whole = json.loads(write_activity(an_activity()))
    whole["volumes"][0]["low_hz"] = 1.0
    with pytest.raises(WideberthError, match="volume '0'"):
        read_activity(json.dumps(whole).encode())


def test_open_ends_are_null():
    open_ended = a_volume(start_s=-math.inf, end_s=math.inf, lower_m=-math.inf, upper_m=math.inf)
    (volume,) = json.loads(write_activity(an_activity(open_ended)))["volumes"]
    assert [volume[n] for n in ("start_s", "end_s", "lower_m", "upper_m")] == [None] * 4


def test_the_schema_names_every_field():
    defined = schema()["$defs"]["WireActivity"]["properties"]
    assert set(defined) == set(WireActivity.__struct_fields__)
    assert msgspec.json.encode(schema())
