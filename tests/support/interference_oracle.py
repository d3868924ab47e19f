"""Aggregates and intermodulation worked out one by one in plain Python, in free space alone.

Written from reference/spectrum.md, section 2.1, and the docstrings. It knows discs, heights above
the sea, declared powers, criteria in dBm and antennas that radiate alike to all sides; bands that
overlap or lie far apart.
"""

import itertools
import math

from pyproj import Geod

from wideberth.model.volume import Role

GEOD = Geod(ellps="WGS84")
LEAST_RADIUS_M = 6378137.0 * (1.0 - 0.0066943799901413165)
CONVERSION_DB = 10.0
GUARD_DBM = -36.0
INTERCEPT_DBM = -10.0
FORMS = ((1, 1), (1, -1), (2, -1), (1, 1, -1), (3, -2))


def free_space_db(freq_hz, distance_m):
    """P.525-4: 20 log f(MHz) + 20 log d(km) + 32.45, from 1 m on; 32.4478 unrounded."""
    constant = 20.0 * math.log10(4.0 * math.pi * 1e9 / 299_792_458.0)
    return (
        constant + 20.0 * math.log10(freq_hz / 1e6) + 20.0 * math.log10(max(1.0, distance_m) / 1e3)
    )


def ground_m(a, b):
    apart_m = GEOD.inv(*a.footprint.centre, *b.footprint.centre)[2]
    return max(0.0, apart_m - a.footprint.radius_m - b.footprint.radius_m)


def distance_m(a, b):
    chord_m = 2.0 * LEAST_RADIUS_M * math.sin(ground_m(a, b) / LEAST_RADIUS_M / 2.0)
    above_m = max(
        0.0,
        a.height.lower.height_m - b.height.upper.height_m,
        b.height.lower.height_m - a.height.upper.height_m,
    )
    return math.hypot(chord_m, above_m)


def shared_s(*volumes):
    return max(v.time.start_s for v in volumes), min(v.time.end_s for v in volumes)


def is_at_once(*volumes):
    start_s, end_s = shared_s(*volumes)
    return start_s < end_s


def do_overlap(one, other):
    return one[0] < other[1] and other[0] < one[1]


def band(volume):
    return volume.freq.low_hz, volume.freq.high_hz


def gain_dbi(volume):
    antenna = volume.radio.antenna if volume.radio else None
    return antenna.gain_dbi if antenna else 0.0


def limit_dbm(receiver, margin_db):
    return float(receiver.criterion.removesuffix(" dBm")) - margin_db


def arrives_dbm(eirp_dbm, emitter, receiver, freq_hz):
    return eirp_dbm - free_space_db(freq_hz, distance_m(emitter, receiver)) + gain_dbi(receiver)


def far_rejection_db(emission, receiver):
    """The spurious part may lie anywhere; the rest is heard through the receiver's floor."""
    spurious, floor = (10.0 ** (-v.radio.mask[-1][1] / 10.0) for v in (emission, receiver))
    kept = spurious + (1.0 - spurious) * floor
    return min(-10.0 * math.log10(kept), emission.radio.mask[-1][1])


def direct_dbm(emission, receiver):
    freq_hz = min(emission.freq.low_hz, receiver.freq.low_hz)
    level_dbm = arrives_dbm(emission.eirp_dbm, emission, receiver, freq_hz)
    if do_overlap(band(emission), band(receiver)):
        return level_dbm
    return level_dbm - far_rejection_db(emission, receiver)


def blocking_dbm(emission, receiver):
    if not do_overlap(band(emission), band(receiver)):
        return None
    freq_hz = min(emission.freq.low_hz, receiver.freq.low_hz)
    return arrives_dbm(emission.eirp_dbm, emission, receiver, freq_hz)


def volumes_of(activities, role):
    return [((a.party, a.id, v.id), a, v) for a in activities for v in a.volumes if v.role is role]


def are_others(a, b):
    return a.party != b.party and not (a.linked and a.linked == b.linked)


def sums(activities, margin_db, *, blocking=False):
    """Return {receiver: (total, contributors, margins of all that singly pass)} above the limit."""
    found = {}
    for key, owner, receiver in volumes_of(activities, Role.RECEIVE):
        limit = receiver.radio.overload_dbm if blocking else limit_dbm(receiver, margin_db)
        parts = []
        for name, other, emission in volumes_of(activities, Role.EMIT):
            if not are_others(owner, other) or not is_at_once(emission, receiver):
                continue
            level = (blocking_dbm if blocking else direct_dbm)(emission, receiver)
            if level is not None and level <= limit:
                parts.append((name, level, *shared_s(emission, receiver)))
        best = -math.inf, frozenset()
        for _, _, at_s, _ in parts:
            on_air = [(n, level) for n, level, start, end in parts if start <= at_s < end]
            total = 10.0 * math.log10(sum(10.0 ** (level / 10.0) for _, level in on_air))
            best = max(best, (total, frozenset(n for n, _ in on_air)), key=lambda b: b[0])
        margins = [limit - level for _, level, _, _ in parts]
        if best[0] > limit:
            found[key] = (*best, margins)
    return found


def site_numbers(emitters, site_m):
    """Return each emitter's site: those that a chain of near, own or linked ones joins."""
    where = {name: k for k, (name, _, _) in enumerate(emitters)}
    for (name, a, v), (other, b, w) in itertools.combinations(emitters, 2):
        is_own = (a.party, a.id) == (b.party, b.id) or (a.linked and a.linked == b.linked)
        if is_own or (is_at_once(v, w) and ground_m(v, w) <= site_m):
            one, two = where[name], where[other]
            where = {key: one if number == two else number for key, number in where.items()}
    return where


def product_band(form, bands):
    low = sum(m * b[0] if m > 0 else m * b[1] for m, b in zip(form, bands, strict=True))
    high = sum(m * b[1] if m > 0 else m * b[0] for m, b in zip(form, bands, strict=True))
    if low >= 0.0:
        return low, high
    return (-high, -low) if high <= 0.0 else (0.0, max(high, -low))


def choices(form, emitters):
    """Each set of different emitters once, where it does not matter which comes first."""
    for picked in itertools.permutations(range(len(emitters)), len(form)):
        same = [(0, 1)] if form in ((1, 1), (1, -1), (1, 1, -1)) else []
        if all(picked[i] < picked[j] for i, j in same):
            yield [emitters[k] for k in picked]


def off_tune_db(falls, own):
    """Nothing up to a factor of 1.2 between the nearest edges, 60 dB from an octave on."""
    ratio = falls[0] / own[1] if falls[0] > own[1] else own[0] / falls[1]
    if ratio <= 1.2:
        return 0.0
    return 60.0 * min(1.0, math.log(ratio / 1.2) / math.log(2.0 / 1.2))


def gain_on_dbi(source, falls):
    """The antenna's own where all of it is within 1.2, none where it is not; between, the more."""
    own = band(source)
    if own[0] / 1.2 <= falls[0] and falls[1] <= own[1] * 1.2:
        return gain_dbi(source)
    return 0.0 if off_tune_db(falls, own) > 0.0 else max(0.0, gain_dbi(source))


def leaving_dbm(source, volumes, falls, site_m):
    """P2 - L12 - A from the weaker, if all are near, in tune as far as they are."""
    others = [v for v in volumes if v is not source]
    if any(ground_m(source, v) > site_m for v in others):
        return None
    found = [
        v.eirp_dbm
        - free_space_db(v.freq.low_hz, distance_m(source, v))
        - off_tune_db(band(v), band(source))
        for v in others
    ]
    lost_db = CONVERSION_DB + off_tune_db(falls, band(source))
    return min(found) - lost_db + gain_on_dbi(source, falls)


def inside_dbm(form, volumes, receiver):
    if not all(do_overlap(band(v), band(receiver)) for v in volumes):
        return -math.inf
    order = sum(map(abs, form))
    intercept = receiver.radio.iip3_dbm if receiver.radio.iip3_dbm is not None else INTERCEPT_DBM
    total = sum(
        abs(m) * arrives_dbm(v.eirp_dbm, v, receiver, min(v.freq.low_hz, receiver.freq.low_hz))
        for m, v in zip(form, volumes, strict=True)
    )
    more_db = 20.0 * math.log10(2.0) if form == (1, 1, -1) else 0.0
    return total - (order - 1) * intercept + more_db


def mixtures(activities, margin_db, site_m, guards=()):
    """Return {receiver or guard: (worst level, contributors)} above what each bears."""
    emitters = volumes_of(activities, Role.EMIT)
    listeners = [(k, a, v, False) for k, a, v in volumes_of(activities, Role.RECEIVE)]
    listeners += [(("guard", g.id, g.id), None, g, True) for g in guards]
    where = site_numbers(emitters, site_m)
    found = {}
    for form in FORMS:
        for picked in choices(form, emitters):
            volumes = [v for _, _, v in picked]
            if len({where[name] for name, _, _ in picked}) > 1 or not is_at_once(*volumes):
                continue
            falls = product_band(form, [band(v) for v in volumes])
            for key, owner, receiver, is_guard in listeners:
                if is_guard:
                    level = _guarded(receiver, volumes, falls, site_m)
                else:
                    if not any(are_others(owner, a) for _, a, _ in picked):
                        continue
                    level = _received(form, volumes, falls, (receiver, margin_db, site_m))
                if level is not None:
                    names = frozenset(name for name, _, _ in picked)
                    found[key] = max(found.get(key, (-math.inf, None)), (level, names), key=_first)
    return found


def _first(pair):
    return pair[0]


def _guarded(guard, volumes, falls, site_m):
    if not do_overlap(falls, (guard.band.low_hz, guard.band.high_hz)):
        return None
    start_s, end_s = shared_s(*volumes)
    if not max(start_s, guard.window.start_s) < min(end_s, guard.window.end_s):
        return None
    area = guard.area
    levels = []
    for source in volumes:
        apart_m = GEOD.inv(*source.footprint.centre, *area.centre)[2]
        if apart_m <= source.footprint.radius_m + area.radius_m:
            levels.append(leaving_dbm(source, volumes, falls, site_m))
    levels = [level for level in levels if level is not None and level > GUARD_DBM]
    return max(levels) if levels else None


def _received(form, volumes, falls, asked):
    receiver, margin_db, site_m = asked
    if not do_overlap(falls, band(receiver)) or not is_at_once(*volumes, receiver):
        return None
    freq_hz = max(1.0, min(falls[0], receiver.freq.low_hz))
    levels = []
    for source in volumes:
        leaves = leaving_dbm(source, volumes, falls, site_m)
        if leaves is not None:
            levels.append(arrives_dbm(leaves, source, receiver, freq_hz))
    if not levels:
        return None
    level = max(*levels, inside_dbm(form, volumes, receiver))
    return level if level > limit_dbm(receiver, margin_db) else None
