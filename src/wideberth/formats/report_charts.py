"""Heights against time and frequencies against time, for the volumes that are in conflict."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from wideberth.formats.report_drawn import short_name, volume_name
from wideberth.formats.report_facts import VolumeIndex
from wideberth.formats.report_parties import PartyLook
from wideberth.formats.report_svg import Box, Labels, text_width
from wideberth.formats.report_ticks import clock, figures, frequencies, named_bands
from wideberth.formats.report_words import band, count
from wideberth.model.conflict import CheckResult, Conflict, VolumeRef
from wideberth.model.volume import Arena, Role, Volume
from wideberth.units import METRES_PER_FOOT

CONFLICTS_DRAWN: Final = 60
WIDTH_PX: Final = 1000.0
HEIGHT_PX: Final = 360.0
LEFT_PX, RIGHT_PX, TOP_PX, BOTTOM_PX = 84.0, 930.0, 14.0, 312.0
_LEAST_PX: Final = 3.0
_SLACK_S: Final = 600.0
_TALL_M: Final = 10_000.0  # the height shown where no volume has a limit


@dataclass(frozen=True, slots=True)
class Bar:
    """One volume as a rectangle; it runs off the chart where it has no end."""

    x: float
    y: float
    width: float
    height: float
    look: PartyLook
    name: str
    label: str = ""
    label_x: float = 0.0
    label_y: float = 0.0


@dataclass(frozen=True, slots=True)
class Clash:
    """Where a conflict lies, with its number; number_x is below 0 where there is no room."""

    x: float
    y: float
    width: float
    height: float
    number: int
    number_x: float
    number_y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """All that the chart's template draws, in pixels."""

    kind: str
    title: str
    summary: str
    unit: str
    other_unit: str
    bars: tuple[Bar, ...]
    clashes: tuple[Clash, ...]
    times: tuple[tuple[float, str], ...]
    levels: tuple[tuple[float, str], ...]
    other_levels: tuple[tuple[float, str], ...]
    stripes: tuple[tuple[float, float, str], ...]
    surface_px: float | None
    left_out: str


Extent = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Time to the right, and the other axis upwards."""

    time_s: Extent
    level: Extent
    is_log: bool

    def x(self, time_s: float) -> float:
        low, high = self.time_s
        share = (min(max(time_s, low), high) - low) / (high - low)
        return LEFT_PX + share * (RIGHT_PX - LEFT_PX)

    def y(self, level: float) -> float:
        low, high = self.level
        level = min(max(level, low), high)
        share = (level - low) / (high - low)
        if self.is_log:
            share = math.log(level / low) / math.log(high / low)
        return BOTTOM_PX - share * (BOTTOM_PX - TOP_PX)

    def box(self, time_s: Extent, level: Extent) -> Box:
        """Return a rectangle in pixels, never too thin to see."""
        left, right = self.x(time_s[0]), self.x(time_s[1])
        top, bottom = self.y(level[1]), self.y(level[0])
        wide, high = max(_LEAST_PX - (right - left), 0.0), max(_LEAST_PX - (bottom - top), 0.0)
        return left - wide / 2, top - high / 2, right + wide / 2, bottom + high / 2


def height_chart(
    result: CheckResult, index: VolumeIndex, looks: dict[str, PartyLook]
) -> Chart | None:
    """Return heights against time for conflicts in the air and at sea; None without any."""
    found = _drawable(result, index, _height_of)
    if not found:
        return None
    levels = [x for v in _volumes(found, index) for x in _height_of(v) or () if math.isfinite(x)]
    low, high = min([0.0, *levels]), max([0.0, *levels])
    high = high if high > low else _TALL_M
    room = max(high - low, 100.0) * 0.1
    scale = _Scale(_time_span(found), (low - (room if low < 0.0 else 0.0), high + room), False)
    in_feet = figures(scale.level[0] / METRES_PER_FOOT, scale.level[1] / METRES_PER_FOOT)
    return _chart(
        (found, index, looks),
        scale,
        _height_of,
        kind="height",
        title="Height against time",
        unit="feet",
        other_unit="metres",
        levels=tuple((scale.y(ft * METRES_PER_FOOT), f"{ft:,.0f}") for ft in in_feet),
        other_levels=tuple((scale.y(m), f"{m:,.0f}") for m in figures(*scale.level)),
        stripes=(),
        surface_px=scale.y(0.0),
        left_out=_left_out(result, index, _height_of),
    )


def frequency_chart(
    result: CheckResult, index: VolumeIndex, looks: dict[str, PartyLook]
) -> Chart | None:
    """Return frequencies (logarithmic) against time for conflicts in the spectrum, or None."""
    found = _drawable(result, index, _freq_of)
    if not found:
        return None
    levels = [x for v in _volumes(found, index) for x in _freq_of(v) or ()]
    low, high = min(levels), max(levels)
    room = (high / low) ** 0.2
    scale = _Scale(_time_span(found), (low / room, high * room), True)
    return _chart(
        (found, index, looks),
        scale,
        _freq_of,
        kind="frequency",
        title="Frequency against time",
        unit="",
        other_unit="",
        levels=tuple((scale.y(f), words) for f, words in frequencies(*scale.level)),
        other_levels=(),
        stripes=tuple(
            (scale.y(to), scale.y(since), name) for since, to, name in named_bands(*scale.level)
        ),
        surface_px=None,
        left_out=_left_out(result, index, _freq_of),
    )


LevelOf = Callable[[Volume], Extent | None]


def _height_of(volume: Volume) -> Extent | None:
    if volume.arena is Arena.SPECTRUM:
        return None
    return volume.height.lower.height_m, volume.height.upper.height_m


def _freq_of(volume: Volume) -> Extent | None:
    return None if volume.freq is None else (volume.freq.low_hz, volume.freq.high_hz)


def _drawable(
    result: CheckResult, index: VolumeIndex, level_of: LevelOf
) -> list[tuple[int, Conflict]]:
    """Return the first conflicts whose two volumes both have a place on the chart."""
    return _on_axis(result, index, level_of)[:CONFLICTS_DRAWN]


def _on_axis(
    result: CheckResult, index: VolumeIndex, level_of: LevelOf
) -> list[tuple[int, Conflict]]:
    return [
        (i, c)
        for i, c in enumerate(result.conflicts, start=1)
        if all(ref in index and level_of(index[ref][1]) is not None for ref in (c.a, c.b))
    ]


def _left_out(result: CheckResult, index: VolumeIndex, level_of: LevelOf) -> str:
    rest = len(_on_axis(result, index, level_of)) - CONFLICTS_DRAWN
    if rest <= 0:
        return ""
    return f"{count(rest, 'more conflict')} not drawn here; the first {CONFLICTS_DRAWN} are."


def _refs(found: Sequence[tuple[int, Conflict]]) -> list[VolumeRef]:
    return sorted({ref for _, c in found for ref in (c.a, c.b)})


def _volumes(found: Sequence[tuple[int, Conflict]], index: VolumeIndex) -> list[Volume]:
    return [index[ref][1] for ref in _refs(found)]


def _time_span(found: Sequence[tuple[int, Conflict]]) -> Extent:
    """Return the time that the conflicts take up with half as much on both sides.

    Without any finite instant it is a stretch that stands for all times: (0, 1).
    """
    ends = [t for _, c in found for t in (c.finding.start_s, c.finding.end_s) if math.isfinite(t)]
    if not ends:
        return 0.0, 1.0
    slack_s = max(0.5 * (max(ends) - min(ends)), _SLACK_S)
    return min(ends) - slack_s, max(ends) + slack_s


def _chart(
    what: tuple[Sequence[tuple[int, Conflict]], VolumeIndex, dict[str, PartyLook]],
    scale: _Scale,
    level_of: LevelOf,
    **rest: object,
) -> Chart:
    found, index, looks = what
    labels = Labels((LEFT_PX, TOP_PX, RIGHT_PX, BOTTOM_PX))
    clashes = tuple(_clash(i, c, index, (scale, level_of, labels)) for i, c in found)
    bars = tuple(_bar(ref, index, looks, (scale, level_of, labels)) for ref in _refs(found))
    low, high = scale.time_s
    ticks = [] if (low, high) == (0.0, 1.0) else clock(low, high)
    summary = (
        f"{count(len(bars), 'volume')} and {count(len(clashes), 'conflict')} drawn;"
        " the table of volumes says the same in words."
    )
    return Chart(
        summary=summary,
        bars=bars,
        clashes=clashes,
        times=tuple((scale.x(t), words) for t, words in ticks),
        **rest,  # type: ignore[arg-type]
    )


def _bar(
    ref: VolumeRef,
    index: VolumeIndex,
    looks: dict[str, PartyLook],
    how: tuple[_Scale, LevelOf, Labels],
) -> Bar:
    scale, level_of, labels = how
    activity, volume = index[ref]
    level = level_of(volume)
    assert level is not None
    left, top, right, bottom = scale.box((volume.time.start_s, volume.time.end_s), level)
    name = volume_name(activity, volume)
    if volume.freq is not None:
        name += f"; {band(volume.freq)}"
    label = short_name(activity, volume)
    width = 24.0 + text_width(label)
    x = min(max(left + 4.0, LEFT_PX + 2.0), RIGHT_PX - width)
    spots = [top + 4.0, bottom - 22.0, (top + bottom) / 2 - 9.0, top - 20.0, bottom + 2.0]
    spots += [top - 34.0, bottom + 16.0]  # beyond a conflict's number on a thin bar
    places = [(sx, y, sx + width, y + 18.0) for y in spots for sx in (x, right - width - 4.0)]
    box = labels.find(places)
    bar = (left, top, right - left, bottom - top, looks[ref.party], name)
    return Bar(*bar) if box is None else Bar(*bar, label, box[0], box[3] - 5.0)


def _clash(
    number: int, conflict: Conflict, index: VolumeIndex, how: tuple[_Scale, LevelOf, Labels]
) -> Clash:
    """Return the rectangle where two volumes overlap, or the gap between them.

    An emission that harms from beside a band harms in that band: there is no gap to be kept.
    """
    scale, level_of, labels = how
    sides = [index[ref][1] for ref in (conflict.a, conflict.b)]
    a, b = (level_of(volume) for volume in sides)
    assert a is not None
    assert b is not None
    inner = max(a[0], b[0]), min(a[1], b[1])
    finding = conflict.finding
    if finding.budget is not None and inner[0] > inner[1]:
        inner = a if sides[1].role is Role.EMIT else b
    left, top, right, bottom = scale.box((finding.start_s, finding.end_s), (min(inner), max(inner)))
    x, y = (left + right) / 2, (top + bottom) / 2
    places = [(x - 11, at - 11, x + 11, at + 11) for at in (y, top - 12, bottom + 12)]
    places += [(at - 11, y - 11, at + 11, y + 11) for at in (right + 12, left - 12)]
    box = labels.find(places)
    at_x, at_y = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) if box else (-1.0, -1.0)
    return Clash(left, top, right - left, bottom - top, number, at_x, at_y)
