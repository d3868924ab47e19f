"""Bands guarded from the start: an agreement says more of them, and drops none in silence."""

import dataclasses
import math

import pytest
from builders import a_volume, an_activity
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.checking import check
from wideberth.formats.agreement_toml import read
from wideberth.formats.protection_toml import shipped_data
from wideberth.formats.reading import ReadOptions, Severity
from wideberth.formats.report_facts import headline
from wideberth.formats.times import utc
from wideberth.model.agreement import RestrictionKind
from wideberth.model.footprint import Circle, Everywhere
from wideberth.model.span import TimeWindow
from wideberth.model.volume import Arena

LEAST = """
id = "example"
version = 1
title = "Example"
parties = ["north", "south"]
[[clause]]
id = "F1"
text = "Distress stays clear."
[[separation]]
arenas = ["air", "air"]
clause = "F1"
lateral_nm = 5
vertical_ft = 1000
time_min = 5
"""
SHIPPED = shipped_data()
ALWAYS = TimeWindow(-math.inf, math.inf)


def reading_of(extra):
    return read((LEAST + extra).encode(), "agreement.toml", ReadOptions())


def agreement_of(extra=""):
    reading = reading_of(extra)
    assert [p.what for p in reading.problems if p.severity is Severity.ERROR] == []
    return reading.agreement


def errors_of(extra):
    return [p for p in reading_of(extra).problems if p.severity is Severity.ERROR]


@pytest.mark.parametrize(
    "slip",
    [
        'kind = "GUARDED"', 'kind = "guarded"', 'kind = "GUARDED (enemy)"', 'kind = "ENEMY"',
        'kind = "TABOO"\ntitle = "Guarded enemy frequency"',
        'kind = "PROTECTED"\ntitle = "Adversary command net"',
    ],
)  # fmt: skip
def test_a_guarded_band_of_an_adversary_is_refused_and_told_why(slip):
    extra = f'[[restricted]]\nid = "g"\nclause = "F1"\ncenter_mhz = 300\nbandwidth_khz = 25\n{slip}'
    (found,) = errors_of(extra)
    assert "intelligence about others" in found.what
    assert "TABOO and PROTECTED" in found.what


def test_a_channel_that_ships_keep_a_watch_on_is_no_enemy_frequency():
    extra = '[[restricted]]\nid = "marine-16"\nclause = "F1"\ntitle = "Guarded by all ships"'
    assert agreement_of(extra).restrictions[0].title == "Guarded by all ships"


def guard_of(name):
    return next(guard for guard in SHIPPED.guards if guard.id == name)


def test_what_an_agreement_leaves_out_of_a_guard_is_as_shipped():
    extra = """
        [[restricted]]
        id = "gnss-l1"
        clause = "F1"
        contact = "Duty officer"
        review = 2027-06-01
    """
    reading = reading_of(extra)
    (first, *others) = reading.agreement.restrictions
    guard = guard_of("gnss-l1")
    assert first == dataclasses.replace(
        guard, clause="F1", contact="Duty officer", review_s=utc(2027, 6, 1), source="",
        verified=True,
    )  # fmt: skip
    assert others == [one for one in SHIPPED.guards if one.id != "gnss-l1"]
    assert "1 restricted bands, and 10 guarded from the start" in reading.understood[0]
    assert [p for p in reading.problems if p.severity is Severity.NOTE] == []


@pytest.mark.parametrize(
    "text", ['"2027-06-01"', "2027-06-01", '"2027-06-01T02:00:00+02:00"', "2027-06-01T00:00:00Z"]
)
def test_a_review_date_is_a_date_or_an_instant(text):
    extra = f'[[restricted]]\nid = "ssr"\nclause = "F1"\nreview = {text}'
    assert agreement_of(extra).restrictions[0].review_s == utc(2027, 6, 1)


def test_a_guard_that_stands_in_an_area_only_is_said():
    extra = """
        [[restricted]]
        id = "ssr"
        clause = "F1"
        area = { center = [33.0, 34.0], radius_nm = 30 }
    """
    reading = reading_of(extra)
    assert isinstance(reading.agreement.restrictions[0].area, Circle)
    (note,) = [p for p in reading.problems if p.severity is Severity.NOTE]
    assert "clause F1 has 'ssr' guarded in its area and time only" in note.what


EDGES_HZ = sorted({e for g in SHIPPED.guards for e in (g.band.low_hz, g.band.high_hz)})
AREAS = {"": Everywhere, "area = { center = [33.0, 34.0], radius_nm = 30 }\n": Circle}


@given(
    name=st.sampled_from([*(guard.id for guard in SHIPPED.guards), "own"]),
    kind=st.sampled_from(["TABOO", "PROTECTED"]),
    edges=st.tuples(st.sampled_from(EDGES_HZ), st.sampled_from(EDGES_HZ)),
    off=st.tuples(*[st.sampled_from([-12_500, 0, 12_500])] * 2),
    area=st.sampled_from(sorted(AREAS)),
    start=st.sampled_from(["", "start = 2027-01-01T00:00:00Z\n"]),
)
@settings(max_examples=300, deadline=None)
def test_no_restricted_band_drops_a_guard_in_silence(name, kind, edges, off, area, start):
    low_hz, high_hz = sorted(edge + shift for edge, shift in zip(edges, off, strict=True))
    reading = reading_of(
        f'[[restricted]]\nid = "{name}"\nclause = "F1"\nkind = "{kind}"\n{area}{start}'
        f"freq_low_mhz = {low_hz / 1e6!r}\nfreq_high_mhz = {high_hz / 1e6!r}\n"
    )
    if reading.is_refused:
        assert low_hz == high_hz or not _holds((low_hz, high_hz), guard_of(name))
        return
    for guard in SHIPPED.guards:
        assert _is_kept(guard, reading)


def _holds(edges_hz, guard):
    return edges_hz[0] <= guard.band.low_hz and guard.band.high_hz <= edges_hz[1]


def _is_kept(guard, reading):
    for one in reading.agreement.restrictions:
        if not _holds((one.band.low_hz, one.band.high_hz), guard):
            continue
        if isinstance(one.area, Everywhere) and one.window == ALWAYS:
            if one.id == guard.id or one.kind in (guard.kind, RestrictionKind.TABOO):
                return True
        elif one.id == guard.id:
            return any(f"'{guard.id}' guarded in its area" in p.what for p in reading.problems)
    return False


def test_a_band_the_agreement_keeps_everywhere_is_found_once_and_by_its_clause():
    extra = """
        [[restricted]]
        id = "own-distress"
        kind = "TABOO"
        clause = "F1"
        center_mhz = 121.5
        bandwidth_khz = 100
    """
    emission = a_volume(arena=Arena.SPECTRUM, band_hz=(121.49e6, 121.51e6))
    found = check([an_activity(emission)], agreement_of(extra)).conflicts
    assert [conflict.finding.clause for conflict in found] == ["F1"]


def test_an_emission_in_a_guarded_band_is_found_though_the_agreement_is_silent_on_radio():
    emission = a_volume(arena=Arena.SPECTRUM, band_hz=(1575e6, 1576e6))
    (conflict,) = check([an_activity(emission)], agreement_of()).conflicts
    assert "PROTECTED band Satellite navigation" in conflict.finding.why


def test_flights_of_one_party_are_not_called_judged_because_bands_are_guarded():
    flight = an_activity(a_volume())
    emission = an_activity(a_volume(arena=Arena.SPECTRUM, band_hz=(300e6, 301e6)))
    assert headline(check([flight], agreement_of()), ()).startswith("Nothing was judged")
    assert headline(check([emission], agreement_of()), ()).startswith("No conflict found")
