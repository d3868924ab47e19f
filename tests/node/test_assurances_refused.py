"""Assurances that cannot be given, renewed or withdrawn are refused, and say why."""

import asyncio

import pytest
from assurance_scenes import (
    AGREEMENT,
    SCOPE,
    H,
    both,
    given_by,
    near,
    said,
)
from msgspec import structs
from two_nodes import T0, two_nodes

from wideberth.council.refusals import NotFittingError
from wideberth.errors import WideberthError
from wideberth.node.council.assuring import MOST_STANDING
from wideberth.node.refusals import NotAllowedError
from wideberth.peering.council.assurance import (
    AssuranceLapsed,
    AssuranceRenewed,
    AssuranceWithdrawn,
)
from wideberth.peering.wire_footprint import WireTrack


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"scope": structs.replace(SCOPE, end_s=T0)}, "runs backwards"),
        ({"scope": structs.replace(SCOPE, start_s=T0 - 9.0, end_s=T0 - 1.0)}, "has passed"),
        ({"scope": structs.replace(SCOPE, end_s=T0 + 400 * 24 * H)}, "longer than"),
        ({"answers": "concern/south/C-9"}, "not known"),
        ({"answers": "nonsense"}, "not known"),
        ({"clause": "no such"}, "clause"),
    ],
)
def test_an_assurance_that_cannot_be_is_not_given(different, words):
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            with pytest.raises(WideberthError, match=words):
                await given_by(pair.north, **different)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("body", "more", "words"),
    [
        (AssuranceRenewed, {"until_s": T0 + 5 * 24 * H}, "no later"),
        (AssuranceRenewed, {"until_s": T0 + 999 * 24 * H}, "longer"),
        (AssuranceWithdrawn, {"ends_s": T0 + H}, "reason"),
        (AssuranceWithdrawn, {"ends_s": T0 - H, "words": "w"}, "passed"),
        (AssuranceWithdrawn, {"ends_s": T0 + 999 * H, "words": "w"}, "later than"),
        (AssuranceLapsed, {}, "not lapsed yet"),
    ],
)
def test_what_does_not_fit_is_not_said_of_an_assurance(body, more, words):
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            one = await given_by(pair.north)
            with pytest.raises(NotFittingError, match=words):
                await pair.north.do(said(one, body, **more))
            await pair.settle()
            with pytest.raises(NotFittingError, match="only north"):
                await pair.south.do(said(one, AssuranceWithdrawn, ends_s=T0 + H, words="w"))

    asyncio.run(run())


def test_a_party_gives_no_more_assurances_than_its_activities_can_be_held_against():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            for _ in range(MOST_STANDING):
                await given_by(pair.north)
            with pytest.raises(NotAllowedError, match="stand"):
                await given_by(pair.north)

    asyncio.run(run())


def test_a_promise_about_a_convoy_is_renewed_no_further_than_the_convoy_goes():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            line = WireTrack(
                points=((33.0, 34.0), (34.0, 34.0)), times_s=(T0, T0 + 9 * H), radius_m=5000.0
            )
            scope = structs.replace(SCOPE, area=line, end_s=T0 + 6 * H)
            one = await given_by(pair.north, scope=scope)
            await pair.north.do(said(one, AssuranceRenewed, until_s=T0 + 9 * H))
            with pytest.raises(WideberthError, match="moves"):
                await pair.north.do(said(one, AssuranceRenewed, until_s=T0 + 9 * H + 1.0))
            await pair.north.declare(near(hours=0.0))
            await both(pair, [("north", one.id, "A1")])

    asyncio.run(run())
