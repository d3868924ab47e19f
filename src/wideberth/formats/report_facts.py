"""What every report says of a check, apart from how it is laid out."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wideberth.engine.protected import protected_activity
from wideberth.engine.words import (
    Say,
    height_units,
    hertz,
    hertz_said,
    lateral_units,
    minutes,
)
from wideberth.formats.lookalike import named
from wideberth.formats.reading import Problem, Reading, Severity
from wideberth.formats.report_aboard import arena_word, spoken
from wideberth.formats.report_budget import budget_rows
from wideberth.formats.report_words import count
from wideberth.formats.shown import plain
from wideberth.model.activity import Activity
from wideberth.model.agreement import Minima, Restriction, Separation
from wideberth.model.conflict import CheckResult, Conflict, Finding, Gaps, VolumeRef
from wideberth.model.span import HeightBand
from wideberth.model.volume import Arena, Role, Volume

SEVERITIES: Final = (Severity.ERROR, Severity.PARTIAL, Severity.ASSUMED, Severity.NOTE)


class Status(StrEnum):
    """The answer in one word; NONE_FOUND never means that the way is clear for all purposes."""

    CONFLICT = "conflict"
    INCOMPLETE = "incomplete"
    NONE_FOUND = "none found"


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a finding in words: what was found, what was wanted, how much is missing.

    wanted and short are empty where no minimum is agreed or the axis plays no part. short_si: the
    same shortfall in the unit of the model, empty where it adds nothing.
    """

    name: str
    found: str
    wanted: str
    short: str
    short_si: str = ""


@dataclass(frozen=True, slots=True)
class Margin:
    """Gap less minimum on each axis, below zero where it falls short; None: it plays no part."""

    lateral_m: float
    vertical_m: float | None
    time_s: float
    freq_hz: float | None


VolumeIndex = Mapping[VolumeRef, tuple[Activity, Volume]]


def volume_index(result: CheckResult) -> VolumeIndex:
    """Return every volume of a check by its reference, with the restricted bands in conflict.

    A restricted band belongs to the agreement and not to the activities; in a conflict it stands
    for an activity that guards. The service of a receiver aboard a craft stands by its title.
    """
    rules = result.agreement.spectrum
    index = {
        VolumeRef(activity.party, activity.id, place, volume.id): (activity, spoken(volume, rules))
        for activity in result.activities
        for place, volume in enumerate(activity.volumes)
    }
    bands = {restriction.id: restriction for restriction in result.agreement.restrictions}
    found = (*result.conflicts, *result.cleared)
    for ref in (ref for conflict in found for ref in (conflict.a, conflict.b)):
        if ref not in index and ref.activity in bands:
            index[ref] = _guard(ref, bands[ref.activity])
    if result.agreement.protected:
        index |= _protected(result)
    return index


def _protected(result: CheckResult) -> VolumeIndex:
    """Return the protected volumes in conflict, each as an activity of the agreement."""
    kept = {one.id: protected_activity(one, result.agreement) for one in result.agreement.protected}
    refs = {ref for conflict in result.conflicts for ref in (conflict.a, conflict.b)}
    return {
        ref: (kept[ref.activity], kept[ref.activity].volumes[0])
        for ref in refs
        if ref.activity in kept and ref.party == kept[ref.activity].party
    }


def _guard(ref: VolumeRef, restriction: Restriction) -> tuple[Activity, Volume]:
    volume = Volume(
        id=ref.volume,
        arena=Arena.SPECTRUM,
        footprint=restriction.area,
        height=HeightBand.of(-math.inf, math.inf),
        time=restriction.window,
        freq=restriction.band,
        role=Role.GUARD,
    )
    title = restriction.title or restriction.kind.value
    return Activity(ref.party, ref.activity, (volume,), title, restriction.kind.value), volume


def problems(readings: Sequence[Reading]) -> tuple[tuple[str, Problem], ...]:
    """Return all remarks with the file they are about: worst first, then by file and place."""
    rank = {severity: i for i, severity in enumerate(SEVERITIES)}
    found = {(reading.source, problem) for reading in readings for problem in reading.problems}
    return tuple(
        sorted(
            found,
            key=lambda sp: (
                rank[sp[1].severity],
                sp[0],
                sp[1].where,
                sp[1].what,
                sp[1].remedy,
                sp[1].text,
            ),
        )
    )


def problem_counts(readings: Sequence[Reading]) -> dict[Severity, int]:
    """Return how many remarks there are of each severity, zeros included."""
    seen = Counter(problem.severity for _, problem in problems(readings))
    return {severity: seen[severity] for severity in SEVERITIES}


def arena_pair(conflict: Conflict, index: VolumeIndex) -> str:
    """Return the pair of arenas of a conflict: air-sea."""
    return "-".join(sorted(arena_of(ref, index) for ref in (conflict.a, conflict.b)))


def arena_of(ref: VolumeRef, index: VolumeIndex) -> str:
    """Return a volume's arena, or "unknown" for one that is not among the activities.

    A receiver aboard a craft counts for its craft's arena.
    """
    found = index.get(ref)
    return arena_word(found[1]) if found else "unknown"


def margin_of(gaps: Gaps, minima: Minima) -> Margin:
    """Return by how much each axis passes (above 0) or misses (below 0) its minimum."""
    vertical_m = gaps.vertical_m - minima.vertical_m if math.isfinite(minima.vertical_m) else None
    freq_hz = None if gaps.freq_hz is None else gaps.freq_hz - minima.freq_hz
    return Margin(
        gaps.lateral_m - minima.lateral_m, vertical_m, gaps.time_s - minima.time_s, freq_hz
    )


def axes(finding: Finding) -> tuple[Axis, ...]:
    """Return a finding's axes in words: sideways, height, time and, if it counts, frequency.

    Where radio waves are the matter it is the link budget instead: what arrives and what is borne.
    """
    if finding.budget is not None:
        rows = budget_rows(finding, finding.budget)
        return tuple(Axis(name, words, "", "") for name, words in rows)
    gaps, minima = finding.gaps, finding.minima
    margin = margin_of(gaps, minima)
    said = [
        _axis("sideways", gaps.lateral_m, minima.lateral_m, *lateral_units(minima.lateral_m)),
        Axis("height", "plays no part", "", "")
        if margin.vertical_m is None
        else _axis("height", gaps.vertical_m, minima.vertical_m, *height_units(minima.vertical_m)),
        _axis("time", gaps.time_s, minima.time_s, minutes),
    ]
    if gaps.freq_hz is not None:
        said.append(_axis("frequency", gaps.freq_hz, minima.freq_hz, hertz_said))
    return tuple(said)


def _axis(name: str, gap: float, minimum: float, in_use: Say, in_si: Say | None = None) -> Axis:
    found = "overlap" if gap <= 0.0 else f"{in_use(gap)} apart"
    if minimum <= 0.0:
        return Axis(name, found, "", "")
    missing = max(minimum - gap, 0.0)
    short = in_use(missing, up=True)
    short_si = in_si(missing, up=True) if in_si else ""
    return Axis(name, found, in_use(minimum), short, "" if short_si == short else short_si)


def axis_words(axis: Axis) -> str:
    """Return one axis on one line: 1.2 NM apart, 5 NM wanted, 3.8 NM (7,038 m) short."""
    if not axis.wanted:
        return axis.found
    also = f" ({axis.short_si})" if axis.short_si else ""
    if axis.found == "overlap":
        return f"overlap, {axis.wanted}{also} wanted"
    return f"{axis.found}, {axis.wanted} wanted, {axis.short}{also} short"


def parties_of(result: CheckResult) -> tuple[str, ...]:
    """Return the parties whose activities were looked at, in order of name."""
    return tuple(sorted({activity.party for activity in result.activities}))


def needs_person(result: CheckResult, readings: Sequence[Reading]) -> int:
    """Return how many things the check could not settle by itself.

    Pieces refused or partly read, pairs of arenas not judged, and linked notices that disagree.
    """
    counts = problem_counts(readings)
    disagreeing = sum(1 for link in result.links if link.disagreements)
    return counts[Severity.ERROR] + counts[Severity.PARTIAL] + len(result.not_judged) + disagreeing


def status_of(result: CheckResult, readings: Sequence[Reading]) -> Status:
    """Return the answer: conflicts, nothing found though not all was judged, or nothing found."""
    if result.conflicts:
        return Status.CONFLICT
    if needs_person(result, readings) or not _could_conflict(result):
        return Status.INCOMPLETE
    return Status.NONE_FOUND


def _could_conflict(result: CheckResult) -> bool:
    """Say whether anything read could meet: another party's, or an emission a guarded band."""
    parties = parties_of(result)
    emits = any(v.role is Role.EMIT for a in result.activities for v in a.volumes)
    is_guarded = emits and bool(result.agreement.restrictions)
    is_kept = bool(result.agreement.protected)
    return bool(parties) and (len(parties) > 1 or result.within or is_guarded or is_kept)


def headline(result: CheckResult, readings: Sequence[Reading]) -> str:
    """Return the answer in one sentence; it never says that the way is clear."""
    open_things = needs_person(result, readings)
    tail = ""
    if open_things:
        needs = "needs" if open_things == 1 else "need"
        tail = f"; {count(open_things, 'thing')} {needs} a person"
    if result.conflicts:
        return f"{count(len(result.conflicts), 'conflict')} {_among(result)}{tail}."
    if not result.activities:
        return f"Nothing was judged: no volume was read{tail}."
    if not _could_conflict(result):
        only = named(parties_of(result)[0])
        return f"Nothing was judged: all volumes belong to one party, {only}{tail}."
    return f"No conflict found among the volumes judged{tail}."


def _among(result: CheckResult) -> str:
    """Return who is in conflict: among airways, lanes and the restricted bands."""
    pairs = {tuple(sorted((c.a.party, c.b.party))) for c in result.conflicts}
    bands = f"agreement {result.agreement.id}"  # the restricted bands: no party
    parties = [named(n) for n in sorted({n for pair in pairs for n in pair} - {bands})]
    theirs = {ref.activity for c in result.conflicts for ref in (c.a, c.b) if ref.party == bands}
    kept = {one.id for one in result.agreement.protected}
    also = ["the restricted bands"] if theirs - kept else []
    also += ["the protected volumes"] if theirs & kept else []
    names = [*(parties if len(parties) <= 4 else [f"{len(parties)} parties"]), *also]
    if len(names) == 1:
        return f"among {names[0]}" if len(parties) > 1 else f"inside {names[0]}"
    word = "between" if len(names) == 2 and len(parties) <= 2 else "among"
    return f"{word} {', '.join(names[:-1])} and {names[-1]}"


def minima_words(separation: Separation) -> str:
    """Return agreed minima in words: air against sea: 1 NM, 500 ft, 5 min (clause S3)."""
    minima = separation.minima
    one, other = (arena.value for arena in separation.arenas)
    say_height, _ = height_units(minima.vertical_m)
    height = say_height(minima.vertical_m) if math.isfinite(minima.vertical_m) else "any height"
    say_lateral, _ = lateral_units(minima.lateral_m)
    said = [say_lateral(minima.lateral_m), height, minutes(minima.time_s)]
    if minima.freq_hz > 0.0:
        said.append(f"guard band {hertz(minima.freq_hz)}")
    return f"{one} against {other}: {', '.join(said)} (clause {plain(separation.clause)})"


def agreement_words(result: CheckResult) -> str:
    """Return which agreement the check judged by."""
    agreement = result.agreement
    if agreement.builtin:
        return "Built-in default minima; no agreement was given."
    title = f"{plain(agreement.title)} " if agreement.title else ""
    return f"{title}({plain(agreement.id)}, version {agreement.version})"
