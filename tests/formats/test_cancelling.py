import math

from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.cancelling import apply_cancellations
from wideberth.formats.reading import Cancellation, Reading, Severity
from wideberth.model.activity import Activity
from wideberth.model.footprint import Circle, Track
from wideberth.model.span import HeightBand, TimeWindow
from wideberth.model.volume import Arena, Volume

HERE = Circle((45.0, -12.0), 1000.0)
BAND = HeightBand.of(0.0, 50.0)
MOMENTS = st.sampled_from([0.0, 10.0, 20.0, 30.0, 40.0])


def a_warning(*windows, name="HYDROPAC 1/23", party="east"):
    volumes = tuple(
        Volume(str(i), Arena.SEA, HERE, BAND, TimeWindow(a, b)) for i, (a, b) in enumerate(windows)
    )
    return Activity(party, name, volumes)


def a_file(*activities, ends=(), form="navwarn", source="a.json"):
    return Reading(source, form, activities, cancellations=tuple(ends))


def spans(activities):
    return [(v.time.start_s, v.time.end_s) for a in activities for v in a.volumes]


@settings(max_examples=150)
@given(
    st.lists(st.tuples(MOMENTS, MOMENTS).filter(lambda w: w[0] < w[1]), min_size=1, max_size=4),
    st.lists(MOMENTS, max_size=3),
    st.booleans(),
)
def test_an_instant_counts_only_before_every_cancellation(windows, moments, together):
    ends = [Cancellation("HYDROPAC 9/23", "HYDROPAC 1/23", m) for m in moments]
    files = [a_file(a_warning(*windows), ends=ends if together else ())]
    files.append(a_file(source="b.json", ends=() if together else ends))
    kept, _ = apply_cancellations(files)
    for instant in (5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0):
        before = any(a <= instant < b for a, b in windows) and all(instant < m for m in moments)
        assert any(a <= instant < b for a, b in spans(kept)) == before


@settings(max_examples=60)
@given(st.permutations(range(4)))
def test_the_order_of_files_does_not_change_what_is_left(order):
    files = [
        a_file(a_warning((0.0, math.inf))),
        a_file(a_warning((5.0, 50.0), name="HYDROPAC 2/23"), source="b.json"),
        a_file(source="c.json", ends=[Cancellation("X 1/23", "HYDROPAC 1/23", 20.0)]),
        a_file(source="d.json", ends=[Cancellation("X 2/23", "HYDROPAC 1/23", 10.0)]),
    ]
    kept, _ = apply_cancellations([files[i] for i in order])
    assert sorted(spans(kept)) == [(0.0, 10.0), (5.0, 50.0)]


def test_what_was_ended_and_what_is_unknown_is_told():
    ends = [Cancellation("X 1/23", n, 20.0) for n in ("HYDROPAC 1/23", "HYDROPAC 7/23")]
    kept, problems = apply_cancellations([a_file(a_warning((0.0, 30.0), (25.0, 30.0)), ends=ends)])
    assert spans(kept) == [(0.0, 20.0)]
    assert {p.severity for p in problems} == {Severity.NOTE}
    assert "ended by X 1/23 at 1970-01-01T00:00:20Z: 1 of its volumes" in problems[0].what
    assert "HYDROPAC 7/23, and none of the files" in problems[1].what


def test_an_activity_with_nothing_left_goes():
    ends = [Cancellation("X 1/23", "HYDROPAC 1/23", 0.0)]
    kept, problems = apply_cancellations([a_file(a_warning((0.0, 30.0)), ends=ends)])
    assert kept == ()
    assert "nothing of it is left" in problems[0].what


def test_a_notice_does_not_end_itself_nor_one_of_another_kind_of_file():
    itself = a_file(
        a_warning((0.0, 9.0)), ends=[Cancellation("HYDROPAC 1/23", "HYDROPAC 1/23", 1.0)]
    )
    notam = a_file(form="notam", source="n.txt", ends=[Cancellation("A1/23", "HYDROPAC 1/23", 1.0)])
    kept, problems = apply_cancellations([itself, notam])
    assert spans(kept) == [(0.0, 9.0)]
    assert len(problems) == 2


def test_a_notam_ends_only_one_of_its_own_party():
    old = [a_warning((0.0, 9.0), name="A1/23", party=p) for p in ("LCCC", "LTAA")]
    new = a_warning((5.0, 9.0), name="A2/23", party="LTAA")
    files = [a_file(*old, form="notam", source="o.txt")]
    files.append(a_file(new, form="notam", ends=[Cancellation("A2/23", "A1/23", 4.0)]))
    kept, _ = apply_cancellations(files)
    assert [(a.party, a.id, spans([a])) for a in kept] == [
        ("LCCC", "A1/23", [(0.0, 9.0)]),
        ("LTAA", "A1/23", [(0.0, 4.0)]),
        ("LTAA", "A2/23", [(5.0, 9.0)]),
    ]


def test_a_moving_track_is_kept_whole_and_told():
    track = Track(((0.0, 0.0), (1.0, 0.0)), (0.0, 30.0), 10.0)
    moving = Activity("east", "T 1/23", (Volume("0", Arena.SEA, track, BAND, TimeWindow(0, 30)),))
    kept, problems = apply_cancellations([a_file(moving, ends=[Cancellation("X", "T 1/23", 9.0)])])
    assert kept == (moving,)
    assert [p.severity for p in problems] == [Severity.NOTE, Severity.PARTIAL]


def test_a_notam_that_only_cancels_ends_the_only_one_of_that_name_in_its_file():
    old = a_warning((0.0, 9.0), name="A1/23", party="LTAA")
    end = Cancellation("A2/23", "A1/23", 4.0)
    namesake = a_file(a_warning((0.0, 9.0), name="A1/23", party="LCCC"), form="notam", source="c")
    kept, _ = apply_cancellations([a_file(old, form="notam", ends=[end])])
    assert spans(kept) == [(0.0, 4.0)]
    kept, problems = apply_cancellations([a_file(old, form="notam", ends=[end]), namesake])
    assert spans(kept) == [(0.0, 9.0), (0.0, 9.0)]
    assert len(problems) == 1
