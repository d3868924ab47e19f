"""Features or rows of one file becoming activities: one for each party and activity id."""

from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any, Final

from wideberth.errors import ImpossibleValueError
from wideberth.formats.plan_properties import ActivityFields, VolumeFields
from wideberth.formats.reading import Problem, Severity
from wideberth.model.activity import Activity
from wideberth.model.footprint import Footprint
from wideberth.model.volume import Volume

SHARED_KEYS: Final = (
    "title",
    "kind",
    "priority",
    "disclose",
    "revision",
    "state",
    "flex",
    "equipage",
    "linked",
)


@dataclass(slots=True)
class _Draft:
    """An activity so far: what its features said, and where each thing was said first."""

    said: dict[str, tuple[Any, str]] = field(default_factory=dict)
    volumes: list[Volume] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    count: int = 0


class PlanBuilder:
    """Takes features in the order of the file; `finish` gives the activities and all problems."""

    def __init__(self) -> None:
        self._drafts: dict[tuple[str, str], _Draft] = {}
        self._problems: list[Problem] = []

    def _fail(self, where: str, what: str, remedy: str) -> None:
        self._problems.append(Problem(Severity.ERROR, where, what, remedy))

    def skip(self, party: Any, activity: Any) -> None:
        """Count a feature that was refused, so that the numbers of the others stay theirs."""
        if isinstance(party, str) and isinstance(activity, str):
            self._drafts.setdefault((party, activity), _Draft()).count += 1

    def add(
        self,
        where: str,
        given: Container[str],
        activity: ActivityFields,
        volume: VolumeFields,
        footprint: Footprint,
    ) -> None:
        """Add one feature's volume; given holds the keys that the feature itself names."""
        draft = self._drafts.setdefault((activity.party, activity.id), _Draft())
        volume_id = str(draft.count) if volume.id is None else volume.id
        draft.count += 1
        for key in SHARED_KEYS:
            if key in given:
                self._agree(draft, key, getattr(activity, key), where)
        if volume_id in draft.places:
            self._fail(
                where,
                f"volume {volume_id!r} was already given by {draft.places[volume_id]}.",
                "Give each feature of the activity its own 'volume'.",
            )
            return
        try:
            draft.volumes.append(volume.volume(volume_id, footprint))
            draft.places[volume_id] = where
        except ImpossibleValueError as error:
            self._problems.append(Problem.of(error, where))

    def _agree(self, draft: _Draft, key: str, value: Any, where: str) -> None:
        said, first = draft.said.setdefault(key, (value, where))
        if said != value:
            self._fail(
                where,
                f"{key!r} is not what {first} says of the same activity.",
                f"Give the same {key!r}, or give it once.",
            )

    def finish(self) -> tuple[tuple[Activity, ...], tuple[Problem, ...]]:
        """Return the activities in the order of their first feature, and the problems."""
        activities = []
        for (party, name), draft in self._drafts.items():
            shared: dict[str, Any] = {key: value for key, (value, _) in draft.said.items()}
            if draft.volumes:
                activities.append(Activity(party, name, tuple(draft.volumes), **shared))
        return tuple(activities), tuple(self._problems)
