"""What a text on the table says of itself, read leniently: also one that this program cannot apply.

Both sides must count the same signatures, whatever their programs know of the rest.
"""

import hashlib
from functools import lru_cache

import msgspec
from msgspec import Struct, field

from wideberth.errors import WideberthError
from wideberth.formats.times import parse_rfc3339


class SignatoryTerm(Struct, frozen=True):
    """Who signs for a party, with how many keys."""

    party: str
    role: str
    keys: int = 1


class ItemTerm(Struct, frozen=True):
    """An item of the checklist before the agreement is resumed."""

    id: str
    text: str
    clause: str = ""


class LeadTerm(Struct, frozen=True):
    """Who leads a party's side."""

    party: str
    role: str


class EndTerm(Struct, frozen=True):
    """How much notice ends it, and under which clause."""

    notice_s: float = 0.0
    clause: str = ""


class CouncilTerms(Struct, frozen=True):
    """What is needed of the working group's tables."""

    lead: tuple[LeadTerm, ...] = ()
    term: EndTerm = EndTerm()
    resume: tuple[ItemTerm, ...] = ()


class Validity(Struct, frozen=True):
    """From when until when, RFC 3339; empty: open."""

    start: str = ""
    end: str = ""


class Terms(Struct, frozen=True):
    """What is needed of a text to hold it, sign it, suspend it and end it."""

    id: str
    version: int
    title: str
    parties: tuple[str, ...]
    validity: Validity = Validity()
    signatory: tuple[SignatoryTerm, ...] = ()
    council: CouncilTerms = field(default_factory=CouncilTerms)

    @property
    def start_s(self) -> float | None:
        """Return from when it is in force; None: from when it is signed."""
        return parse_rfc3339(self.validity.start) if self.validity.start else None

    @property
    def end_s(self) -> float | None:
        """Return when it expires; None: never."""
        return parse_rfc3339(self.validity.end) if self.validity.end else None

    def signatory_of(self, party: str) -> SignatoryTerm:
        """Return who signs for a party: its lead, else its deputy, where nothing is said."""
        named = next((one for one in self.signatory if one.party == party), None)
        lead = next((one.role for one in self.council.lead if one.party == party), "deputy")
        return named or SignatoryTerm(party, lead)


@lru_cache(maxsize=32)
def terms_of(text: str) -> Terms | None:
    """Return what a text says of itself; None: it is no agreement at all."""
    try:
        terms = msgspec.json.decode(text.encode(), type=Terms)
        _dates = terms.start_s, terms.end_s
    except (msgspec.MsgspecError, WideberthError, UnicodeError):
        return None
    keys = all(one.keys in (1, 2) for one in terms.signatory)
    return terms if keys and terms.parties and terms.version >= 1 else None


def digest_of(text: str) -> str:
    """Return the digest of a text: SHA-256 of its bytes."""
    return hashlib.sha256(text.encode()).hexdigest()
