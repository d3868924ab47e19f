"""What becomes of the steps about an agreement, one after the other, the same on every side."""

from dataclasses import dataclass, field

from msgspec import Struct, structs

from wideberth.council.agreement_terms import Terms, digest_of, terms_of
from wideberth.council.matter import Step
from wideberth.council.stand import Idle
from wideberth.peering.council.agreement import (
    AgreementCountered,
    AgreementRejected,
    AgreementResumed,
    AgreementSigned,
    AgreementSuspended,
    AgreementTerminated,
    AgreementTicked,
)
from wideberth.units import SECONDS_PER_DAY


class Signature(Struct, frozen=True, kw_only=True):
    """One key turned: by which party and role, when by its clock, in which turn."""

    party: str
    role: str
    at_s: float
    turn: int


class SuspensionSaid(Struct, frozen=True, kw_only=True):
    """A party suspended the agreement; until_s None: it lasts."""

    party: str
    from_s: float
    until_s: float | None = None
    words: str = ""


@dataclass(slots=True)
class AgreementFold:
    """The text on the table and all that was said of it; `take` steps in their order.

    terms: what the text says of itself. ticked: items done since the suspension began, by party.
    """

    text: str
    digest: str
    terms: Terms
    offered_by: str
    parties: tuple[str, ...]
    rejected: bool = False
    signed_s: float | None = None
    ends_s: float | None = None
    signatures: list[Signature] = field(default_factory=list)
    suspensions: list[SuspensionSaid] = field(default_factory=list)
    ticked: dict[str, set[str]] = field(default_factory=dict)
    idle: list[Idle] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, party: str, parties: tuple[str, ...]) -> "AgreementFold":
        """Return a table with one text on it."""
        terms = terms_of(text)
        assert terms is not None, "a text is looked at before it is taken"
        return cls(text, digest_of(text), terms, party, parties)

    @property
    def state(self) -> str:
        """Return where it stands, in one word."""
        if self.ends_s is not None:
            return "terminated"
        if any(one.until_s is None for one in self.suspensions):
            return "suspended"
        if self.signed_s is not None:
            return "signed"
        if self.rejected:
            return "rejected"
        return "signing" if self.signatures else "proposed"

    def turned(self, party: str) -> int:
        """Return how many keys a party has turned over the text on the table."""
        return sum(1 for one in self.signatures if one.party == party)

    def has_signed(self, party: str) -> bool:
        """Return whether a party has turned all its keys over the text on the table."""
        return self.turned(party) >= self.terms.signatory_of(party).keys

    def take(self, step: Step) -> None:
        """Take the next step; one that does not fit changes nothing, and `idle` says why."""
        match step.said:
            case AgreementCountered(text=text):
                why = self._counter(step, text)
            case AgreementSigned():
                why = self._sign(step)
            case AgreementRejected():
                why = self._reject(step)
            case AgreementSuspended():
                why = self._suspend(step)
            case AgreementTicked(item=item):
                why = self._tick(step, item)
            case AgreementResumed():
                why = self._resume(step)
            case AgreementTerminated(ends_s=ends_s):
                why = self._terminate(step, ends_s)
            case _:
                why = "it is no step about an agreement"
        if why:
            self.idle.append(Idle(turn=step.said.turn, party=step.party, why=why))

    def _is_off_the_table(self, party: str) -> str:
        """Return why a party cannot change what is on the table; empty: it can."""
        if self.signed_s is not None:
            return "all have signed already"
        if self.rejected:
            return "it was rejected already"
        return f"{party} has signed this text" if self.has_signed(party) else ""

    def _counter(self, step: Step, text: str) -> str:
        why = self._is_off_the_table(step.party)
        if why:
            return why
        terms = terms_of(text)
        assert terms is not None, "a text is looked at before it is taken"
        self.text, self.digest, self.terms = text, digest_of(text), terms
        self.offered_by, self.signatures = step.party, []
        return ""

    def _sign(self, step: Step) -> str:
        said = step.said
        assert isinstance(said, AgreementSigned)
        why = self._is_off_the_table(step.party)
        if why:
            return why
        if said.digest != self.digest:
            return "another text is on the table"
        role = self.terms.signatory_of(step.party).role
        if said.role != role:
            return f"{role} signs for {step.party}"
        self.signatures.append(
            Signature(party=step.party, role=said.role, at_s=said.at_s, turn=said.turn)
        )
        if all(self.has_signed(party) for party in self.parties):
            self.signed_s = said.at_s
        return ""

    def _reject(self, step: Step) -> str:
        why = self._is_off_the_table(step.party)
        self.rejected = self.rejected or not why
        return why

    def _suspend(self, step: Step) -> str:
        if self.signed_s is None:
            return "it is not signed"
        if self._open_of(step.party) is not None:
            return f"{step.party} suspends it already"
        if self.state != "suspended":
            self.ticked = {}
        self.suspensions.append(
            SuspensionSaid(party=step.party, from_s=step.said.at_s, words=step.said.words)
        )
        return ""

    def _tick(self, step: Step, item: str) -> str:
        if not any(one.until_s is None for one in self.suspensions):
            return "nothing is suspended"
        if item not in {one.id for one in self.terms.council.resume}:
            return f"the checklist has no item {item!r}"
        self.ticked.setdefault(step.party, set()).add(item)
        return ""

    def lacking(self) -> list[str]:
        """Return what is not ticked yet: the item and the party."""
        return [
            f"{item.id} by {party}"
            for item in self.terms.council.resume
            for party in self.parties
            if item.id not in self.ticked.get(party, ())
        ]

    def _resume(self, step: Step) -> str:
        place = self._open_of(step.party)
        if place is None:
            return f"{step.party} does not suspend it"
        lacking = self.lacking()
        if lacking:
            return f"not ticked yet: {', '.join(lacking)}"
        over = structs.replace(
            self.suspensions[place], until_s=max(step.said.at_s, self.suspensions[place].from_s)
        )
        self.suspensions[place] = over
        return ""

    def _terminate(self, step: Step, ends_s: float) -> str:
        if self.signed_s is None:
            return "it is not signed"
        if self.ends_s is not None:
            return "it was terminated already"
        notice_s = self.terms.council.term.notice_s
        if ends_s < step.said.at_s + notice_s:
            return f"{notice_s / SECONDS_PER_DAY:g} days' notice are owed"
        self.ends_s = ends_s
        return ""

    def _open_of(self, party: str) -> int | None:
        """Return the place of a party's suspension that lasts."""
        places = (i for i, one in enumerate(self.suspensions) if one.until_s is None)
        return next((i for i in places if self.suspensions[i].party == party), None)
