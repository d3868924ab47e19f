"""The working group in an agreement file: [council] with its tables.

Every wait is given in days, hours, minutes or seconds, by the end of its key. What is left out has
the model's defaults.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields as parts_of
from typing import Any, Final, TypeVar

from wideberth.errors import WideberthError
from wideberth.formats.agreement_tables import cited, party_of, table, tables
from wideberth.formats.fields import Fields, show_value
from wideberth.model.council_clocks import (
    ActionRules,
    AssuranceRules,
    CaveatRules,
    DrillRules,
    IncidentRules,
    MeetingRules,
    QuestionRules,
    TermRules,
    WatchRules,
)
from wideberth.model.council_rules import (
    DEFAULT_COUNCIL_RULES,
    AnswerWait,
    ChecklistItem,
    CouncilRules,
    HotlineRules,
    Lead,
    Precedence,
)
from wideberth.model.notice import EscalationStep
from wideberth.units import SECONDS_PER_DAY, SECONDS_PER_HOUR, SECONDS_PER_MINUTE

T = TypeVar("T")

_CLOCKS: Final[Mapping[str, type[Any]]] = {
    "question": QuestionRules,
    "assurance": AssuranceRules,
    "incident": IncidentRules,
    "watch": WatchRules,
    "drills": DrillRules,
    "meetings": MeetingRules,
    "action": ActionRules,
    "caveat": CaveatRules,
    "term": TermRules,
}
_KEYS: Final = frozenset({"clause", "lead", "hotline", "resume", *_CLOCKS})
_HOTLINE: Final = frozenset({"clause", "flash", "answer", "roles"})


def wait_units(name: str) -> Mapping[str, float]:
    """Return the keys under which a wait may be given, with their factors to seconds.

    >>> sorted(wait_units("warn"))
    ['warn_d', 'warn_h', 'warn_min', 'warn_s']
    """
    return {
        f"{name}_s": 1.0,
        f"{name}_min": SECONDS_PER_MINUTE,
        f"{name}_h": SECONDS_PER_HOUR,
        f"{name}_d": SECONDS_PER_DAY,
    }


def council_rules_of(
    fields: Fields, clauses: frozenset[str], parties: tuple[str, ...]
) -> CouncilRules:
    """Return what the file says of the working group.

    Where something is refused the problem has been noted, and the defaults stand in its place.
    """
    inner = table(fields, "council")
    if inner is None:
        return DEFAULT_COUNCIL_RULES
    inner.refuse_unknown(inner.values, _KEYS)
    said: dict[str, Any] = {
        "clause": cited(inner, clauses, required=False),
        "leads": tables(inner, "lead", lambda f: _lead(f, clauses, parties)),
        "hotline": _hotline(inner, clauses),
    }
    for name, rules in _CLOCKS.items():
        said[name] = _clock(inner, name, rules, clauses)
    if "resume" in inner:
        said["resume_checklist"] = tables(inner, "resume", lambda f: _item(f, clauses))
    given = {name: value for name, value in said.items() if value is not None}
    return built(inner, lambda: CouncilRules(**given)) or DEFAULT_COUNCIL_RULES


def _clock(fields: Fields, name: str, rules: type[T], clauses: frozenset[str]) -> T | None:
    """Return one clock's rules: their waits by unit, and their lists of texts as they stand."""
    inner = _within(fields, name)
    if inner is None:
        return None
    names = [part.name for part in parts_of(rules) if part.name != "clause"]  # type: ignore[arg-type]
    waits = {each: wait_units(each.removesuffix("_s")) for each in names if each.endswith("_s")}
    lists = [each for each in names if each not in waits]
    known = {"clause", *lists, *(key for units in waits.values() for key in units)}
    inner.refuse_unknown(inner.values, known)
    said: dict[str, Any] = {each: inner.quantity(units) for each, units in waits.items()}
    said |= {each: texts_of(inner, each) for each in lists}
    said["clause"] = cited(inner, clauses, required=False)
    given = {each: value for each, value in said.items() if value is not None}
    return built(inner, lambda: rules(**given))


def _hotline(fields: Fields, clauses: frozenset[str]) -> HotlineRules | None:
    inner = _within(fields, "hotline")
    if inner is None:
        return None
    inner.refuse_unknown(inner.values, _HOTLINE)
    said: dict[str, Any] = {
        "clause": cited(inner, clauses, required=False),
        "roles": texts_of(inner, "roles"),
    }
    if "flash" in inner:
        said["flash"] = tables(inner, "flash", lambda f: step_of(f, clauses))
    waits = {wait.precedence: wait for wait in DEFAULT_COUNCIL_RULES.hotline.answers}
    waits |= {one.precedence: one for one in tables(inner, "answer", lambda f: _wait(f, clauses))}
    said["answers"] = tuple(waits.values())
    given = {name: value for name, value in said.items() if value is not None}
    return built(inner, lambda: HotlineRules(**given))


def step_of(fields: Fields, clauses: frozenset[str]) -> EscalationStep | None:
    """Return which role is alerted after how long without an answer."""
    units = wait_units("after")
    fields.refuse_unknown(fields.values, {"role", "clause", *units})
    role, after_s = fields.text("role", required=True), _required(fields, units)
    clause = cited(fields, clauses, required=False) or ""
    if role is None or after_s is None:
        return None
    return built(fields, lambda: EscalationStep(role, after_s, clause))


def _wait(fields: Fields, clauses: frozenset[str]) -> AnswerWait | None:
    units = wait_units("answer")
    fields.refuse_unknown(fields.values, {"precedence", "clause", *units})
    precedence = fields.choice("precedence", Precedence, required=True)
    answer_s, clause = _required(fields, units), cited(fields, clauses, required=False) or ""
    if precedence is None or answer_s is None:
        return None
    return built(fields, lambda: AnswerWait(precedence, answer_s, clause))


def _lead(fields: Fields, clauses: frozenset[str], parties: tuple[str, ...]) -> Lead | None:
    fields.refuse_unknown(fields.values, ("party", "role", "clause"))
    party, role = party_of(fields, parties), fields.text("role", required=True)
    clause = cited(fields, clauses, required=False) or ""
    return None if party is None or role is None else Lead(party, role, clause)


def _item(fields: Fields, clauses: frozenset[str]) -> ChecklistItem | None:
    fields.refuse_unknown(fields.values, ("id", "text", "clause"))
    name, text = fields.text("id", required=True), fields.text("text", required=True)
    clause = cited(fields, clauses, required=False) or ""
    return None if name is None or text is None else ChecklistItem(name, text, clause)


def texts_of(fields: Fields, key: str) -> tuple[str, ...] | None:
    """Return a list of texts, none of them blank; None where it is not given or refused."""
    value = fields.values.get(key)
    if value is None:
        return None
    if not isinstance(value, list) or not all(
        isinstance(one, str) and one.strip() for one in value
    ):
        fields.fail(
            f"{key!r} is {show_value(value)}, not a list of texts.", f'{key} = ["...", ...]'
        )
        return None
    return tuple(value)


def _within(fields: Fields, name: str) -> Fields | None:
    inner = table(fields, name)
    if inner is not None:
        inner.where = f"[council.{name}]"
    return inner


def _required(fields: Fields, units: Mapping[str, float]) -> float | None:
    if not fields.given(*units):
        fields.fail(f"no {' or '.join(units)}.", f"Give one of {', '.join(units)}.")
    return fields.quantity(units)


def built(fields: Fields, build: Callable[[], T]) -> T | None:
    """Return a value, or None with the reason noted why it cannot be."""
    try:
        return build()
    except WideberthError as error:
        fields.note(error)
        return None
