"""Signed notes (C2SP signed-note): text, an empty line, then a line for each signature.

Key type 0x01 signs the text with Ed25519. Type 0x04 is a timestamped cosignature (C2SP
tlog-cosignature, cosignature/v1). Signatures by keys that are not known are kept and ignored, as
the specification wants; one by a known key that does not hold makes the whole note worthless.
The text of a note says nothing until `Note.timestamp_of` or `Note.require` has answered for it.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from wideberth.errors import WideberthError
from wideberth.peering.ed25519 import KEY_BYTES, is_sound_key, verifies

MAX_NOTE_BYTES: Final = 131_072  # 16 signatures of the largest post-quantum kind
MAX_SIGNATURES: Final = 16
MAX_TIME_S: Final = 253_402_300_799  # the last second of the year 9999

_DASH: Final = "\N{EM DASH}"
_BARRED: Final = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")  # and what is no UTF-8
_NAME: Final = re.compile(r"[^\s+\x00-\x1f\ud800-\udfff]{1,255}")
_LINE: Final = re.compile(rf"{_DASH} ([^ ]+) ([A-Za-z0-9+/]+={{0,2}})")
_VKEY: Final = re.compile(r"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})")
_ID_BYTES: Final = 4
_TIME_BYTES: Final = 8


class NoteError(WideberthError):
    """A note that is not to be used; the subclass says why."""


class MalformedNoteError(NoteError):
    """Not a signed note, or more than the bounds allow."""


class UnsignedNoteError(NoteError):
    """No signature by the key that was asked for, or one that does not hold."""


class KeyType(IntEnum):
    """What a key signs: the text of a note, or that text at a time as a witness."""

    ED25519 = 0x01
    COSIGNATURE = 0x04


@dataclass(frozen=True, slots=True)
class NoteKey:
    """A key that is known: its name, its type and its raw 32 public bytes."""

    name: str
    key_type: KeyType
    public_key: bytes

    def __post_init__(self) -> None:
        require_name(self.name)
        if not is_sound_key(self.public_key):
            raise MalformedNoteError(f"The key of {self.name} is not a sound Ed25519 key.")

    @property
    def id(self) -> bytes:
        """Return the four bytes by which a signature line points at this key."""
        stated = self.name.encode() + b"\n" + bytes([self.key_type]) + self.public_key
        return hashlib.sha256(stated).digest()[:_ID_BYTES]


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: who is said to have signed, the key id, and the rest of its bytes."""

    name: str
    key_id: bytes
    body: bytes

    def is_by(self, key: NoteKey) -> bool:
        """Return whether the line points at this key; whether it holds is another question."""
        return (self.name, self.key_id) == (key.name, key.id)


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it was read: its text, with the last newline, and its signature lines in order."""

    text: str
    signatures: tuple[Signature, ...]

    def require(self, key: NoteKey) -> None:
        """Refuse the note unless the key signed it, once, and the signature holds."""
        body = self._body_of(key)
        if key.key_type is KeyType.COSIGNATURE:
            self._timestamp(key, body)
        elif not verifies(key.public_key, self.text.encode(), body):
            raise _bad(key)

    def timestamp_of(self, key: NoteKey) -> int:
        """Return when a witness cosigned, in whole seconds UTC; refuse the note otherwise."""
        return self._timestamp(key, self._body_of(key))

    def is_signed_by(self, key: NoteKey) -> bool:
        """Return whether a line points at this key, whether or not it holds."""
        return any(signature.is_by(key) for signature in self.signatures)

    def _body_of(self, key: NoteKey) -> bytes:
        found = [one.body for one in self.signatures if one.is_by(key)]
        if len(found) != 1:
            many = "twice or more" if found else "not"
            raise UnsignedNoteError(f"The note is {many} signed by the key of {key.name}.")
        return found[0]

    def _timestamp(self, key: NoteKey, body: bytes) -> int:
        time_s = int.from_bytes(body[:_TIME_BYTES], "big")
        message = cosigned(self.text, time_s)
        if time_s > MAX_TIME_S or not verifies(key.public_key, message, body[_TIME_BYTES:]):
            raise _bad(key)
        return time_s


def require_name(name: str) -> None:
    """Refuse a key name that is empty, too long, or has a space, a plus or a control character."""
    if not _NAME.fullmatch(name):
        raise MalformedNoteError("A key name has 1 to 255 characters, none a space or a plus.")


def cosigned(text: str, time_s: int) -> bytes:
    """Return the message that a cosignature of a note's text at a time signs."""
    return f"cosignature/v1\ntime {time_s}\n{text}".encode()


def sign_note(text: str, key: NoteKey, sign: Callable[[bytes], bytes]) -> Note:
    """Return a note of the text with one signature; sign takes bytes and gives 64."""
    if key.key_type is not KeyType.ED25519:
        raise MalformedNoteError("A note is signed first by a key of type 0x01.")
    _require_text(text)
    return Note(text, (Signature(key.name, key.id, sign(text.encode())),))


def add_cosignature(
    note: Note, key: NoteKey, *, time_s: int, sign: Callable[[bytes], bytes]
) -> Note:
    """Return the note with a cosignature added, in place of an earlier one by the same key."""
    if key.key_type is not KeyType.COSIGNATURE or not 0 <= time_s <= MAX_TIME_S:
        raise MalformedNoteError("A cosignature needs a key of its own type and a time.")
    body = time_s.to_bytes(_TIME_BYTES, "big") + sign(cosigned(note.text, time_s))
    others = tuple(one for one in note.signatures if not one.is_by(key))
    return Note(note.text, (*others, Signature(key.name, key.id, body)))


def render_note(note: Note) -> bytes:
    """Return a note's bytes; refuses, as MalformedNoteError, what would not read back the same."""
    lines = "".join(
        f"{_DASH} {one.name} {encode64(one.key_id + one.body)}\n" for one in note.signatures
    )
    raw = f"{note.text}\n{lines}".encode()
    if parse_note(raw) != note:
        raise MalformedNoteError("The parts do not make a note.")
    return raw


def parse_note(raw: bytes) -> Note:
    """Return a note's text and signatures, none of them checked yet.

    Refused with MalformedNoteError: over MAX_NOTE_BYTES, not UTF-8, a control character, no text,
    no signature or more than MAX_SIGNATURES, base64 that is not canonical.
    """
    if len(raw) > MAX_NOTE_BYTES:
        raise MalformedNoteError(f"{len(raw)} bytes are more than the {MAX_NOTE_BYTES} of a note.")
    try:
        whole = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise MalformedNoteError("The note is not UTF-8.") from None
    head, gap, tail = whole.rpartition("\n\n")
    if not gap or not tail.endswith("\n"):
        raise MalformedNoteError("A note is text, an empty line and signature lines, all ended.")
    _require_text(head + "\n")
    lines = tail[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise MalformedNoteError(f"The note has more than {MAX_SIGNATURES} signatures.")
    return Note(head + "\n", tuple(map(_signature, lines)))


def parse_vkey(text: str) -> NoteKey:
    """Return the key of `name+id+base64(type, key)`, the C2SP verifier key."""
    found = _VKEY.fullmatch(text)
    whole = decode64(found[3]) if found else b""
    if found is None or len(whole) != 1 + KEY_BYTES or whole[0] not in set(KeyType):
        raise MalformedNoteError(
            "A verifier key is name+id+base64, of 33 bytes, of type 0x01 or 0x04."
        )
    key = NoteKey(found[1], KeyType(whole[0]), whole[1:])
    if key.id.hex() != found[2]:
        raise MalformedNoteError(
            f"The id of the key of {key.name} does not fit it.", remedy="It was copied wrong."
        )
    return key


def render_vkey(key: NoteKey) -> str:
    """Return a key as `name+id+base64(type, key)`."""
    material = encode64(bytes([key.key_type]) + key.public_key)
    return f"{key.name}+{key.id.hex()}+{material}"


def encode64(found: bytes) -> str:
    """Return standard base64 (RFC 4648, 4), with padding."""
    return base64.b64encode(found).decode()


def decode64(text: str) -> bytes:
    """Return the bytes of standard base64 (RFC 4648, 4) in its one spelling; refuse any other."""
    try:
        found = binascii.a2b_base64(text, strict_mode=True)
    except ValueError:  # binascii.Error, or letters that are not ASCII
        found = b""
    if encode64(found) != text:
        raise MalformedNoteError("There is base64 that is not canonical.")
    return found


def _require_text(text: str) -> None:
    if text in {"", "\n"} or not text.endswith("\n") or _BARRED.search(text):
        raise MalformedNoteError("A note's text is lines, all ended, with no control characters.")


def _signature(line: str) -> Signature:
    found = _LINE.fullmatch(line)
    if found is None:
        raise MalformedNoteError("A signature line is not a dash, a name and base64.")
    require_name(found[1])
    body = decode64(found[2])
    if len(body) <= _ID_BYTES:
        raise MalformedNoteError("A signature line has no signature.")
    return Signature(found[1], body[:_ID_BYTES], body[_ID_BYTES:])


def _bad(key: NoteKey) -> UnsignedNoteError:
    return UnsignedNoteError(f"The signature by the key of {key.name} does not hold.")
