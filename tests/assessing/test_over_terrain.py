"""Terrain clears only what it shields, only with its tiles recorded, and never by a guess."""

import dataclasses
from itertools import pairwise

import numpy as np
import pytest
import synthetic_terrain as made
from builders import an_activity
from radio_scenes import AGREEMENT, a_receiver, an_emission

from wideberth.assessing.affected import Subject, assess
from wideberth.assessing.over_terrain import MODEL, OverTerrain, again
from wideberth.errors import ImpossibleValueError
from wideberth.formats.budget_json import budget_fields, read_budget
from wideberth.model.budget import Verdict
from wideberth.model.span import Datum, HeightBand
from wideberth.spectrum.terrain import Mosaic

WEST, EAST = (33.01, 34.05), (33.09, 34.05)  # 7.4 km apart within the tile
AT_HEIGHT_M = 10.0


def lifted(volume, top_m, datum=Datum.GROUND):
    return dataclasses.replace(volume, height=HeightBand.of(0.0, top_m, datum))


def a_pair(*, eirp_dbm=0.0, radius_m=0.0, top_m=AT_HEIGHT_M, datum=Datum.GROUND):
    sender = an_emission(300.0, eirp_dbm=eirp_dbm, place=WEST, radius_m=radius_m)
    ear = a_receiver(300.0, place=EAST, radius_m=radius_m, criterion="-100 dBm")
    return [
        an_activity(lifted(sender, top_m, datum), name="E"),
        an_activity(lifted(ear, top_m, datum), party="south", name="R"),
    ]


def looked_at(tiles, **given):
    refine = OverTerrain(Mosaic.of(tiles)) if tiles is not None else None
    agreement = dataclasses.replace(AGREEMENT, separations=())
    found = assess(a_pair(**given), agreement, Subject("north", "E"), refine=refine)
    (effect,) = [e for e in found.effects if e.theirs.activity == "R"]
    return effect


WALL = made.ridge(33.05, 600.0, half_width_deg=0.01)


@pytest.mark.parametrize("radius_m", [0.0, 100.0])
def test_a_ridge_between_clears_and_its_tile_is_recorded(radius_m):
    plain, over = looked_at(None, radius_m=radius_m), looked_at([WALL], radius_m=radius_m)
    assert plain.budget.verdict is Verdict.EXCEEDED
    assert over.budget.verdict is Verdict.CLEARED
    assert over.is_cleared
    assert over.budget.data == ((WALL.name, WALL.sha256),)
    assert over.budget.loss_db > plain.budget.loss_db
    assert over.budget.model == MODEL
    assert WALL.sha256 in " ".join(over.conflict.finding.notes)


def test_flat_ground_or_too_much_power_clears_nothing():
    assert looked_at([WALL], eirp_dbm=20.0).is_cleared
    assert not looked_at([made.flat_sea()], eirp_dbm=20.0).is_cleared
    over = looked_at([WALL], eirp_dbm=110.0)
    assert not over.is_cleared
    assert over.budget.interference_dbm > over.budget.limit_dbm


def test_a_tile_that_is_missing_or_void_on_the_way_clears_nothing():
    heights_m = np.array(WALL.heights_m)
    heights_m[:, 60] = np.nan
    for tiles in ([made.ridge(40.0, 600.0, corner=(40.0, 34.0))], [made.a_terrain(heights_m)]):
        over = looked_at(tiles)
        assert not over.is_cleared
        assert over.budget.data == ()
        assert any("no model over terrain" in text for text in over.budget.assumed)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"radius_m": 5_000.0}, "small area"),
        ({"radius_m": 400.0}, "too near for their size"),
        ({"top_m": 2_000.0}, "above the ground"),
        ({"datum": Datum.PRESSURE}, "not known above the ground"),
    ],
)
def test_where_the_ends_may_be_elsewhere_terrain_is_not_asked(given, why):
    over = looked_at([WALL], **given)
    assert over.budget.model != MODEL
    assert not over.budget.data
    assert any(why in text for text in over.budget.assumed)


def test_a_place_in_the_open_counts_although_the_middle_is_behind_the_hill():
    near = made.DEGREE_M * np.cos(np.radians(34.05))
    hill = made.from_formula(  # a sharp hill just east of the emitter, in the way of its middle
        lambda lon, lat: 300.0 * ((np.abs(lon - 33.0115) < 0.0006) & (np.abs(lat - 34.05) < 0.0006))
    )
    assert near > 0.0
    shielded = looked_at([hill])
    open_place = looked_at([hill], radius_m=140.0)
    assert open_place.budget.loss_db < shielded.budget.loss_db - 10.0


def test_more_size_of_an_end_never_adds_loss():
    losses_db = [looked_at([WALL], radius_m=r).budget.loss_db for r in (0.0, 20.0, 60.0, 120.0)]
    for one, other in pairwise(losses_db):
        assert other <= one + 0.5


def test_a_written_budget_is_reckoned_again_over_the_same_tiles_alone():
    over = looked_at([WALL])
    budget = read_budget(budget_fields(over.budget))
    assert again(budget, Mosaic.of([WALL])) == pytest.approx(over.budget.interference_dbm, abs=0.01)
    with pytest.raises(ImpossibleValueError, match=WALL.sha256):
        again(budget, Mosaic.of([made.flat_sea()]))
    lacking = dataclasses.replace(budget, inputs=budget.inputs[:-1])
    with pytest.raises(ImpossibleValueError, match="terrain"):
        again(lacking, Mosaic.of([WALL]))
