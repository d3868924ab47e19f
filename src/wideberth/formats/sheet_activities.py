"""Volumes declared one by one, by rows or placemarks, gathered into activities."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from wideberth.errors import WideberthError
from wideberth.formats.plan_properties import ActivityFields, VolumeFields
from wideberth.formats.reading import Problem, Severity
from wideberth.model.activity import Activity
from wideberth.model.footprint import Footprint

SHARED_KEYS: Final = tuple(f.name for f in fields(ActivityFields) if f.name not in ("party", "id"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One volume that was understood, with what its place says of the activity."""

    where: str
    activity: ActivityFields
    volume: VolumeFields
    footprint: Footprint


def with_shared(
    rows: Sequence[Mapping[str, Any]], default_party: str | None
) -> list[dict[str, Any]]:
    """Return the properties with what an activity's other rows say of it, where a row is silent.

    Only a thing of which the others all say the same is taken; rows that disagree stay as they are.
    """
    said: dict[tuple[Any, Any], dict[str, list[Any]]] = {}
    for row in rows:
        of_activity = said.setdefault(_name(row, default_party), {})
        for key in SHARED_KEYS:
            if key in row and row[key] not in (values := of_activity.setdefault(key, [])):
                values.append(row[key])
    return [
        {
            **{
                key: values[0]
                for key, values in said[_name(row, default_party)].items()
                if len(values) == 1
            },
            **row,
        }
        for row in rows
    ]


def _name(row: Mapping[str, Any], default_party: str | None) -> tuple[str, str]:
    return str(row.get("party", default_party)), str(row.get("activity"))


def gathered(entries: Iterable[Entry]) -> tuple[tuple[Activity, ...], tuple[Problem, ...]]:
    """Return the activities in the order of their first entries, and why others were refused.

    Entries that disagree on their activity refuse it: nobody can tell which of them is right.
    """
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        groups.setdefault((entry.activity.party, entry.activity.id), []).append(entry)
    activities: list[Activity] = []
    problems: list[Problem] = []
    for group in groups.values():
        clashes = [_clash(group[0], other) for other in group[1:]]
        told = [clash for clash in clashes if clash is not None]
        if not told:
            try:
                activities.append(_activity(group))
            except WideberthError as error:
                told = [Problem.of(error, group[0].where)]
        problems.extend(told)
    return tuple(activities), tuple(problems)


def _clash(first: Entry, other: Entry) -> Problem | None:
    unlike = [
        key for key in SHARED_KEYS if getattr(first.activity, key) != getattr(other.activity, key)
    ]
    if not unlike:
        return None
    what = (
        f"activity {other.activity.id!r} has another {', '.join(unlike)} here than at"
        f" {first.where}; the whole activity is refused."
    )
    return Problem(Severity.ERROR, other.where, what, "Say the same in both, or name it apart.")


def _activity(group: Sequence[Entry]) -> Activity:
    volumes = [
        entry.volume.volume(
            str(place) if entry.volume.id is None else entry.volume.id, entry.footprint
        )
        for place, entry in enumerate(group)
    ]
    return group[0].activity.activity(tuple(volumes))
