"""Notices that end others, over all files of a check: the ended ones stop at that moment.

A NOTAM's number repeats from office to office, so it only ends one of the same party; a warning's
id names its series and is the same for all.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from wideberth.formats.reading import Cancellation, Problem, Reading, Severity
from wideberth.formats.times import show_utc
from wideberth.model.activity import Activity
from wideberth.model.footprint import Track
from wideberth.model.span import TimeWindow
from wideberth.model.volume import Volume

_Order = tuple[Reading, Cancellation]


def apply_cancellations(
    readings: Sequence[Reading],
) -> tuple[tuple[Activity, ...], tuple[Problem, ...]]:
    """Return the activities of all readings, in order, cut where another notice ends them.

    A volume that begins at or after that moment goes, one that is on then ends; an activity left
    with none goes. Each cancellation gives a NOTE: what it ended, or that nothing has that name.
    The earliest of several that end one activity rules. A moving track that would be cut stays
    whole, with a remark. A notice never ends itself.
    """
    orders = [(r, c) for r in readings for c in r.cancellations]
    by_target: defaultdict[str, list[_Order]] = defaultdict(list)
    for order in sorted(orders, key=lambda o: o[1].at_s):
        by_target[order[1].target].append(order)
    parties = _parties(readings)
    activities: list[Activity] = []
    problems: list[Problem] = []
    met: set[tuple[str, Cancellation]] = set()
    for reading in readings:
        for activity in reading.activities:
            told = by_target.get(activity.id, [])
            mine = [o for o in told if _ends(o, reading, activity, parties)]
            met |= {(r.source, c) for r, c in mine}
            if not mine:
                activities.append(activity)
                continue
            kept, remarks = _cut(activity, reading.source, mine[0])
            problems.extend(remarks)
            if kept is not None:
                activities.append(kept)
    problems.extend(_unknown(r, c) for r, c in orders if (r.source, c) not in met)
    return tuple(activities), tuple(problems)


def _parties(readings: Sequence[Reading]) -> dict[str, set[tuple[str, str]]]:
    """Return who issued notices of a name, with the file: (source, party)."""
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for reading in readings:
        for activity in reading.activities:
            found[activity.id].add((reading.source, activity.party))
    return found


def _ends(
    order: _Order, reading: Reading, activity: Activity, parties: dict[str, set[tuple[str, str]]]
) -> bool:
    """Return whether an order speaks of this activity: same kind of file; a NOTAM's own party.

    A NOTAM that only cancels has no activity that tells its party; it then ends the only one of
    that name, in its own file.
    """
    ordering, cancellation = order
    if ordering.format != reading.format or activity.id == cancellation.by:
        return False
    if reading.format != "notam":
        return True
    issuers = {p for s, p in parties.get(cancellation.by, ()) if s == ordering.source}
    if issuers:
        return activity.party in issuers
    return parties[activity.id] == {(ordering.source, activity.party)}


def _cut(
    activity: Activity, source: str, order: _Order
) -> tuple[Activity | None, tuple[Problem, ...]]:
    """Return the activity up to the moment (None: nothing is left), and what is to be told."""
    _, cancellation = order
    where = f"{source}, {activity.id}"
    at_s = cancellation.at_s
    kept = [v for volume in activity.volumes if (v := _ended(volume, at_s)) is not None]
    gone = len(activity.volumes) - len(kept)
    what = f"ended by {cancellation.by} at {show_utc(at_s) or 'no known time'}: "
    what += "nothing of it is left." if not kept else f"{gone} of its volumes lie after that."
    problems = [Problem(Severity.NOTE, where, what)]
    if any(isinstance(v.footprint, Track) and v.time.end_s > at_s for v in kept):
        told = f"a moving track is not cut at {show_utc(at_s)}; it is kept whole."
        problems.append(Problem(Severity.PARTIAL, where, told, "Declare the shorter track."))
    return (replace(activity, volumes=tuple(kept)) if kept else None), tuple(problems)


def _ended(volume: Volume, at_s: float) -> Volume | None:
    if volume.time.start_s >= at_s:
        return None
    if volume.time.end_s <= at_s or isinstance(volume.footprint, Track):
        return volume
    return replace(volume, time=TimeWindow(volume.time.start_s, at_s))


def _unknown(reading: Reading, cancellation: Cancellation) -> Problem:
    what = f"it cancels {cancellation.target}, and none of the files has that of its party."
    return Problem(Severity.NOTE, f"{reading.source}, {cancellation.by}", what)
