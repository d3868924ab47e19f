"""Several files as one picture: merged by activity, nothing lost, disagreement told."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.gathering import gather
from wideberth.formats.reading import Cancellation, Reading, Severity
from wideberth.model.activity import Activity
from wideberth.model.footprint import Circle
from wideberth.model.span import HeightBand, TimeWindow
from wideberth.model.volume import Arena, Volume


def a_volume(name="0", lon=26.0):
    return Volume(
        name, Arena.AIR, Circle((lon, 36.0), 500.0), HeightBand.of(0, 900), TimeWindow(0.0, 60.0)
    )


def an_activity(*volumes, **changes):
    return Activity("north", "survey", volumes or (a_volume(),), **changes)


def a_file(name, *activities, **more):
    return Reading(name, more.pop("format", "plan"), tuple(activities), **more)


def problems_of(readings):
    return [p for reading in readings for p in reading.problems]


def test_one_activity_in_two_files_has_the_volumes_of_both():
    one = a_file("a", an_activity(a_volume("0"), a_volume("1", 27.0)))
    two = a_file("b", an_activity(a_volume("0", 28.0), title="Survey"))
    (activity,), links, readings = gather([one, two])
    assert [v.id for v in activity.volumes] == ["0", "1", "2"]
    assert [v.footprint.centre[0] for v in activity.volumes] == [26.0, 27.0, 28.0]
    assert activity.title == "Survey"
    assert (links, problems_of(readings)) == ((), [])
    assert [len(r.activities) for r in readings] == [1, 1]


def test_one_volume_in_two_files_is_taken_once_and_told():
    (activity,), _, readings = gather([a_file("a", an_activity()), a_file("b", an_activity())])
    assert len(activity.volumes) == 1
    assert [p.severity for p in readings[1].problems] == [Severity.NOTE]


def test_a_named_volume_that_differs_is_kept_and_is_an_error():
    one, two = an_activity(a_volume("box")), an_activity(a_volume("box", 27.0))
    (activity,), _, readings = gather([a_file("a", one), a_file("b", two)])
    assert len(activity.volumes) == 2
    assert [p.severity for p in readings[1].problems] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [({"title": "A"}, {"title": "B"}), ({"priority": 1}, {"priority": 2}), ({}, {"revision": 2})],
)
def test_files_that_disagree_about_an_activity_are_an_error(ours, theirs):
    readings = [a_file("a", an_activity(**ours)), a_file("b", an_activity(**theirs))]
    assert Severity.ERROR in [p.severity for p in gather(readings)[2][1].problems]


def test_the_same_id_of_two_parties_is_two_activities():
    south = replace(an_activity(), party="south")
    activities, _, _ = gather([a_file("a", an_activity()), a_file("b", south)])
    assert [a.party for a in activities] == ["north", "south"]


def test_a_cancellation_in_another_file_takes_effect_and_is_told():
    notice = Activity("NAVAREA III", "NAVAREA III 12/27", (a_volume(),))
    cancel = Cancellation("NAVAREA III 13/27", "NAVAREA III 12/27", -5.0)
    one = a_file("a", notice, format="navwarn")
    two = a_file("b", format="navwarn", cancellations=(cancel,))
    activities, _, readings = gather([one, two])
    assert activities == ()
    assert "12/27" in " ".join(p.what + p.where for p in problems_of(readings))


VOLUMES = st.lists(
    st.builds(a_volume, st.sampled_from(["0", "1", "2", "box"]), st.sampled_from([26.0, 27.0])),
    min_size=1,
    max_size=3,
    unique_by=lambda volume: volume.id,
)
FILES = st.lists(st.tuples(st.sampled_from(["north", "south"]), VOLUMES), min_size=1, max_size=4)


@given(FILES)
@settings(max_examples=200, deadline=None)
def test_gathering_loses_no_volume_and_makes_none(files):
    readings = [
        a_file(str(number), replace(an_activity(*volumes), party=party))
        for number, (party, volumes) in enumerate(files)
    ]
    activities, _, _ = gather(readings)
    for party in {party for party, _ in files}:
        given_places = {v.footprint for p, volumes in files if p == party for v in volumes}
        (found,) = [a for a in activities if a.party == party]
        assert {v.footprint for v in found.volumes} == given_places
        assert len(found.volumes) <= sum(len(volumes) for p, volumes in files if p == party)
