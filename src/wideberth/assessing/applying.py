"""Whether this program can do what an agreement asks: asked before anybody signs it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wideberth.arenas import all_rules
from wideberth.formats import agreement_json
from wideberth.formats.reading import Severity
from wideberth.model.agreement import Agreement

Rules = Callable[[Agreement], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Unapplied:
    """What this program cannot apply: the clause (empty: none is cited), and why."""

    clause: str
    what: str

    @property
    def text(self) -> str:
        """Return it as a line for a person."""
        return f"clause {self.clause}: {self.what}" if self.clause else self.what


def unapplied_text(data: bytes, rules: Rules = all_rules) -> tuple[Unapplied, ...]:
    """Return what of canonical bytes this program cannot apply; none: it can apply it all.

    Bytes in a newer form, with words that this program does not know, or not canonical: each
    reason is one item.
    """
    reading = agreement_json.read(data)
    if reading.agreement is not None:
        return unapplied(reading.agreement, rules)
    errors = [p for p in reading.problems if p.severity is Severity.ERROR]
    return tuple(Unapplied("", f"{p.where}: {p.what} {p.remedy}".strip()) for p in errors)


def unapplied(agreement: Agreement, rules: Rules = all_rules) -> tuple[Unapplied, ...]:
    """Return the clauses of an agreement for which this program has no rule."""
    made = len(rules(agreement))
    found: list[Unapplied] = []
    for one in agreement.separations:
        others = tuple(other for other in agreement.separations if other is not one)
        if len(rules(replace(agreement, separations=others))) == made:
            pair = "-".join(arena.value for arena in one.arenas)
            found.append(Unapplied(one.clause, f"no rule of this program judges {pair}."))
    banned = [one for one in agreement.restrictions if one.clause]
    if banned and len(rules(replace(agreement, restrictions=()))) == made:
        found += [
            Unapplied(one.clause, f"no rule of this program keeps the band {one.id!r} free.")
            for one in banned
        ]
    return tuple(found)
