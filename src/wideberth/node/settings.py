"""What a node is set up with: who it is and under which agreement it works."""

import hashlib
from dataclasses import dataclass

from wideberth import __version__
from wideberth.arenas import RULES, all_joint_rules, all_rules
from wideberth.engine.separation import SeparationRule
from wideberth.errors import ImpossibleValueError
from wideberth.formats.agreement_json import agreement_digest
from wideberth.model.agreement import Agreement
from wideberth.peering.checkpoint import origin_of


@dataclass(frozen=True, slots=True)
class Settings:
    """A node's party and agreement; rules: what the agreement makes of every pair of arenas.

    digest: of all that decides what a search finds: agreement, rules, program (hex SHA-256).
    agreement_digest: of what the agreement says, the same for all parties that hold the same one.
    rules_digest: of the rules and data that this program makes of it, those shipped included; the
    same for all parties that find the same conflicts.
    """

    party: str
    agreement: Agreement
    rules: tuple[SeparationRule, ...]
    digest: str
    agreement_digest: str
    rules_digest: str

    @classmethod
    def of(cls, party: str, agreement: Agreement) -> "Settings":
        """Return the settings; raises ImpossibleValueError for a party that did not sign."""
        if party not in agreement.parties:
            raise ImpossibleValueError(
                f"party {party!r} is not in agreement {agreement.id!r}.",
                remedy=f"Its parties: {', '.join(agreement.parties)}.",
            )
        rules = all_rules(agreement)
        said = repr((agreement, rules, __version__))
        return cls(
            party,
            agreement,
            rules,
            _digest(said),
            agreement_digest(agreement),
            _digest(repr(_judging(agreement))),
        )

    def origin(self, party: str) -> str:
        """Return the name of a party's log (C2SP tlog-checkpoint, origin)."""
        return origin_of(self.agreement.id, party)


def _judging(agreement: Agreement) -> tuple[object, ...]:
    """Return all that decides what a search finds, but for the wording of the agreement."""
    return (
        RULES,
        all_rules(agreement),
        all_joint_rules(agreement),
        agreement.heights,
        agreement.restrictions,
        agreement.spectrum.protections,
        agreement.spectrum.equipages,
    )


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()
