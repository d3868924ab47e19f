"""The properties of one feature of a plan: to an activity's and a volume's fields, or all problems.

Shared by plan GeoJSON, planning sheets and KML: each brings the footprint, this the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wideberth.errors import WideberthError
from wideberth.formats.fields import Fields
from wideberth.formats.plan_keys import FLEX, FLEX_KEYS, PLAN_KEYS, is_ignored
from wideberth.formats.plan_radio import power_of, radio_of
from wideberth.formats.plan_spans import criterion_of, height_of, spectrum_of, time_of
from wideberth.formats.reading import Problem
from wideberth.model.activity import Activity, Disclosure, Flex, State
from wideberth.model.footprint import Footprint
from wideberth.model.radio import Radio
from wideberth.model.span import FrequencyBand, HeightBand, TimeWindow
from wideberth.model.volume import Arena, Role, Volume


@dataclass(frozen=True, slots=True)
class ActivityFields:
    """What a feature says of its activity; two features of one activity must say the same."""

    party: str
    id: str
    title: str
    kind: str
    priority: int
    disclose: Disclosure
    revision: int
    state: State
    flex: Flex | None
    equipage: str
    linked: str

    def activity(self, volumes: tuple[Volume, ...]) -> Activity:
        """Return the activity of these fields and volumes; raises ImpossibleValueError."""
        names = (name for name in self.__slots__ if name not in ("party", "id"))
        rest: dict[str, Any] = {name: getattr(self, name) for name in names}
        return Activity(self.party, self.id, volumes, **rest)


@dataclass(frozen=True, slots=True)
class VolumeFields:
    """What a feature says of its volume, all but the footprint. id None: none was given."""

    id: str | None
    arena: Arena
    height: HeightBand
    time: TimeWindow
    freq: FrequencyBand | None
    role: Role | None
    eirp_dbm: float | None
    criterion: str
    radio: Radio | None = None

    def volume(self, volume_id: str, footprint: Footprint) -> Volume:
        """Return the volume with this footprint; raises ImpossibleValueError."""
        return Volume(
            volume_id,
            self.arena,
            footprint,
            self.height,
            self.time,
            self.freq,
            self.role,
            self.eirp_dbm,
            self.criterion,
            self.radio,
        )


def read_properties(
    properties: Mapping[str, Any],
    *,
    where: str,
    party: str | None = None,
    window: TimeWindow | None = None,
) -> tuple[ActivityFields | None, VolumeFields | None, tuple[Problem, ...]]:
    """Return the fields of one feature, or None for each that has errors, and every problem.

    where: the place in the file for the problems. party: taken where the feature names none.
    window: the time of a moving track; start and end may then be left out, or must say the same.
    Keys of plan_keys.SHAPE_KEYS (radius_m, times, ...) are allowed and left to the caller, who
    takes out keys of its own (columns of positions) first.
    """
    fields = Fields(properties, where)
    fields.refuse_unknown((key for key in properties if not is_ignored(key)), PLAN_KEYS)
    unknown = len(fields.problems)
    activity = _activity(fields, party)
    of_activity = len(fields.problems)
    volume = _volume(fields, window)
    return (
        activity if of_activity == unknown else None,
        volume if len(fields.problems) == of_activity else None,
        tuple(fields.problems),
    )


def _activity(fields: Fields, party: str | None) -> ActivityFields:
    if "party" not in fields and party is not None:
        fields.values["party"] = party
    revision = fields.integer("revision")
    if revision is not None and revision < 1:
        fields.fail(f"'revision' is {revision}, less than 1.", "Revisions count from 1.")
    return ActivityFields(
        party=fields.text("party", required=True) or "",
        id=fields.text("activity", required=True) or "",
        title=fields.text("title") or "",
        kind=fields.text("kind") or "",
        priority=fields.integer("priority") or 0,
        disclose=fields.choice("disclose", Disclosure) or Disclosure.FULL,
        revision=revision or 1,
        state=fields.choice("state", State) or State.ACCEPTED,
        flex=_flex(fields),
        equipage=fields.text("equipage") or "",
        linked=fields.text("linked") or "",
    )


def _flex(fields: Fields) -> Flex | None:
    given = fields.values.get("flex")
    if given is None:
        return None
    if not isinstance(given, Mapping):
        fields.fail("'flex' is not an object.", 'Write it like {"lateral_nm": 2, "time_min": 30}.')
        return None
    inner = Fields(given, fields.where)
    inner.refuse_unknown(given, FLEX_KEYS)
    amounts = {name: inner.quantity(units) or 0.0 for name, units in FLEX.items()}
    fields.problems.extend(inner.problems)
    try:
        return Flex(**amounts)
    except WideberthError as error:
        fields.note(error, "flex")
        return None


def _volume(fields: Fields, window: TimeWindow | None) -> VolumeFields | None:
    arena = fields.choice("arena", Arena, required=True)
    height = height_of(fields, arena)
    time = time_of(fields, window)
    freq, role = spectrum_of(fields, arena)
    eirp_dbm, radio = power_of(fields), radio_of(fields)
    criterion = criterion_of(fields)
    volume_id = fields.text("volume", required="volume" in fields)
    if arena is None or height is None or time is None:
        return None
    return VolumeFields(volume_id, arena, height, time, freq, role, eirp_dbm, criterion, radio)
