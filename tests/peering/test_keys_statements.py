"""Keys change only as root key and key before have both said, in order, and never back."""

import json

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from key_scenes import Holder, certificate, revoked

from wideberth.peering.ed25519 import verifies
from wideberth.peering.envelope import Kind, key_id, open_envelope, seal
from wideberth.peering.keys import (
    ENVELOPE,
    ForgedKeysError,
    KeysError,
    SkippedKeysError,
    StaleKeysError,
    fingerprint,
    key_at,
    make_statement,
    open_card,
)

NORTH, SOUTH = Holder("north"), Holder("south")
FIRST = NORTH.first()
SECOND = NORTH.next(FIRST)
THIRD = NORTH.next(SECOND)
CARD = NORTH.card(FIRST)
CHAIN = {1: FIRST, 2: SECOND, 3: THIRD}


def envelope_key(number):
    return NORTH.pair("envelope", number)


def kid(number, purpose="envelope"):
    return key_id(NORTH.pair(purpose, number).public_key)


def good(keys, number, sequence):
    return key_at(keys, kid(number), purpose=ENVELOPE, sequence=sequence) is not None


def test_a_statement_says_what_was_said():
    said = SECOND.said
    assert (said.party, said.number, said.previous) == ("north", 2, FIRST.digest)
    assert SECOND.envelope_key == envelope_key(2).public_key
    assert said.tls == (certificate("north 2"),)
    assert len(SECOND.pins) == 1
    assert SECOND.pins != FIRST.pins


@given(st.sampled_from([0, 1, 2, 3]), st.sampled_from([1, 2, 3]))
def test_a_statement_is_taken_in_its_turn_and_never_else(known, comes):
    previous = CHAIN.get(known)
    if comes == known + 1:
        assert NORTH.open(CHAIN[comes].raw, previous) == CHAIN[comes]
    else:
        with pytest.raises(StaleKeysError if comes <= known else SkippedKeysError):
            NORTH.open(CHAIN[comes].raw, previous)


def test_a_skipped_statement_says_which_one_to_ask_for():
    with pytest.raises(SkippedKeysError) as caught:
        NORTH.open(THIRD.raw, FIRST)
    assert caught.value.expected == 2


@given(st.integers(0, len(SECOND.raw) - 1), st.integers(0, 7))
def test_a_statement_with_any_bit_changed_is_refused(at, bit):
    raw = bytearray(SECOND.raw)
    raw[at] ^= 1 << bit
    with pytest.raises(KeysError):
        NORTH.open(bytes(raw), FIRST)


ODD = st.sampled_from([b"", b"{}", b"[" * 30_000, b'{"payload":"\\ud800"}', b'{"a\x81":1}'])


@given(st.binary(max_size=300) | ODD)
def test_any_bytes_are_refused_as_keys_and_as_card_without_another_error(data):
    for read in (open_card, lambda raw: NORTH.open(raw, None)):
        with pytest.raises(KeysError):
            read(data)


ROOT = NORTH.root
PAYLOAD = json.loads(
    open_envelope(
        SECOND.raw, keys={key_id(ROOT.public_key): ROOT.public_key}, kind=Kind.RECORD
    ).payload
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=4
)


@given(VALUES, st.sampled_from(sorted(PAYLOAD)))
def test_a_field_of_another_form_is_refused_though_signed(value, name):
    assume(value != PAYLOAD[name])
    payload = json.dumps(PAYLOAD | {name: value}).encode()
    raw = seal(payload, Kind.RECORD, kid=key_id(ROOT.public_key), sign=ROOT.sign)
    with pytest.raises(KeysError):
        NORTH.open(raw, FIRST)


def test_another_root_key_is_refused():
    with pytest.raises(ForgedKeysError, match="root key"):
        SOUTH.open(FIRST.raw, None)


def test_the_root_key_alone_cannot_change_the_keys():
    with pytest.raises(ForgedKeysError, match="consent"):
        NORTH.open(NORTH.raw(2, previous=FIRST.digest), FIRST)


@pytest.mark.parametrize("by", [envelope_key(2), NORTH.root, NORTH.pair("log", 1)])
def test_consent_by_any_key_but_the_one_before_is_refused(by):
    with pytest.raises(ForgedKeysError, match="consent"):
        NORTH.open(NORTH.raw(2, consent=by.sign, previous=FIRST.digest), FIRST)


def test_the_consent_is_over_the_bytes_that_the_protocol_page_names():
    order = ["type", "party", "number", "envelope", "log", "cosign", "tls", "revokes", "previous"]
    revokes = (revoked(NORTH.pair("log", 1), "gone with a laptop"),)
    raw = NORTH.next(FIRST, revokes=revokes).raw
    keys = {key_id(ROOT.public_key): ROOT.public_key}
    said = json.loads(open_envelope(raw, keys=keys, kind=Kind.RECORD).payload)
    plain = json.dumps({name: said[name] for name in order}, separators=(",", ":"))
    consent = bytes.fromhex(said["consent"])
    signed = b"wideberth-key-statement/v1\n" + plain.encode()
    assert verifies(envelope_key(1).public_key, signed, consent)


def test_consent_to_other_keys_is_refused():
    other = NORTH.next(FIRST, tls=(certificate("other"),))
    signature = bytes.fromhex(other.said.consent)
    with pytest.raises(ForgedKeysError, match="consent"):
        NORTH.open(NORTH.raw(2, consent=lambda _: signature, previous=FIRST.digest), FIRST)


def test_a_statement_that_follows_another_history_is_refused():
    other = NORTH.next(FIRST, tls=(certificate("other"),))
    with pytest.raises(ForgedKeysError, match="does not follow"):
        NORTH.open(NORTH.next_raw(other), SECOND)


def test_a_statement_of_another_party_under_the_same_root_is_refused():
    with pytest.raises(ForgedKeysError, match="another party"):
        NORTH.open(NORTH.next_raw(FIRST, party="norse"), FIRST)


@pytest.mark.parametrize(
    "wrong",
    [
        {"log": envelope_key(1).public_key.hex()},
        {"cosign": NORTH.pair("log", 1).public_key.hex()},
        {"envelope": "00" * 32},
        {"tls": (certificate("a") + certificate("b"),)},
        {"tls": (certificate("a"), certificate("a"))},
        {"tls": ("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",)},
        {"revokes": (revoked(envelope_key(1)),)},
    ],
)
def test_keys_that_cannot_serve_are_refused_by_their_maker(wrong):
    with pytest.raises(ForgedKeysError):
        NORTH.raw(1, **wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"previous": FIRST.digest},
        {"lost": True},
        {"revokes": (revoked(envelope_key(9)),)},
        {"envelope": NORTH.root.public_key.hex()},
        {"version": 2},
    ],
)
def test_a_first_statement_that_cannot_be_one_is_refused(wrong):
    with pytest.raises(KeysError):
        NORTH.open(NORTH.raw(1, **wrong), None)


def test_a_signature_by_the_root_over_a_card_is_no_statement():
    with pytest.raises(ForgedKeysError):
        NORTH.open(NORTH.card(FIRST), None)


def test_a_card_says_who_where_and_which_keys():
    card = open_card(NORTH.card(THIRD))
    assert (card.party, card.url) == ("north", "https://node.example:8443")
    assert (card.root, card.statement) == (NORTH.root.public_key, THIRD)
    assert card.fingerprint == fingerprint(NORTH.root.public_key)


@given(st.integers(0, len(CARD) - 1), st.integers(0, 7))
def test_a_card_with_any_bit_changed_is_refused(at, bit):
    raw = bytearray(CARD)
    raw[at] ^= 1 << bit
    with pytest.raises(KeysError):
        open_card(bytes(raw))


def test_a_card_with_the_statement_of_another_party_is_refused():
    keys = {key_id(ROOT.public_key): ROOT.public_key}
    payload = json.loads(open_envelope(CARD, keys=keys, kind=Kind.CARD).payload)
    load = json.dumps(payload | {"party": "norse"}).encode()
    raw = seal(load, Kind.CARD, kid=key_id(ROOT.public_key), sign=ROOT.sign)
    with pytest.raises(ForgedKeysError, match="another"):
        open_card(raw)


def test_a_card_with_a_statement_by_another_root_is_refused():
    with pytest.raises(ForgedKeysError, match="root key"):
        SOUTH.card(FIRST)


@pytest.mark.parametrize(
    "url",
    [
        "http://node.example",
        "https://user@node.example",
        "https://node.example/peer",
        "https://",
        "https://node.example\n",
        "https://node.example:8443?x=1",
        "file:///etc/passwd",
        "https://a b",
        "https://node.example:0",
        "https://node.example:65536",
        "https://node..example",
        "https://-node.example",
        "https://[::1::2]",
        "https://[127.0.0.1]",
    ],
)
def test_a_card_with_an_address_that_is_not_plain_https_is_refused(url):
    with pytest.raises(KeysError):
        NORTH.card(FIRST, url)


@pytest.mark.parametrize(
    "url", ["https://a", "https://10.0.0.1:1", "https://[2001:db8::1]:65535", "https://n-1.example"]
)
def test_a_card_may_name_a_host_or_an_address(url):
    assert open_card(NORTH.card(FIRST, url)).url == url


@given(st.binary(min_size=32, max_size=32))
@example(bytes(32))
def test_a_fingerprint_is_eight_groups_of_four(root):
    groups = fingerprint(root).split(" ")
    assert len(groups) == 8
    assert all(len(group) == 4 and set(group) <= set("0123456789abcdef") for group in groups)
    assert fingerprint(root) != fingerprint(bytes([root[0] ^ 1]) + root[1:])


def test_a_statement_too_long_to_be_sent_is_refused_by_its_maker():
    many = tuple(revoked(envelope_key(at), "x" * 2000) for at in range(10, 30))
    with pytest.raises(KeysError, match="longer"):
        make_statement(
            NORTH.said(2, revokes=many, previous=FIRST.digest),
            root=NORTH.root.public_key,
            sign_root=NORTH.root.sign,
            sign_previous=envelope_key(1).sign,
        )
