"""Readings of several files become one set of activities: merged, cancelled, linked."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from wideberth.formats.cancelling import apply_cancellations
from wideberth.formats.linking import link_notices
from wideberth.formats.plan_builder import SHARED_KEYS
from wideberth.formats.reading import Problem, Reading, Severity
from wideberth.model.activity import Activity, Disclosure, State
from wideberth.model.conflict import Link
from wideberth.model.volume import Volume

_NOTICES: Final = ("notam", "navwarn")
_UNSAID: Final[dict[str, Any]] = {
    "title": "",
    "kind": "",
    "priority": 0,
    "disclose": Disclosure.FULL,
    "revision": None,  # a plan without a revision is the first one, and says so
    "state": State.ACCEPTED,
    "flex": None,
    "equipage": "",
    "linked": "",
}

Key = tuple[str, str]


def gather(
    readings: Sequence[Reading],
) -> tuple[tuple[Activity, ...], tuple[Link, ...], tuple[Reading, ...]]:
    """Return all activities, what links notices, and the readings with what came up on the way.

    The same (party, activity) from several files is one activity with the volumes of all, in the
    order of the readings; where the files disagree about it, an ERROR stands in the later one.
    Cancellations take effect, and notices of one activity are linked.
    """
    merged: dict[Key, Activity] = {}
    first: dict[Key, str] = {}
    noted: list[Reading] = []
    for reading in readings:
        problems: list[Problem] = []
        for activity in reading.activities:
            key = (activity.party, activity.id)
            if key in merged:
                merged[key], found = _joined(merged[key], activity, first[key])
                problems += found
            else:
                merged[key], first[key] = activity, reading.source
        noted.append(replace(reading, problems=(*reading.problems, *problems)))
    whole = [
        replace(
            reading,
            activities=tuple(
                activity for key, activity in merged.items() if first[key] == reading.source
            ),
        )
        for reading in noted
    ]
    activities, after = apply_cancellations(whole)
    if after:
        noted.append(Reading("cancellations", "check", problems=tuple(after)))
    linked, links = _linked(activities, readings)
    return linked, links, tuple(noted)


def _linked(
    activities: Sequence[Activity], readings: Sequence[Reading]
) -> tuple[tuple[Activity, ...], tuple[Link, ...]]:
    """Link what notices say of one activity; plans of parties are never linked."""
    from_notices = {(a.party, a.id) for r in readings if r.format in _NOTICES for a in r.activities}
    notices = [a for a in activities if (a.party, a.id) in from_notices]
    named, links = link_notices(notices)
    renamed = {(a.party, a.id): a for a in named}
    return tuple(renamed.get((a.party, a.id), a) for a in activities), links


def _joined(one: Activity, two: Activity, first: str) -> tuple[Activity, list[Problem]]:
    """Return two files' activity of one name as one, and every problem with it."""
    where = f"activity {two.id!r} of {two.party}"
    problems: list[Problem] = []
    said: dict[str, Any] = {}
    for key in SHARED_KEYS:
        ours, theirs = getattr(one, key), getattr(two, key)
        if ours != theirs and _UNSAID[key] not in (ours, theirs):
            remedy = "Correct one of the files, or give only the one in force."
            what = f"{key!r} is {theirs!s}, but {first} says {ours!s}."
            problems.append(Problem(Severity.ERROR, where, what, remedy))
        elif ours == _UNSAID[key]:
            said[key] = theirs
    volumes = list(one.volumes)
    for volume in two.volumes:
        found = _taken(volume, volumes, first, where)
        problems += found
    return replace(one, volumes=tuple(volumes), **said), problems


def _taken(volume: Volume, volumes: list[Volume], first: str, where: str) -> list[Problem]:
    """Add a volume to those there are, under another id where its own is taken."""
    ids = {v.id for v in volumes}
    if any(replace(v, id=volume.id) == volume for v in volumes):
        what = f"volume {volume.id!r} stands in {first} too; it is taken once."
        return [Problem(Severity.NOTE, where, what)]
    if volume.id not in ids:
        volumes.append(volume)
        return []
    free = next(str(n) for n in range(len(volumes), 2 * len(volumes) + 1) if str(n) not in ids)
    volumes.append(replace(volume, id=free))
    if volume.id.isdecimal():  # a number that a reader gave by place
        return []
    what = f"volume {volume.id!r} is another one in {first}; it is taken as volume {free!r}."
    return [Problem(Severity.ERROR, where, what, "Give each volume its own id.")]
