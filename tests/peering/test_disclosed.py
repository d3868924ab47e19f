"""What a peer may see: decided in one place, and nothing more than that can be read from it."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import theatres

from wideberth.model.activity import Activity, Disclosure, Flex, State
from wideberth.peering.disclosed import disclosed
from wideberth.peering.wire import write_activity

MARK = "NOBODY-MAY-READ-THIS"
states = st.sampled_from(State)


@st.composite
def activities(draw, disclose: Disclosure) -> Activity:
    """One of a theatre's, marked in every field that is not for others."""
    drawn = draw(theatres(most=2))[0]
    volumes = tuple(
        replace(v, criterion=MARK, eirp_dbm=54.321 if v.freq else None) for v in drawn.volumes
    )
    return Activity(
        "north", "N1", volumes, title=MARK, kind="patrol", priority=draw(st.integers(0, 9)),
        disclose=disclose, revision=draw(st.integers(1, 99)), state=draw(states),
        flex=Flex(54321.0, 54321.0, 54321.0), equipage=MARK, linked=MARK,
    )  # fmt: skip


@given(activities(Disclosure.PRIVATE))
@settings(max_examples=50)
def test_nothing_is_seen_of_what_is_private(activity):
    assert disclosed(activity) is None


@given(activities(Disclosure.FULL))
@settings(max_examples=50)
def test_all_is_seen_of_what_is_full_but_how_own_files_are_linked(activity):
    assert disclosed(activity) == replace(activity, linked="")


@given(activities(Disclosure.EXTENT))
@settings(max_examples=50)
def test_of_an_extent_no_word_and_no_figure_is_seen_that_is_not_for_others(activity):
    seen = disclosed(activity)
    assert seen is not None
    raw = write_activity(seen)
    assert MARK.encode() not in raw
    assert (seen.title, seen.equipage, seen.linked, seen.flex) == ("", "", "", None)
    for volume in seen.volumes:
        assert (volume.criterion, volume.eirp_dbm) == ("", None)


@given(activities(Disclosure.EXTENT))
@settings(max_examples=100)
def test_an_extent_is_told_under_the_same_name_kind_state_and_revision(activity):
    seen = disclosed(activity)
    assert seen is not None
    for name in ("party", "id", "kind", "priority", "state", "revision", "disclose"):
        assert getattr(seen, name) == getattr(activity, name), name
