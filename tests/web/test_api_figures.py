"""Figures and the score board over the API: the same on both sides, for who may see them."""

import asyncio

from api_clients import client_of
from behind import pass_time
from drill_scenes import answer_all
from two_nodes import T0, an_activity, two_nodes
from year_scenes import AGREEMENT

from wideberth.node.people import Role

URL = "/api/v1/parties"


def played(scene):
    async def whole():
        async with two_nodes(AGREEMENT) as pair:
            await pair.north.declare(an_activity())
            await pass_time(pair, 1830.0, step_s=61.0)
            await answer_all(pair.south)
            await pass_time(pair, 122.0, step_s=61.0)
            north = await client_of(pair.north, Role.SECRETARY)
            south = await client_of(pair.south, Role.SECRETARY)
            await scene(pair, north, south)

    asyncio.run(whole())


def test_both_sides_give_the_same_figures_and_the_same_score():
    async def scene(pair, north, south):
        period = {"from_s": T0, "to_s": pair.clock.now - 60.0}
        ours = await north.get(f"{URL}/south/figures", params=period)
        theirs = await south.get(f"{URL}/north/figures", params=period)
        assert ours.status_code == 200, ours.text
        assert ours.json() == theirs.json()
        lines = {(o["section"], o["about"], o["name"]): o["value"] for o in ours.json()["lines"]}
        assert lines["notices", "north: patrol", "given"] == 1.0
        scores = [(await north.get(f"{URL}/south/drill-score")).json()]
        scores.append((await south.get(f"{URL}/north/drill-score")).json())
        assert scores[0] == scores[1]
        assert scores[0][0]["answered"] == 1

    played(scene)


def test_figures_as_they_are_given_open_a_review_that_the_other_side_agrees_to():
    async def scene(pair, north, south):
        period = {"from_s": T0, "to_s": pair.clock.now - 60.0}
        ours = (await north.get(f"{URL}/south/figures/given", params=period)).json()
        theirs = (await south.get(f"{URL}/north/figures/given", params=period)).json()
        assert ours["digest"] == theirs["digest"]
        form = {"role": "secretary", "parties": ["north", "south"], **ours}
        made = await north.post("/api/v1/council/review", json=form)
        assert made.status_code == 201, made.text

    played(scene)


def test_what_is_no_period_and_who_is_no_party_is_refused():
    async def scene(pair, north, _south):
        now_s = pair.clock.now
        for period in ((T0, now_s + 1.0), (now_s, T0)):
            asked = {"from_s": period[0], "to_s": period[1]}
            answer = await north.get(f"{URL}/south/figures", params=asked)
            assert answer.status_code == 403
        assert (await north.get(f"{URL}/south/figures")).status_code == 422, "no period is given"
        assert (await north.get(f"{URL}/north/drill-score")).status_code == 404
        assert (await north.get(f"{URL}/west/figures?from_s=0&to_s=1")).status_code == 404
        observer = await client_of(pair.north, Role.OBSERVER)
        assert (await observer.get(f"{URL}/south/figures?from_s=0&to_s=1")).status_code == 403
        assert (await observer.get(f"{URL}/south/drill-score")).status_code == 200

    played(scene)
