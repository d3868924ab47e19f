"""A case of interference on the screen, and the one that people mean by its name."""

import math
from functools import partial

from msgspec import structs

from wideberth.cli.node_folder import Opened
from wideberth.cli.outputs import RefusedError
from wideberth.cli.screen import GREEN, RED, YELLOW, rows, say
from wideberth.formats.lookalike import names
from wideberth.formats.report_words import band, instant, position, window
from wideberth.formats.shown import plain
from wideberth.model.footprint import Circle
from wideberth.model.interference import CaseState, CeaseAnswer, Effect, Report
from wideberth.model.span import FrequencyBand
from wideberth.node import cases
from wideberth.node.case_records import CaseStep, InterferenceCase, StepKind
from wideberth.node.queries import LARGEST_PAGE
from wideberth.peering.wire_interference import WireBearing, report_from_wire
from wideberth.units import HERTZ_PER_MEGAHERTZ

_Row = tuple[str | tuple[str, str], ...]
HEAD = ("case", "with", "service", "MHz", "effect", "state", "due by")


async def every_case(at: Opened, *, is_open: bool) -> list[InterferenceCase]:
    """Return all cases, by opener and name."""
    found: list[InterferenceCase] = []
    after = ""
    while True:
        read = partial(cases.cases, is_open=is_open, after=after, limit=LARGEST_PAGE)
        page, after = await at.desk.read(read)
        found += page
        if not after:
            return found


async def every_named(at: Opened, name: str) -> list[InterferenceCase]:
    """Return the cases of a name, or the one of OPENER/NAME."""
    return [one for one in await every_case(at, is_open=False) if name in (one.id, full(one))]


async def named(at: Opened, name: str) -> InterferenceCase:
    """Return the case of a name, or of OPENER/NAME; RefusedError where none or several are."""
    found = await every_named(at, name)
    if not found:
        raise RefusedError(
            f"there is no case {names(name)}. List them: wideberth interference list"
        )
    if len(found) > 1:
        both = " or ".join(names(full(one)) for one in found)
        raise RefusedError(f"{names(name)} means several cases. Say which: {both}")
    return found[0]


def full(one: InterferenceCase) -> str:
    """Return the name of a case that no other has."""
    return f"{one.opener}/{one.id}"


def is_red(one: InterferenceCase, party: str) -> bool:
    """Return whether a case wants a look: overdue, or we are asked, or they will not cease."""
    asked_us = one.state is CaseState.ASKED and one.opener != party
    lasting = (CeaseAnswer.CEASING, CeaseAnswer.CEASED, None)
    refused = one.state is CaseState.ANSWERED and one.opener == party and one.answer not in lasting
    return one.overdue or asked_us or refused


def row(one: InterferenceCase, party: str) -> _Row:
    """Return a case as one line of a list."""
    style = RED if is_red(one, party) else GREEN if one.state is CaseState.CLOSED else ""
    report = _read(one)
    return (
        names(full(one)),
        names(_with(one, party)),
        report.service.value,
        _megahertz(report.band),
        effect(one).value,
        (_state(one), style),
        "" if one.due_s is None else (_at(one.due_s), RED if one.overdue else ""),
    )


def _with(one: InterferenceCase, party: str) -> str:
    return one.other if one.opener == party else one.opener


def effect(one: InterferenceCase) -> Effect:
    """Return the effect as it was last seen."""
    seen = [step.effect for step in one.steps if step.effect is not None]
    return seen[-1] if seen else one.report.effect


def show_case(one: InterferenceCase, party: str) -> None:
    """Show all that is known of a case."""
    report = _read(one)
    say(f"Case {names(full(one))} with {names(_with(one, party))}")
    say(f"State: {_state(one)}", RED if is_red(one, party) else "")
    if one.due_s is not None:
        what = "Promised by" if one.state is CaseState.CEASING else "Answer due by"
        say(f"{what}: {_at(one.due_s)}", RED if one.overdue else YELLOW)
    say(f"Suffers: {plain(report.system)} ({report.service.value}), {band(report.band)}")
    say(f"Effect: {report.effect.value}, {window(report.when.start_s, report.when.end_s)}")
    if isinstance(report.place, Circle):
        about = f", within {report.place.radius_m / 1000.0:g} km" if report.place.radius_m else ""
        say(f"Noticed at: {position(report.place.centre)}{about}")
    elif report.place is not None:
        say("Noticed in: an area; see --json")
    if one.report.bearing is not None:
        say(f"It comes from: {_bearing(one.report.bearing)}")
    if report.source is not None:
        activity = names(report.source.party, report.source.activity).strip()
        say(f"Suspected: {': '.join(filter(None, (activity, plain(report.source.words))))}")
    if report.action:
        say(f"Done so far: {plain(report.action)}")
    if report.conflict:
        say(f"Foretold by conflict {plain(report.conflict)}")
    rows([_step(step, party) for step in one.steps])
    for step in one.steps:
        for problem in step.problems:
            say(f"Step {step.number} was not accepted: {problem}", RED)


def said(one: InterferenceCase, party: str) -> None:
    """Say in a line or two where a case stands after a command."""
    say(f"Case {names(full(one))}: {_state(one)}.", RED if one.overdue else GREEN)
    if one.due_s is not None:
        who, is_to = ("We", "are to") if one.opener != party else (names(one.other), "is to")
        what = "have ceased" if one.state is CaseState.CEASING else "answer"
        say(f"{who} {is_to} {what} by {_at(one.due_s)}.")


def _megahertz(freq: FrequencyBand) -> str:
    low, high = (edge_hz / HERTZ_PER_MEGAHERTZ for edge_hz in (freq.low_hz, freq.high_hz))
    return f"{low:.9g}-{high:.9g}"


def _state(one: InterferenceCase) -> str:
    match one.state:
        case CaseState.ASKED:
            return "asked to cease, OVERDUE" if one.overdue else "asked to cease"
        case CaseState.CEASING:
            return "ceasing, OVERDUE" if one.overdue else "ceasing"
        case CaseState.ANSWERED:
            return f"answered: {one.answer.value if one.answer is not None else ''}"
        case CaseState.CLOSED:
            return f"closed: {one.outcome.value if one.outcome is not None else ''}"
        case CaseState.OPEN:
            return "open"


def _step(step: CaseStep, party: str) -> _Row:
    parts = [
        "" if step.answer is None else step.answer.value,
        "" if step.outcome is None else step.outcome.value,
        "" if step.when_s is None else f"at or by {_at(step.when_s)}",
        "" if step.effect is None else step.effect.value,
        "" if step.bearing is None else f"from {_bearing(step.bearing)}",
        plain(step.words),
    ]
    if step.party == party and step.delivered_s is None:
        parts.append("(not delivered yet)")
    verb = {StepKind.ASKED: "asked to cease"}.get(step.kind, step.kind.value)
    return (
        f"  {step.number}",
        _at(step.known_s),
        f"{names(step.party)}, {names(step.role)}",
        verb,
        "; ".join(part for part in parts if part),
    )


def _bearing(one: WireBearing) -> str:
    return f"{one.bearing_deg:.6g}° true, seen from {position(one.seen_from)}"


def _read(one: InterferenceCase) -> Report:
    """Return the report; it was looked at when it was taken."""
    return report_from_wire(one.report)


def _at(time_s: float) -> str:
    return f"{instant(float(math.floor(time_s)))} Z"


def newest_alone(one: InterferenceCase) -> InterferenceCase:
    """Return a case with its newest step alone, for lists."""
    return structs.replace(one, steps=one.steps[-1:])
