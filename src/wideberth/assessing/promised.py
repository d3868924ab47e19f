"""Which activities of a party act against its own assurances, when and where.

Asked of the search and the judgement that every check uses, with no separation to keep: an
activity acts against an assurance if the two share room and time. Areas, heights on one datum and
windows that only touch share none; heights of unlike datum are compared at their worst.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from wideberth.engine.agreed import AgreedSeparation
from wideberth.engine.boxes import Row, box_rows
from wideberth.engine.detect import find_conflicts
from wideberth.engine.field import Progress, Question, lay_out, no_progress
from wideberth.engine.heights import is_upside_down
from wideberth.engine.moving import cut
from wideberth.model.activity import Activity
from wideberth.model.agreement import HeightRanges, Minima
from wideberth.model.assurance import Assurance, Scope
from wideberth.model.conflict import Conflict, VolumeRef
from wideberth.model.footprint import Everywhere, Point, Track
from wideberth.model.span import FrequencyBand, HeightBand
from wideberth.model.volume import Arena, Role, Volume

__all__ = ["Against", "Spell", "against", "rows", "why_not_judged"]

_NO_SEPARATION: Final = Minima(lateral_m=0.0, vertical_m=0.0, time_s=0.0)
_ALL_HEIGHTS: Final = HeightBand.of(float("-inf"), float("inf"))
_ALL_BANDS: Final = FrequencyBand(1e-9, 1e30)
_PROMISED: Final = "\0promised"  # no party has that name


@dataclass(frozen=True, slots=True, order=True)
class Spell:
    """A volume of an activity within an assurance: from when to when, and a place in both.

    What moves is there from start_s to end_s at most; told to the second, erring outward.
    """

    start_s: float
    end_s: float
    volume: VolumeRef
    place: Point
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Against:
    """An activity that acts against an assurance of its party, earliest spell first."""

    party: str
    assurance: str
    activity: str
    revision: int
    spells: tuple[Spell, ...]

    @property
    def start_s(self) -> float:
        """Return from when on it acts against the assurance."""
        return min(spell.start_s for spell in self.spells)

    @property
    def end_s(self) -> float:
        """Return until when."""
        return max(spell.end_s for spell in self.spells)


def against(
    activities: Sequence[Activity],
    assurances: Sequence[Assurance],
    ranges: HeightRanges,
    progress: Progress = no_progress,
) -> tuple[Against, ...]:
    """Return what acts against assurances, by party, assurance and activity.

    A party's activities are held against its own assurances alone. What is over acts against none.
    Each assurance is judged for the time of its scope; one that why_not_judged names is not clear.
    """
    return tuple(
        found
        for party in sorted({one.party for one in assurances})
        for found in _of_party(
            [one for one in activities if one.party == party],
            {one.id: one for one in assurances if one.party == party},
            ranges,
            progress,
        )
    )


def why_not_judged(scope: Scope, ranges: HeightRanges) -> str:
    """Return why nothing can be judged against a scope, in words; empty: it can be."""
    if scope.heights is None:
        return ""
    if is_upside_down(scope.heights, scope.area or Everywhere(), ranges):
        return "its floor lies above its ceiling, whatever the air and the ground are like"
    return ""


def rows(assurance: Assurance, ranges: HeightRanges) -> list[Row]:
    """Return boxes, as engine/boxes.py makes them, that meet those of all that may be against it.

    What neither radiates nor listens is looked for at all frequencies.
    """
    found = box_rows([_as_activity(assurance)], _rules(ranges), ranges)[0]
    if assurance.scope.band is not None:
        return found
    return list(dict.fromkeys((*row[:8], float("-inf"), float("inf")) for row in found))


def _of_party(
    activities: Iterable[Activity],
    promised: Mapping[str, Assurance],
    ranges: HeightRanges,
    progress: Progress,
) -> Iterator[Against]:
    scopes = [one.scope for one in promised.values()]
    present = {one.id: one for one in activities}
    counted = [cut for one in present.values() if (cut := _counted(one, scopes)) is not None]
    field = lay_out([*counted, *map(_as_activity, promised.values())], ranges, progress)
    found: dict[tuple[str, str], list[Spell]] = {}
    for conflict in find_conflicts(field, _rules(ranges), Question(ranges), progress):
        ref, assurance = _sides(conflict)
        activity = present[ref.activity]
        if promised[assurance].scope.covers_kind(activity.kind):
            spell = _spell(conflict, _in_whole(ref, activity))
            found.setdefault((assurance, activity.id), []).append(spell)
    for (assurance, name), spells in sorted(found.items()):
        activity = present[name]
        yield Against(activity.party, assurance, name, activity.revision, tuple(sorted(spells)))


def _counted(activity: Activity, scopes: Iterable[Scope]) -> Activity | None:
    """Return an activity with the volumes alone that some scope may be about."""
    about = [scope for scope in scopes if scope.covers_kind(activity.kind)]
    volumes = tuple(v for v in activity.volumes if any(scope.covers_volume(v) for scope in about))
    return replace(activity, volumes=volumes) if volumes else None


def _in_whole(ref: VolumeRef, activity: Activity) -> VolumeRef:
    """Return which volume of the whole activity is meant."""
    ids = [volume.id for volume in activity.volumes]
    return replace(ref, place=ids.index(ref.volume))


def _sides(conflict: Conflict) -> tuple[VolumeRef, str]:
    """Return the volume of the activity, and the assurance's id."""
    if conflict.a.party == _PROMISED:
        return conflict.b, conflict.a.activity
    return conflict.a, conflict.b.activity


def _spell(conflict: Conflict, ref: VolumeRef) -> Spell:
    finding = conflict.finding
    return Spell(finding.start_s, finding.end_s, ref, finding.place, finding.notes)


def _rules(ranges: HeightRanges) -> tuple[AgreedSeparation, ...]:
    return tuple(
        AgreedSeparation("assurance", (arena, arena), "", _NO_SEPARATION, ranges) for arena in Arena
    )


def _as_activity(assurance: Assurance) -> Activity:
    """Return the room that an assurance keeps free, one volume for each of its arenas."""
    volumes = tuple(_kept_free(assurance.scope, arena) for arena in assurance.scope.arenas)
    return Activity(_PROMISED, assurance.id, volumes)


def _kept_free(scope: Scope, arena: Arena) -> Volume:
    area, window, is_radio = scope.area, scope.window, arena is Arena.SPECTRUM
    if isinstance(area, Track):
        area = cut(area, window.start_s, window.end_s)
    return Volume(
        id=arena.value,
        arena=arena,
        footprint=Everywhere() if area is None else area,
        height=scope.heights or _ALL_HEIGHTS,
        time=window,
        freq=(scope.band or _ALL_BANDS) if is_radio else None,
        role=Role.GUARD if is_radio else None,
    )
