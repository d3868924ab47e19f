"""The watch and the hotline over the API: handed over with what is open, taken and answered."""

import asyncio

import pytest
from api_clients import client_of
from two_nodes import an_agreement, two_nodes

from wideberth.node.people import Role

WATCH = "/api/v1/watch"
CALL = "/api/v1/council/call"
FLASH = {
    "role": "duty officer",
    "to_role": "duty officer",
    "precedence": "flash",
    "code": "C1F",
    "values": ["FIRE-7"],
}


def played(scene):
    async def whole():
        async with two_nodes(an_agreement()) as pair:
            return await scene(pair, await client_of(pair.south, Role.WATCH))

    return asyncio.run(whole())


def test_a_flash_is_taken_and_answered_and_the_watch_handed_over_with_what_is_open():
    async def scene(pair, south):
        north = await client_of(pair.north, Role.PLANNER)
        role = {"role": "duty officer"}
        assert (await south.post(f"{WATCH}/take", json=role)).status_code == 200
        made = await north.post(CALL, json=FLASH)
        assert made.status_code == 201, made.text
        await pair.settle()
        shown = (await south.get(WATCH)).json()
        user = shown["watches"][0]["user"]
        names = [item["name"] for item in shown["open"]]
        assert "call/north/C-1" in names
        offered = await south.post(f"{WATCH}/offer", json=role | {"to_user": "somebody"})
        assert offered.status_code == 200
        refused = await south.post(f"{WATCH}/accept", json=role | {"seen": names})
        assert refused.status_code == 403
        assert (await south.get(WATCH)).json()["watches"][0]["user"] == user
        done = await south.post(f"{CALL}/north/C-1/take", json=role)
        assert done.status_code == 200, done.text
        answered = await south.post(f"{CALL}/north/C-1/answer", json=role | {"code": "L3A"})
        assert answered.status_code == 200, answered.text
        await pair.settle()
        return (await north.get(f"{CALL}/north/C-1")).json()["stand"]

    stand = played(scene)
    assert (stand["state"], stand["holder"]) == ("answered", "duty officer")


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("take", {}, 422),
        ("take", {"role": " "}, 403),
        ("offer", {"role": "duty officer", "to_user": "ben"}, 403),
        ("leave", {"role": "duty officer", "reason": ""}, 422),
        ("plan", {"role": "duty officer", "from_s": 10.0, "until_s": 9.0, "user": "ada"}, 403),
        ("plan", {"role": "duty officer", "from_s": 1.0, "until_s": 9.0, "user": "ada"}, 200),
    ],
)
def test_what_cannot_be_is_refused(path, form, status):
    async def scene(_pair, south):
        return await south.post(f"{WATCH}/{path}", json=form)

    answered = played(scene)
    assert answered.status_code == status, answered.text


def test_a_call_is_read_aloud_and_entered_and_misheard_groups_are_named():
    async def scene(pair, south):
        north = await client_of(pair.north, Role.WATCH)
        pair.network.partition(["north"], ["south"])
        await north.post(CALL, json=FLASH)
        text = (await north.get("/api/v1/voice/north/C-1")).json()["text"]
        form = {"text": text, "role": "deputy"}
        wrong = form | {"text": text.replace("FIREXL", "FIVEXL")}
        misheard = await south.post("/api/v1/voice", json=wrong)
        entered = (await south.post("/api/v1/voice", json=form)).json()
        again = (await south.post("/api/v1/voice", json=form)).json()
        own = await north.post("/api/v1/voice", json=form)
        none = await north.get("/api/v1/voice/north/C-9")
        book = (await north.get("/api/v1/phrases")).json()
        return misheard, entered, again, (own.status_code, none.status_code), book

    misheard, entered, again, refused, book = played(scene)
    assert misheard.status_code == 422, misheard.text
    assert "group" in misheard.text
    assert (entered["entered"], again["entered"]) == (True, False)
    assert entered["matter"]["id"] == again["matter"]["id"] == "C-1@north"
    assert refused == (403, 404)
    assert len(book["phrases"]) == 100
    assert set(book["phrases"][0]["wordings"]) == {"en", "ru", "he", "ar", "fr"}


def test_an_observer_neither_sees_who_has_the_watch_nor_takes_it():
    async def scene(pair, _south):
        observer = await client_of(pair.south, Role.OBSERVER)
        seen = await observer.get(WATCH)
        taken = await observer.post(f"{WATCH}/take", json={"role": "duty officer"})
        return seen.status_code, taken.status_code

    assert played(scene) == (403, 403)
