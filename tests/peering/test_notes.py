"""A note reads back as it was written, holds only under a key that is known, and is bounded."""

import base64
import hashlib
import struct

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ledger_scenes import NORTH, SOUTH, STRANGER

from wideberth.errors import WideberthError
from wideberth.peering.notes import (
    MAX_NOTE_BYTES,
    MAX_SIGNATURES,
    MAX_TIME_S,
    KeyType,
    MalformedNoteError,
    Note,
    NoteError,
    NoteKey,
    Signature,
    UnsignedNoteError,
    add_cosignature,
    cosigned,
    parse_note,
    parse_vkey,
    render_note,
    render_vkey,
    sign_note,
)

LOG = NoteKey("wideberth/strait/north", KeyType.ED25519, NORTH.public_key)
WITNESS = NoteKey("wideberth/strait/south", KeyType.COSIGNATURE, SOUTH.public_key)
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), min_size=1, max_size=60
).map(lambda text: text.lstrip("\n") + "x\n")
TIMES = st.sampled_from([0, 1, MAX_TIME_S]) | st.integers(0, MAX_TIME_S)
DASH = "\N{EM DASH}"

# The worked example of the Go package golang.org/x/mod/sumdb/note, which the format comes from.
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NEUMANN_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\N{EM DASH} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvq"
    "fqdngotpRZb6KE6RyyBwJnAM=\n"
).encode()
# The worked example of C2SP tlog-cosignature: its keys are not published, its time is.
BEHIND_THE_SOFA = (
    "example.com/behind-the-sofa\n"
    "20852163\n"
    "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    "\n"
    "\N{EM DASH} example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN"
    "7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "\N{EM DASH} witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9"
    "dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
).encode()


def signed(text="size 4\n"):
    return sign_note(text, LOG, NORTH.sign)


def line(name="x", body=b"1234signature"):
    return f"{DASH} {name} {base64.b64encode(body).decode()}\n"


def require_both(raw):
    note = parse_note(raw)
    note.require(LOG)
    note.require(WITNESS)


def test_the_published_note_holds_under_the_published_key():
    key = parse_vkey(NEUMANN)
    note = parse_note(NEUMANN_NOTE)
    note.require(key)
    assert render_note(note) == NEUMANN_NOTE
    assert render_vkey(key) == NEUMANN
    with pytest.raises(UnsignedNoteError, match="does not hold"):
        parse_note(NEUMANN_NOTE.replace(b"cryptography", b"cryptographY")).require(key)


def test_the_published_cosignature_has_the_published_parts():
    note = parse_note(BEHIND_THE_SOFA)
    assert render_note(note) == BEHIND_THE_SOFA
    log, witness = note.signatures
    assert (log.name, log.key_id.hex(), len(log.body)) == (
        "example.com/behind-the-sofa",
        "033de0ae",
        64,
    )
    assert (witness.name, witness.key_id.hex(), len(witness.body)) == (
        "witness.example.com/w1",
        "8d66cf3f",
        72,
    )
    assert int.from_bytes(witness.body[:8], "big") == 1679315147


@given(TEXTS, TIMES)
def test_a_note_reads_back_and_holds_under_its_keys(text, time_s):
    note = add_cosignature(signed(text), WITNESS, time_s=time_s, sign=SOUTH.sign)
    read = parse_note(render_note(note))
    assert read == note
    assert read.text == text
    read.require(LOG)
    read.require(WITNESS)
    assert read.timestamp_of(WITNESS) == time_s


@given(TEXTS, TIMES)
def test_the_bytes_signed_are_those_of_the_specification(text, time_s):
    messages = []

    def sign(message):
        messages.append(message)
        return SOUTH.sign(message)

    note = add_cosignature(sign_note(text, LOG, sign), WITNESS, time_s=time_s, sign=sign)
    assert messages == [
        text.encode(),
        b"cosignature/v1\ntime " + str(time_s).encode() + b"\n" + text.encode(),
    ]
    first, second = note.signatures
    pub = SOUTH.public_key
    name = b"wideberth/strait/"
    expected = hashlib.sha256(name + b"north\n\x01" + NORTH.public_key).digest()[:4]
    assert (first.key_id, first.body) == (expected, SOUTH.sign(messages[0]))
    assert second.key_id == hashlib.sha256(name + b"south\n\x04" + pub).digest()[:4]
    assert second.body == struct.pack(">Q", time_s) + SOUTH.sign(messages[1])


@given(st.data())
def test_any_byte_changed_added_or_removed_is_refused(data):
    raw = render_note(add_cosignature(signed(), WITNESS, time_s=1, sign=SOUTH.sign))
    place = data.draw(st.integers(0, len(raw) - 1))
    other = data.draw(st.sampled_from([b"", b"\n", b" ", b"=", b"A", b"\0", b"\xff", b"9"]))
    altered = raw[:place] + other + raw[place + 1 :]
    if altered == raw:
        return
    with pytest.raises(NoteError):
        require_both(altered)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "ignore")))
@example(b"")
@example(b"\n\n")
@example(b"\n\n\n")
@example(f"\n\n{DASH} x AAAAAAAA\n".encode())
@example(b"x\n\n" + b"\xe2\x80\x94 x AAAA\n")
def test_any_bytes_parse_and_render_back_or_are_refused(raw):
    try:
        note = parse_note(raw)
    except MalformedNoteError:
        return
    assert render_note(note) == raw
    with pytest.raises(UnsignedNoteError):
        note.require(LOG)


@given(st.binary(max_size=80))
def test_a_signature_line_of_any_bytes_under_a_known_id_is_refused(body):
    for key in (LOG, WITNESS):
        note = Note("text\n", (Signature(key.name, key.id, body),))
        with pytest.raises(UnsignedNoteError):
            note.require(key)


def test_signatures_of_unknown_keys_are_kept_and_ignored():
    raw = render_note(signed())
    strange = [
        line(),
        line(LOG.name),  # the right name, another id
        line("other", LOG.id + bytes(64)),  # the right id, another name
        line("pq", b"idid" + bytes(2428)),
    ]
    note = parse_note(raw + "".join(strange).encode())
    note.require(LOG)
    assert len(note.signatures) == 5
    assert render_note(note) == raw + "".join(strange).encode()


def test_a_known_key_that_signs_twice_or_not_at_all_is_refused():
    twice = Note(signed().text, signed().signatures * 2)
    with pytest.raises(UnsignedNoteError, match="twice"):
        twice.require(LOG)
    other = NoteKey(LOG.name, KeyType.ED25519, STRANGER.public_key)
    with pytest.raises(UnsignedNoteError, match="not signed"):
        signed().require(other)


def test_a_signature_of_one_type_never_counts_for_the_other():
    same = NoteKey(WITNESS.name, KeyType.ED25519, WITNESS.public_key)
    note = add_cosignature(signed(), WITNESS, time_s=5, sign=SOUTH.sign)
    with pytest.raises(UnsignedNoteError, match="not signed"):
        note.require(same)
    plain = SOUTH.sign(note.text.encode())
    moved = Note(note.text, (Signature(WITNESS.name, WITNESS.id, bytes(8) + plain),))
    with pytest.raises(UnsignedNoteError, match="does not hold"):
        moved.timestamp_of(WITNESS)


def test_a_cosignature_moved_to_another_time_is_refused():
    note = add_cosignature(signed(), WITNESS, time_s=5, sign=SOUTH.sign)
    body = note.signatures[1].body
    for moved in (bytes(8), (6).to_bytes(8, "big"), b"\xff" * 8):
        changed = Signature(WITNESS.name, WITNESS.id, moved + body[8:])
        with pytest.raises(UnsignedNoteError):
            Note(note.text, (changed,)).timestamp_of(WITNESS)


@pytest.mark.parametrize("time_s", [MAX_TIME_S + 1, 2**63, 2**64 - 1])
def test_a_time_beyond_the_calendar_is_refused_though_truly_signed(time_s):
    body = time_s.to_bytes(8, "big") + SOUTH.sign(cosigned("text\n", time_s))
    note = Note("text\n", (Signature(WITNESS.name, WITNESS.id, body),))
    with pytest.raises(UnsignedNoteError):
        note.timestamp_of(WITNESS)


def test_a_witness_that_signs_again_replaces_its_line():
    note = signed()
    for time_s in (1, 2, 3):
        note = add_cosignature(note, WITNESS, time_s=time_s, sign=SOUTH.sign)
    assert len(note.signatures) == 2
    assert note.timestamp_of(WITNESS) == 3


def test_the_bounds_hold():
    most = signed().text + "\n" + "".join(line(f"x{n}") for n in range(MAX_SIGNATURES))
    assert len(parse_note(most.encode()).signatures) == 16
    with pytest.raises(MalformedNoteError, match="more than 16"):
        parse_note((most + line()).encode())
    with pytest.raises(MalformedNoteError, match="more than the"):
        parse_note(b"x" * (MAX_NOTE_BYTES + 1))
    sixteen_of_5_kb = 16 * 4 * 5000 // 3
    assert sixteen_of_5_kb < MAX_NOTE_BYTES


@pytest.mark.parametrize(
    "raw",
    [
        b"text\n\n",
        b"text\n" + line().encode(),
        b"\n\n" + line().encode(),
        b"text\n\n" + line().encode()[:-1],
        b"te\rxt\n\n" + line().encode(),
        b"te\0xt\n\n" + line().encode(),
        b"te\txt\n\n" + line().encode(),
        b"te\xedxt\n\n" + line().encode(),
        b"text\n\n" + line().encode() + b"\n",
        b"text\n\n" + line().encode() + b"more\n",
        b"text\n\n" + line("a+b").encode(),
        b"text\n\n" + line("a\N{NO-BREAK SPACE}b").encode(),
        b"text\n\n" + line("n" * 256).encode(),
        b"text\n\n" + line(body=b"1234").encode(),
        f"text\n\n{DASH} x  AAAAAAAA\n".encode(),
        f"text\n\n{DASH} x AAAAAAAA \n".encode(),
        f"text\n\n{DASH}x AAAAAAAA\n".encode(),
        b"text\n\n- x AAAAAAAA\n",
        f"text\n\n{DASH} x AAAAAAB=\n".encode(),  # spare bits
        f"text\n\n{DASH} x AAAAAAA\n".encode(),  # no padding
        f"text\n\n{DASH} x AAAA-_AA\n".encode(),  # the other alphabet
    ],
)
def test_what_is_not_quite_a_note_is_refused(raw):
    assert parse_note(b"text\n\n" + line().encode()).text == "text\n"
    with pytest.raises(MalformedNoteError):
        parse_note(raw)


def test_an_empty_line_in_the_text_stays_in_the_text():
    raw = b"one\n\ntwo\n\n" + line().encode()
    assert parse_note(raw).text == "one\n\ntwo\n"


@given(st.sampled_from([LOG, WITNESS]), st.data())
def test_a_vkey_reads_back_and_any_letter_changed_is_refused(key, data):
    text = render_vkey(key)
    assert parse_vkey(text) == key
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from(["", "A", "+", " ", "=", "0", "\n", "\ud800"]))
    altered = text[:place] + other + text[place + 1 :]
    if altered != text:
        with pytest.raises(WideberthError):
            parse_vkey(altered)


@pytest.mark.parametrize("text", ["", "a+b", "a+00000000+", NEUMANN.upper(), NEUMANN + "="])
def test_what_is_no_vkey_is_refused(text):
    with pytest.raises(MalformedNoteError):
        parse_vkey(text)


def test_a_key_of_another_type_or_not_sound_is_refused():
    for head in (2, 3, 5, 6, 255):
        material = bytes([head]) + NORTH.public_key
        key_id = hashlib.sha256(b"a\n" + material).hexdigest()[:8]
        with pytest.raises(MalformedNoteError, match="type 0x01 or 0x04"):
            parse_vkey(f"a+{key_id}+{base64.b64encode(material).decode()}")
    with pytest.raises(MalformedNoteError, match="sound"):
        NoteKey("a", KeyType.ED25519, bytes(32))
    for name in ("", "a b", "a+b", "a\nb", "\ud800", "n" * 256):
        with pytest.raises(MalformedNoteError, match="key name"):
            NoteKey(name, KeyType.ED25519, NORTH.public_key)


@pytest.mark.parametrize("text", ["", "\n", "no end", "a\rb\n", "\ud800\n"])
def test_a_text_that_is_no_notes_text_is_not_signed(text):
    with pytest.raises(MalformedNoteError):
        sign_note(text, LOG, NORTH.sign)


def test_keys_sign_only_what_their_type_is_for():
    with pytest.raises(MalformedNoteError):
        sign_note("text\n", WITNESS, SOUTH.sign)
    with pytest.raises(MalformedNoteError):
        add_cosignature(signed(), LOG, time_s=1, sign=NORTH.sign)
    for time_s in (-1, MAX_TIME_S + 1):
        with pytest.raises(MalformedNoteError):
            add_cosignature(signed(), WITNESS, time_s=time_s, sign=SOUTH.sign)
    with pytest.raises(MalformedNoteError):
        render_note(Note("text\n", ()))
