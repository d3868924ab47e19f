"""What looks wrong in the light of the agreement is told, and nothing is refused for it."""

import dataclasses

from builders import NOON_S, a_volume, an_activity, an_agreement

from wideberth.formats.plausible import look_over
from wideberth.model.footprint import Circle
from wideberth.model.span import TimeWindow


def told(*activities, **changes):
    agreement = dataclasses.replace(an_agreement(), **changes)
    return [f"{p.where}: {p.what}" for p in look_over(activities, agreement).problems]


def test_an_activity_inside_everything_has_no_remark():
    assert told(an_activity()) == []


def test_one_nine_kilometres_outside_the_theatre_is_told_with_its_distance():
    theatre = Circle((33.0, 34.0), 100_000.0)
    far = an_activity(a_volume(Circle((34.238, 34.0), 5000.0)))
    assert told(far, theatre=theatre) == ["north N1, volume 0: lies 5.06 NM outside the theatre."]
    assert told(an_activity(), theatre=theatre) == []


def test_a_party_spelt_in_two_ways_is_told():
    (line,) = told(an_activity(party="North"), an_activity())
    assert line.startswith("parties: parties 'North', 'north' differ only in letter case")


def test_times_outside_the_validity_are_told():
    (line,) = told(an_activity(), validity=TimeWindow(NOON_S, NOON_S + 60.0))
    assert "validity" in line
