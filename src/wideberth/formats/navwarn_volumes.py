"""From what a warning says to an activity: each place, in each window, in each arena."""

import math
from collections.abc import Iterator
from typing import Final, NamedTuple

from wideberth.formats.navwarn_dates import first_from
from wideberth.formats.navwarn_grammar import parse
from wideberth.formats.navwarn_kinds import Nature, nature_of
from wideberth.formats.navwarn_messages import Message
from wideberth.formats.navwarn_places import Place, footprints_of
from wideberth.formats.navwarn_quantities import AIS_HZ, GNSS_HZ, HALF_WIDTH_HZ
from wideberth.formats.navwarn_walk import Parsed
from wideberth.formats.navwarn_windows import Schedule, schedule_of, windows_of
from wideberth.formats.reading import Cancellation, Problem, ReadOptions, Severity
from wideberth.model.activity import Activity
from wideberth.model.footprint import Footprint
from wideberth.model.radio import Radio
from wideberth.model.span import FrequencyBand, HeightBand, TimeWindow
from wideberth.model.volume import Arena, Role, Volume
from wideberth.units import SECONDS_PER_DAY, SECONDS_PER_HOUR

SURFACE_TOP_M: Final = 50.0  # masts and superstructures; assumed, said once a reading
MAX_VOLUMES: Final = 400
GNSS: Final = "gnss_l1"  # rows of the protection data
AIS: Final = "ais"
_SURFACE: Final = HeightBand.of(0.0, SURFACE_TOP_M)
_ALL_AIR: Final = HeightBand.of(0.0, math.inf)
_NIGHT_S: Final = 3.0 * SECONDS_PER_HOUR  # the sun rises no earlier after the local midnight


class Built(NamedTuple):
    """What became of one message; counts are what the reader tells once for the whole file."""

    activity: Activity | None
    problems: tuple[Problem, ...]
    cancellations: tuple[Cancellation, ...]
    counts: dict[str, int]


def build(message: Message, options: ReadOptions) -> Built:
    """Return the activity of a message (None: no place could be used) with all remarks."""
    parsed = parse(message)
    problems = [Problem(s, message.where, w, "Look at the text.", t) for s, w, t in parsed.remarks]
    counts = {
        "wide": parsed.wide_berths,
        "vicinity": parsed.vicinities,
        "issue": int(message.issue_is_assumed),
    }
    ended = tuple(Cancellation(message.id, t, message.issue_s) for t in parsed.targets)
    if not parsed.places:
        return Built(None, tuple(problems), ended, counts)
    nature = nature_of(message.text)
    bands = _bands(parsed, nature)
    if nature.jams and not any(signal.role is Role.EMIT for signal in bands):
        what = "radio is jammed and no band is named; no emission is among the volumes."
        remedy = "Ask for the bands, and declare them in a plan."
        problems.append(Problem(Severity.PARTIAL, message.where, what, remedy, "JAMMING"))
    located, told = _located(message, parsed, options)
    windows, remarks = _windows(message, parsed)
    problems += [
        *told,
        *(Problem(Severity.PARTIAL, message.where, w, "Ask the issuer.", t) for w, t in remarks),
    ]
    each = 1 + nature.flies + len(bands)
    if sum(len(f) * len(windows[p.label]) for p, f in located) * each > MAX_VOLUMES:
        windows = {at: (TimeWindow(w[0].start_s, w[-1].end_s),) for at, w in windows.items()}
        what = f"more than {MAX_VOLUMES} volumes; each place is taken without a break in time."
        problems.append(Problem(Severity.PARTIAL, message.where, what, "Split the message."))
    volumes = tuple(_volumes(located, windows, parsed, nature, bands))
    if not volumes:
        return Built(None, tuple(problems), ended, counts)
    counts |= {
        "placed": 1,
        "air": int(nature.flies and not parsed.ceilings_m),
        "untimed": int(not parsed.times),
        "band": int(any(b not in (GNSS_HZ, *AIS_HZ) and _is_channel(b) for b, _, _ in bands)),
        "gnss": int(nature.satellites and any(b == GNSS_HZ for b, _, _ in bands)),
        "ais": int(nature.ais),
    }
    party = (options.party or "").strip() or message.party
    activity = Activity(party, message.id, volumes, parsed.title, nature.kind)
    return Built(activity, tuple(problems), ended, counts)


class _Signal(NamedTuple):
    """A band, whether the place listens or emits there, and the service that it is about."""

    band: tuple[float, float]
    role: Role
    service: str = ""


_Located = list[tuple[Place, tuple[Footprint, ...]]]


def _located(
    message: Message, parsed: Parsed, options: ReadOptions
) -> tuple[_Located, list[Problem]]:
    located: _Located = []
    problems: list[Problem] = []
    for place in parsed.places:
        words = message.text[place.start : place.end]
        footprints, told = footprints_of(
            place, _berth_m(place, parsed), options, where=message.where, words=words
        )
        located.append((place, footprints))
        problems.extend(told)
    return located, problems


def _is_channel(band: tuple[float, float]) -> bool:
    return band[1] - band[0] <= 2.0 * HALF_WIDTH_HZ


def _bands(parsed: Parsed, nature: Nature) -> list[_Signal]:
    """Return the bands with their role; satellites' and AIS's own only where they are disturbed."""
    role = Role.EMIT if nature.disturbs else Role.RECEIVE
    named = [b for b in parsed.bands if b != GNSS_HZ]
    on_satellites = [b for b in named if 1.1e9 < b[0] < 1.7e9]
    found = [_Signal(b, role, _service(b, role)) for b in named]
    found += [_Signal(b, Role.RECEIVE) for b in parsed.channels]
    if nature.satellites and not on_satellites:
        found.append(_Signal(GNSS_HZ, Role.EMIT, GNSS))
    if nature.ais:
        found += [_Signal(b, Role.EMIT, AIS) for b in AIS_HZ if b not in named]
    return found


def _service(band: tuple[float, float], role: Role) -> str:
    """Return which service an emission disturbs, by its band; nothing is said of a listener."""
    if role is not Role.EMIT:
        return ""
    if band[0] < GNSS_HZ[1] and GNSS_HZ[0] < band[1]:
        return GNSS
    return AIS if band in AIS_HZ else ""


def _paragraph(label: str) -> str:
    return label[:-1] if label and not label[-1].isdigit() else label


def _holds(label: str, place: str) -> bool:
    """Return whether what stands at a label speaks of a place: its own, its paragraph's, all."""
    return label in ("", place) or label == _paragraph(place)


def _berth_m(place: Place, parsed: Parsed) -> float:
    """Return the largest berth asked for around a place.

    One that stands in the last letter, where no other letter has one, is for all its letters.
    """
    if not parsed.berths:
        return 0.0
    found = [m for label, m in parsed.berths if _holds(label, place.label)]
    own = _paragraph(place.label)
    inside = [(b, m) for b, m in parsed.berths if _paragraph(b) == own and b != own]
    last = max((p.label for p in parsed.places if _paragraph(p.label) == own), default="")
    if len(inside) == 1 and inside[0][0] == last:
        found.append(inside[0][1])
    return max(found, default=0.0)


def _windows(
    message: Message, parsed: Parsed
) -> tuple[dict[str, tuple[TimeWindow, ...]], list[tuple[str, str]]]:
    """Return the windows of each label that has a place.

    A letter's own times rule, else its paragraph's; those in front of all paragraphs count too.
    """
    cancel_s, remarks = _cancel_s(message, parsed)
    labels = dict.fromkeys(p.label for p in parsed.places)
    if not parsed.times:
        plain, told = windows_of(Schedule(), issue_s=message.issue_s, cancel_s=cancel_s)
        return dict.fromkeys(labels, plain), [*remarks, *told]
    margin_s = _sun_margin_s(parsed)
    schedules = [
        (label, schedule_of(e, words, issue_s=message.issue_s, sun_margin_s=margin_s), words)
        for label, e, words in parsed.times
    ]
    out: dict[str, tuple[TimeWindow, ...]] = {}
    heard: set[str] = set()
    timed = {label for label, _, _ in parsed.times}
    for label in labels:
        own = label if label in timed else _paragraph(label)
        mine = [(s, w) for at, s, w in schedules if at in (own, "")]
        if label in timed and not _paragraph(label):
            mine = [(s, w) for at, s, w in schedules if at == label]
        heard |= {own, "" if _paragraph(label) else own}
        whole = Schedule()
        for schedule, _ in mine:
            whole = whole.joined(schedule)
        out[label], told = windows_of(whole, issue_s=message.issue_s, cancel_s=cancel_s)
        words = "; ".join(w for _, w in mine)
        remarks += [(what, text or words) for what, text in told]
    unheard = "a time in a part without a place; it was not used."
    remarks += [(unheard, words) for label, _, words in schedules if label not in heard]
    return out, list(dict.fromkeys(remarks))


def _sun_margin_s(parsed: Parsed) -> float:
    """Return how far the local day may lie from the day in UTC, where the sun sets the hours."""
    if not any(e.is_sun for _, elements, _ in parsed.times for e in elements):
        return 0.0
    reach = max(abs(lon) for place in parsed.places for lon, _ in place.points)
    return max(0.0, reach / 15.0 * SECONDS_PER_HOUR - _NIGHT_S)


def _cancel_s(message: Message, parsed: Parsed) -> tuple[float, list[tuple[str, str]]]:
    """Return when the message cancels itself: the first such moment at or after the issue."""
    cancel_s = math.inf
    issue = math.floor(message.issue_s / SECONDS_PER_DAY)
    for when in parsed.cancel:
        day = first_from(when.days[0][0], issue)
        at_s = math.inf if day is None else day * SECONDS_PER_DAY + when.end_s
        if day is None or at_s <= message.issue_s:
            what = "the message's own end lies before its issue; it was not used."
            return math.inf, [(what, "CANCEL THIS MSG")]
        cancel_s = min(cancel_s, at_s)
    return cancel_s, []


def _volumes(
    located: _Located,
    windows: dict[str, tuple[TimeWindow, ...]],
    parsed: Parsed,
    nature: Nature,
    bands: list[_Signal],
) -> Iterator[Volume]:
    air = HeightBand.of(0.0, max(parsed.ceilings_m)) if parsed.ceilings_m else _ALL_AIR
    n = 0
    for place, footprints in located:
        sea = _SURFACE
        if nature.dives or parsed.depths_m:
            depths_m = [m for label, m in parsed.depths_m if _holds(label, place.label)]
            top_m = -min(depths_m) if depths_m else SURFACE_TOP_M
            sea = HeightBand.of(-math.inf if nature.dives or depths_m else 0.0, top_m)
        name = f"{place.label}." if place.label else ""
        for footprint in footprints:
            for window in windows[place.label]:
                yield Volume(f"{name}{n}", Arena.SEA, footprint, sea, window)
                n += 1
                if nature.flies:
                    yield Volume(f"{name}{n}", Arena.AIR, footprint, air, window)
                    n += 1
                for band, role, service in bands:
                    yield Volume(
                        f"{name}{n}",
                        Arena.SPECTRUM,
                        footprint,
                        air if role is Role.EMIT else _SURFACE,
                        window,
                        FrequencyBand(*band),
                        role,
                        radio=Radio(service=service) if service else None,
                    )
                    n += 1
