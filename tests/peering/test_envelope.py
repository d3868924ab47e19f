"""An envelope opens to what was sealed, or is refused with a reason; there is nothing between."""

import base64
import hashlib
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import OKPKey
from ledger_scenes import NORTH, SOUTH, STRANGER

from wideberth.peering.envelope import (
    MAX_ENVELOPE_BYTES,
    BadSignatureError,
    EnvelopeError,
    Kind,
    MalformedEnvelopeError,
    Peeked,
    TooLargeEnvelopeError,
    UnknownKeyError,
    key_id,
    open_envelope,
    peek,
    seal,
)

KID = key_id(NORTH.public_key)
KEYS = {KID: NORTH.public_key, key_id(SOUTH.public_key): SOUTH.public_key}
KINDS = st.sampled_from(list(Kind))
PAYLOADS = st.binary(max_size=100) | st.sampled_from([b"", b"\0", b'{"a":1}', b"[" * 5000])


def sealed(payload=b"in force", kind=Kind.MESSAGE):
    return seal(payload, kind, kid=KID, sign=NORTH.sign)


def b64(part):
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def written(payload=b"hi", header=None, signature=None, sign=NORTH.sign):
    """An envelope in the right form with whatever header, truly signed unless told otherwise."""
    if header is None:
        header = f'{{"alg":"Ed25519","kid":"{KID}","typ":"wideberth-message+1"}}'
    protected = b64(header.encode() if isinstance(header, str) else header)
    if signature is None:
        signature = sign(f"{protected}.{b64(payload)}".encode())
    parts = (
        f'{{"payload":"{b64(payload)}","protected":"{protected}","signature":"{b64(signature)}"}}'
    )
    return parts.encode()


def opened(raw, kind=Kind.MESSAGE, keys=KEYS):
    return open_envelope(raw, keys=keys, kind=kind)


@given(PAYLOADS, KINDS)
def test_what_is_sealed_opens_to_the_same_payload(payload, kind):
    raw = sealed(payload, kind)
    found = opened(raw, kind)
    assert (found.kind, found.kid, found.payload) == (kind, KID, payload)
    assert found.digest == hashlib.sha256(raw).hexdigest()
    assert peek(raw) == Peeked(kind, KID)
    assert sealed(payload, kind) == raw


@given(PAYLOADS, KINDS)
def test_an_independent_library_verifies_what_we_seal(payload, kind):
    found = jws.deserialize_json(
        json.loads(sealed(payload, kind)),
        OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": b64(NORTH.public_key)}),
        algorithms=["Ed25519"],
    )
    assert found.payload == payload
    assert found.headers() == {"alg": "Ed25519", "kid": KID, "typ": kind.value}


@given(PAYLOADS, KINDS)
def test_what_an_independent_library_signs_opens_in_canonical_form(payload, kind):
    seed = hashlib.sha256(b"north").digest()
    private = {"kty": "OKP", "crv": "Ed25519", "x": b64(NORTH.public_key), "d": b64(seed)}
    member = {"protected": {"alg": "Ed25519", "kid": KID, "typ": kind.value}}
    found = jws.serialize_json(member, payload, OKPKey.import_key(private), algorithms=["Ed25519"])
    raw = json.dumps(found, sort_keys=True, separators=(",", ":")).encode()
    assert opened(raw, kind).payload == payload


@given(PAYLOADS, st.data())
def test_any_byte_changed_added_or_removed_is_refused(payload, data):
    raw = sealed(payload)
    place = data.draw(st.integers(0, len(raw) - 1))
    other = data.draw(
        st.sampled_from([b"", b" ", b"=", b"A", b"_", b"\0", raw[place : place + 1] * 2])
    )
    altered = raw[:place] + other + raw[place + 1 :]
    if altered != raw:
        with pytest.raises(EnvelopeError):
            opened(altered)


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
@example(b"")
@example(b"{")
@example(b"\xff\xfe{}")
@example(b"[" * 100_000)
@example(b'{"payload":' * 50_000)
def test_any_bytes_are_refused_and_never_a_fault(raw):
    with pytest.raises(EnvelopeError):
        opened(raw)
    with pytest.raises(EnvelopeError):
        peek(raw)


@given(st.binary(max_size=120) | st.text(max_size=80).map(str.encode), st.binary(max_size=90))
def test_any_header_and_signature_in_the_right_frame_are_refused(header, signature):
    with pytest.raises(EnvelopeError):
        opened(written(header=header))
    with pytest.raises(EnvelopeError):
        opened(written(signature=signature))


@given(PAYLOADS, KINDS, KINDS)
def test_a_signature_over_one_kind_never_counts_for_another(payload, kind, asked):
    raw = sealed(payload, kind)
    if kind is asked:
        assert opened(raw, asked).kind is kind
        return
    with pytest.raises(MalformedEnvelopeError, match=f"is a {kind}".replace("+", r"\+")):
        opened(raw, asked)
    relabelled = json.loads(raw)
    relabelled["protected"] = json.loads(sealed(payload, asked))["protected"]
    with pytest.raises(BadSignatureError):
        opened(json.dumps(relabelled, separators=(",", ":")).encode(), asked)


GOOD = json.loads(sealed())
ALG = '"alg":"Ed25519"'
TYP = '"typ":"wideberth-message+1"'


def compact(value):
    return json.dumps(value, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    "raw",
    [
        sealed() + b"\n",
        b" " + sealed(),
        b"\xef\xbb\xbf" + sealed(),
        json.dumps(GOOD).encode(),
        compact({key: GOOD[key] for key in ("protected", "payload", "signature")}),
        compact(GOOD | {"header": {"kid": KID}}),
        compact(GOOD | {"x": 1}),
        compact({key: GOOD[key] for key in ("payload", "protected")}),
        sealed()[:-1] + b',"payload":"AA"}',
        compact(GOOD | {"payload": GOOD["payload"] + "="}),
        compact(GOOD | {"payload": GOOD["payload"][:4] + "\n" + GOOD["payload"][4:]}),
        compact(GOOD | {"payload": GOOD["payload"].replace("a", "\\u0061")}),
        compact(GOOD | {"payload": 7}),
        compact([GOOD]),
        compact({"payload": GOOD["payload"], "signatures": [GOOD]}),
        sealed().replace(b'"payload"', b'"paylo\\u0061d"'),
        ".".join((GOOD["protected"], GOOD["payload"], GOOD["signature"])).encode(),
    ],
)
def test_a_second_way_of_writing_the_same_envelope_is_refused(raw):
    assert opened(sealed()).payload == b"in force"
    with pytest.raises(MalformedEnvelopeError):
        opened(raw)


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (f'{{"alg":"EdDSA","kid":"{KID}",{TYP}}}', "Ed25519"),
        (f'{{"alg":"none","kid":"{KID}",{TYP}}}', "Ed25519"),
        (f'{{"alg":"HS256","kid":"{KID}",{TYP}}}', "Ed25519"),
        (f'{{{ALG},"kid":"{KID.upper()}x",{TYP}}}', "16 hex digits"),
        (f'{{{ALG},"kid":"",{TYP}}}', "exactly alg, kid and typ"),
        (f'{{{ALG},"kid":"{KID}","typ":"wideberth-message+2"}}', "not known"),
        (f'{{{ALG},"kid":"{KID}","typ":"MESSAGE"}}', "not known"),
        (f'{{{ALG},"kid":"{KID}"}}', "exactly alg, kid and typ"),
        (f'{{"kid":"{KID}",{ALG},{TYP}}}', "exactly alg, kid and typ"),
        (f'{{{ALG}, "kid":"{KID}",{TYP}}}', "exactly alg, kid and typ"),
        (f'{{{ALG},"kid":"{KID}",{TYP},"crit":[]}}', "exactly alg, kid and typ"),
        (f'{{{ALG},{ALG},"kid":"{KID}",{TYP}}}', "exactly alg, kid and typ"),
        (f'{{{ALG},"kid":"{KID}",{TYP},"jwk":{{}}}}', "exactly alg, kid and typ"),
    ],
)
def test_a_header_that_says_anything_else_is_refused_though_truly_signed(header, reason):
    with pytest.raises(MalformedEnvelopeError, match=reason):
        opened(written(header=header))


def test_spare_bits_at_the_end_of_base64_are_refused():
    raw = written(payload=b"a")  # "YQ": four spare bits
    assert opened(raw).payload == b"a"
    with pytest.raises(MalformedEnvelopeError, match="canonical"):
        opened(raw.replace(b'"YQ"', b'"YR"'))
    with pytest.raises(MalformedEnvelopeError, match="cut short"):
        opened(raw.replace(b'"YQ"', b'"YQAAA"'))


def test_a_key_that_is_not_known_and_a_signature_by_another_are_told_apart():
    with pytest.raises(UnknownKeyError, match=KID):
        opened(sealed(), keys={})
    with pytest.raises(UnknownKeyError):
        opened(sealed(), keys=lambda _: None)
    with pytest.raises(BadSignatureError):
        opened(seal(b"hi", Kind.MESSAGE, kid=KID, sign=STRANGER.sign))
    with pytest.raises(BadSignatureError):
        opened(sealed(), keys={KID: b"short"})
    assert opened(sealed(), keys=KEYS.get).payload == b"in force"


def test_the_size_is_bounded_both_ways():
    frame = len(sealed(b""))
    most = (MAX_ENVELOPE_BYTES - frame) * 3 // 4
    raw = sealed(bytes(most))
    assert MAX_ENVELOPE_BYTES - 4 < len(raw) <= MAX_ENVELOPE_BYTES
    assert len(opened(raw).payload) == most
    with pytest.raises(TooLargeEnvelopeError):
        sealed(bytes(most + 3))
    with pytest.raises(TooLargeEnvelopeError):
        sealed(bytes(MAX_ENVELOPE_BYTES + 1))
    with pytest.raises(TooLargeEnvelopeError):
        opened(b" " * (MAX_ENVELOPE_BYTES + 1))


@pytest.mark.parametrize("kid", ["", KID[:-1], KID + "0", KID.upper() + '"', 'a","x":"bbbbbbbb'])
def test_a_key_id_that_is_not_one_is_not_sealed(kid):
    with pytest.raises(MalformedEnvelopeError):
        seal(b"hi", Kind.MESSAGE, kid=kid, sign=NORTH.sign)


def test_a_signer_that_does_not_give_64_bytes_is_not_trusted():
    with pytest.raises(MalformedEnvelopeError, match="63 bytes"):
        seal(b"hi", Kind.MESSAGE, kid=KID, sign=lambda _: bytes(63))


def test_no_error_repeats_what_the_payload_says():
    raw = written(payload=b"convoy at dawn", signature=bytes(64))
    with pytest.raises(BadSignatureError) as refused:
        opened(raw)
    assert "convoy" not in str(refused.value)
    assert b64(b"convoy at dawn") not in str(refused.value)
