"""The rules for notices in an agreement file: [notices] with its tables, and [[unit]]."""

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from wideberth.formats.agreement_council import built, step_of, wait_units
from wideberth.formats.agreement_tables import cited, party_of, table, tables
from wideberth.formats.fields import Fields
from wideberth.model.notice import (
    DEFAULT_NOTICE_RULES,
    CeaseRules,
    Deadline,
    NoticeRules,
    Reaction,
    Rung,
    Unit,
)

T = TypeVar("T")


_WITHIN: Final = wait_units("within")
_REACTION: Final = wait_units("reaction")
_CEASE: Final = {"answer_s": wait_units("answer"), "safety_s": wait_units("safety")}
_WAITS: Final = {
    "heartbeat_s": wait_units("heartbeat"),
    "link_down_after_s": wait_units("link_down_after"),
    "reconcile_s": wait_units("reconcile"),
    "skew_s": {"skew_s": 1.0},
}
_KEYS: Final = frozenset(
    {"effective", "clause", "deadline", "escalation", "reaction", "cease"}
    | {key for units in _WAITS.values() for key in units}
)


def notice_rules_of(
    fields: Fields, clauses: frozenset[str], parties: tuple[str, ...]
) -> NoticeRules:
    """Return the rules for notices; what is left out has the model's defaults.

    Where something is refused the problem has been noted, and the defaults stand in its place.
    """
    said: dict[str, Any] = {"units": tables(fields, "unit", lambda f: unit_of(f, parties))}
    inner = table(fields, "notices")
    if inner is not None:
        inner.refuse_unknown(inner.values, _KEYS)
        said |= _top(inner, clauses)
        said |= {
            "deadlines": tables(inner, "deadline", lambda f: deadline_of(f, clauses)),
            "reactions": tables(inner, "reaction", lambda f: reaction_of(f, parties)),
        }
        cease = table(inner, "cease")
        if cease is not None:
            said["cease"] = cease_of(cease, clauses) or CeaseRules()
        if "escalation" in inner:
            said["escalation"] = tables(inner, "escalation", lambda f: step_of(f, clauses))
    rules = built(inner or fields, lambda: NoticeRules(**said))
    return rules or DEFAULT_NOTICE_RULES


def _top(fields: Fields, clauses: frozenset[str]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    effective = fields.choice("effective", Rung)
    if effective is not None:
        said["effective"] = effective
    clause = cited(fields, clauses, required=False)
    if clause is not None:
        said["effective_clause"] = clause
    for name, units in _WAITS.items():
        wait_s = fields.quantity(units)
        if wait_s is not None:
            said[name] = wait_s
    return said


def cease_of(fields: Fields, clauses: frozenset[str]) -> CeaseRules | None:
    """Return how soon a request to cease interference is answered.

    Where only the longer wait is said, safety services wait no longer than that.
    """
    fields.refuse_unknown(
        fields.values, {"clause", *(key for one in _CEASE.values() for key in one)}
    )
    waits_s = {name: fields.quantity(units) for name, units in _CEASE.items()}
    clause = cited(fields, clauses)
    answer_s, safety_s = waits_s["answer_s"], waits_s["safety_s"]
    if clause is None:
        return None
    least = CeaseRules()
    longest_s = least.answer_s if answer_s is None else answer_s
    shorter_s = min(least.safety_s, longest_s) if safety_s is None else safety_s
    return built(fields, lambda: CeaseRules(longest_s, shorter_s, clause))


def deadline_of(fields: Fields, clauses: frozenset[str]) -> Deadline | None:
    """Return how soon a notice must have climbed to a rung."""
    fields.refuse_unknown(fields.values, {"rung", "clause", *_WITHIN})
    rung, clause = fields.choice("rung", Rung, required=True), cited(fields, clauses)
    within_s = _wait(fields, _WITHIN)
    if rung is None or clause is None or within_s is None:
        return None
    return built(fields, lambda: Deadline(rung, within_s, clause))


def reaction_of(fields: Fields, parties: tuple[str, ...]) -> Reaction | None:
    """Return how long a party needs to act on a notice."""
    fields.refuse_unknown(fields.values, {"party", *_REACTION})
    party, reaction_s = party_of(fields, parties), _wait(fields, _REACTION)
    if party is None or reaction_s is None:
        return None
    return built(fields, lambda: Reaction(party, reaction_s))


def unit_of(fields: Fields, parties: tuple[str, ...]) -> Unit | None:
    """Return a unit that acknowledges notices; its party must be one of the agreement's."""
    fields.refuse_unknown(fields.values, ("party", "id", "title"))
    party, name = party_of(fields, parties), fields.text("id", required=True)
    title = fields.text("title") or ""
    if party is None or name is None:
        return None
    return built(fields, lambda: Unit(party, name, title))


def _wait(fields: Fields, units: Mapping[str, float]) -> float | None:
    if not fields.given(*units):
        fields.fail(f"no {' or '.join(units)}.", f"Give one of {', '.join(units)}.")
    return fields.quantity(units)
