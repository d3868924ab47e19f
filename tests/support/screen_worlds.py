"""Emitters and receivers for the screen's tests: rows drawn near the edges of the rule."""

import math

import numpy as np
from hypothesis import strategies as st

from wideberth.spectrum.screen import Emitters, Receivers

EARTH_M = 6.371e6
INF, NAN = math.inf, math.nan


def a_row(level, **changes):
    """Return a row of an emitter (level "eirp_dbm") or a receiver (level "limit_dbm")."""
    row = {
        "centre": (EARTH_M, 0.0, 0.0), "radius_m": 0.0, "low_hz": 300e6, "high_hz": 300.025e6,
        "floor_db": 80.0, "start_s": 0.0, "end_s": 3600.0, "link": -1,
        "owner": 1 if level == "eirp_dbm" else 2,
        level: 40.0 if level == "eirp_dbm" else -110.0,
    }  # fmt: skip
    return {**row, **changes}


def an_emitter(**changes):
    return a_row("eirp_dbm", **changes)


def a_receiver(**changes):
    return a_row("limit_dbm", **changes)


def columns(kind, rows):
    level = "eirp_dbm" if kind is Emitters else "limit_dbm"
    names = [*a_row(level)]
    data = {name: np.array([row[name] for row in rows]) for name in names}
    data["centre"] = data["centre"].reshape(len(rows), 3)
    return kind(**data)


def emitters_of(rows):
    return columns(Emitters, rows)


def receivers_of(rows):
    return columns(Receivers, rows)


def on_earth(lon_deg, lat_deg, height_m=0.0):
    lon, lat, r = math.radians(lon_deg), math.radians(lat_deg), EARTH_M + height_m
    return (
        r * math.cos(lat) * math.cos(lon), r * math.cos(lat) * math.sin(lon), r * math.sin(lat)
    )  # fmt: skip


places = st.one_of(
    st.builds(on_earth, st.sampled_from((0.0, 1e-5, 0.01, 0.3, 5.0, 180.0)), st.just(0.0)),
    st.builds(on_earth, st.floats(-180, 180), st.floats(-90, 90), st.floats(-1e2, 1e4)),
)
# Bands that touch, nest and stand apart; 8.33 kHz beside 100 MHz beside a whole front end.
bands = st.one_of(
    st.sampled_from(
        (
            (118e6, 118.00833e6), (118.00833e6, 118.01666e6), (118.01666e6, 118.025e6),
            (4.2e9, 4.3e9), (4.3e9, 4.4e9), (4.25e9, 4.35e9), (30e6, 4.2e9), (30e6, 40e9),
        )
    ),
    st.tuples(st.floats(30e6, 40e9), st.sampled_from((8.33e3, 1e6, 1e8, 1e10))).map(
        lambda drawn: (drawn[0], drawn[0] + drawn[1])
    ),
)  # fmt: skip
windows = st.sampled_from(
    ((0.0, 10.0), (10.0, 20.0), (5.0, 15.0), (-INF, INF), (-INF, 5.0), (20.0, INF))
)


def rows(level):
    levels = (
        (-30.0, 30.0, 44.0, 120.0, NAN) if level == "eirp_dbm" else (-150.0, -100.0, -20.0, NAN)
    )

    def built(place, band, window, **rest):
        extent = {"low_hz": band[0], "high_hz": band[1], "start_s": window[0], "end_s": window[1]}
        return a_row(level, centre=place, **extent, **rest)

    return st.builds(
        built, places, bands, windows,
        radius_m=st.sampled_from((0.0, 10.0, 20e3, 1e6)),
        floor_db=st.sampled_from((0.0, 3.0, 40.0, 80.0, 100.0, NAN)),
        owner=st.integers(0, 2), link=st.sampled_from((-1, -1, 7)),
        **{level: st.one_of(st.sampled_from(levels), st.floats(-160.0, 120.0))},
    )  # fmt: skip


emitter_rows, receiver_rows = rows("eirp_dbm"), rows("limit_dbm")


def a_large_set(kind, count, seed):
    """Return a seeded set with everything in it: all widths, powers, sizes, unknowns, links."""
    chance = np.random.default_rng(seed)
    low_hz = chance.choice([30e6, 118e6, 4.2e9, 9.3e9], count) + chance.choice(
        [0.0, 8333.0, 25e3, 1e6, 5e7], count
    ) * chance.integers(0, 4, count)
    width_hz = chance.choice([8333.0, 25e3, 1e6, 1e8], count)
    lon = np.radians(chance.uniform(28, 38, count))
    lat = np.radians(chance.uniform(31, 39, count))
    unit = np.stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)), axis=1)
    start_s = np.where(chance.random(count) < 0.3, -INF, chance.integers(0, 10, count) * 10.0)
    level = chance.uniform(0, 90, count) if kind is Emitters else chance.uniform(-120, -40, count)
    level[chance.random(count) < 0.01] = NAN
    floor_db = chance.choice([40.0, 60.0, 80.0, 100.0], count)
    floor_db[chance.random(count) < 0.01] = NAN
    return kind(
        EARTH_M * unit + chance.uniform(0, 1e4, (count, 1)) * unit,
        chance.choice([0.0, 10.0, 5e3, 1e5], count, p=[0.4, 0.4, 0.18, 0.02]),
        low_hz, low_hz + width_hz, floor_db, start_s,
        start_s.clip(0.0) + chance.choice([10.0, 20.0, INF], count),
        chance.integers(0, 3, count), chance.integers(-1, 40, count), level,
    )  # fmt: skip
