"""What two nodes hold when a test of the console begins: a busy day in the bay, in one place.

seed(north, south)                 # ordinary words
seed(north, south, Hostile())      # every text that a person or peer can give is hostile
"""

from collections.abc import Callable
from typing import Any

from console_nodes import HOUR_S, ConsoleNode
from console_seed_council import confer
from ending_waits import until
from markup_text import Plain

from wideberth.adapters.clock import SystemClock

Words = Callable[[str], str]
GPS_HZ = (1_563.42e6, 1_587.42e6)
NET_HZ = (251.0e6 - 12_500.0, 251.0e6 + 12_500.0)
RADAR_HZ = (9_210.0e6, 9_230.0e6)


def seed(north: ConsoleNode, south: ConsoleNode, words: Words | None = None) -> None:
    """Fill both nodes; returns when each has heard all that the other said."""
    words = words or Plain()
    now_s = SystemClock().now_s() // 60.0 * 60.0
    _declare(north, south, words, now_s)
    _climb(north, south, words)
    _interfere(north, south, words, now_s)
    confer(north, south, words, now_s)
    for node in (north, south):
        until(f"{node.party} has a receipt for all it said", lambda node=node: _is_told(node))


def _is_told(node: ConsoleNode) -> bool:
    return all(
        peer.get("receipted", 0) == peer.get("out_sequence", 0) for peer in node.get("/peers")
    )


def circle(lon_deg: float, lat_deg: float, radius_m: float) -> dict[str, Any]:
    """Return a disc as the API takes it."""
    return {"type": "circle", "centre": [lon_deg, lat_deg], "radius_m": radius_m}


def corridor(half_width_m: float, *points: tuple[float, float]) -> dict[str, Any]:
    """Return a corridor as the API takes it."""
    return {"type": "corridor", "points": points, "half_width_m": half_width_m}


def rectangle(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """Return a polygon of four corners as the API takes it."""
    ring = [(west, south), (east, south), (east, north), (west, north)]
    return {"type": "polygon", "parts": [[ring]]}


def volume(
    arena: str, where: dict[str, Any], heights_m: tuple[float, float], hours: tuple[float, float],
    now_s: float, **more: Any,
) -> dict[str, Any]:  # fmt: skip
    """Return a volume as the API takes it; hours: from when to when, from now."""
    lower_m, upper_m = heights_m
    return {
        "id": "0",
        "arena": arena,
        "footprint": where,
        "lower_m": lower_m,
        "lower_datum": "msl",
        "upper_m": upper_m,
        "upper_datum": "msl",
        "start_s": now_s + hours[0] * HOUR_S,
        "end_s": now_s + hours[1] * HOUR_S,
    } | more


def radio(band_hz: tuple[float, float], role: str, **more: Any) -> dict[str, Any]:
    """Return what a volume of the spectrum has beside its place."""
    return {"low_hz": band_hz[0], "high_hz": band_hz[1], "role": role} | more


def declaration(
    node: ConsoleNode, name: str, kind: str, title: str, *volumes: dict[str, Any],
    words: Words | None = None, **more: Any,
) -> dict[str, Any]:  # fmt: skip
    """Return what POST /activities takes."""
    words = words or Plain()
    numbered = [one | {"id": words(str(place))} for place, one in enumerate(volumes)]
    activity = {
        "party": node.party,
        "id": words(name),
        "title": words(title),
        "kind": words(kind),
        "volumes": numbered,
    }
    body = {"contact": words("duty officer"), "activity": activity | more}
    if node.party == "south":
        body |= {
            "doubt": words("the southern edge is not surveyed"),
            "third_parties": words("fishing boats of the harbour were told by radio"),
            "checked": {
                "by": words("chart room"),
                "at_s": volumes[0]["start_s"] - 30 * HOUR_S,
                "how": words("plotted twice"),
            },
        }
    return body


def _declare(north: ConsoleNode, south: ConsoleNode, words: Words, now_s: float) -> None:
    """Declare what both sides plan: conflicts in the air, at sea and by radio, one private."""

    def say(node: ConsoleNode, name: str, kind: str, title: str, *those: Any, **more: Any) -> Any:
        body = declaration(node, name, kind, title, *those, words=words, **more)
        return node.post("/activities", body), body

    air = (300.0, 1800.0)
    sea = (-20.0, 30.0)
    low = (0.0, 50.0)
    line = corridor(5000.0, (33.6, 34.9), (34.2, 35.0), (34.9, 35.3))
    (_answer, survey) = say(
        north, "N-SURVEY", "survey", "Aerial survey along the strait",
        volume("air", line, air, (8, 11), now_s),
    )  # fmt: skip
    say(
        south, "S-FIRING", "exercise", "Gunnery practice, danger area",
        volume("sea", rectangle(34.1, 34.8, 34.5, 35.15), (0.0, 1000.0), (9, 13), now_s),
    )  # fmt: skip
    patrol, _body = say(
        north, "N-PATROL", "patrol", "Patrol east of the harbour",
        volume("air", circle(35.2, 35.2, 15_000.0), air, (-1, 4), now_s),
    )  # fmt: skip
    name = patrol["activity"]["activity"]["id"]
    _change(north, name, "Activated", "")
    say(
        south, "S-TRANSIT", "transit", "Transit of two aircraft",
        volume("air", corridor(4000.0, (35.0, 34.4), (35.5, 35.6)), air, (2, 3), now_s),
    )  # fmt: skip
    say(
        north, "N-NET", "radio", "Net of the survey",
        volume("spectrum", circle(34.2, 35.0, 2000.0), low, (8, 11), now_s,
               **radio(NET_HZ, "emit", eirp_dbm=43.0)),
    )  # fmt: skip
    say(
        south, "S-NET", "radio", "Net of the range",
        volume("spectrum", circle(34.3, 34.95, 2000.0), low, (7, 14), now_s,
               **radio(NET_HZ, "emit", eirp_dbm=40.0)),
        volume("spectrum", circle(34.3, 34.95, 2000.0), low, (7, 14), now_s,
               **radio(NET_HZ, "receive")),
    )  # fmt: skip
    say(
        south, "S-RADAR", "radio", "Coast radar",
        volume("spectrum", circle(34.7, 34.4, 500.0), low, (-2, 30), now_s,
               **radio(RADAR_HZ, "emit", eirp_dbm=90.0)),
    )  # fmt: skip
    say(
        north, "N-RESUPPLY", "resupply", "Resupply of a ship at anchor",
        volume("sea", circle(33.4, 34.2, 7000.0), sea, (7, 12), now_s), disclose="extent",
    )  # fmt: skip
    say(
        north, "N-QUIET", "transit", "A ship that north does not speak of",
        volume("sea", circle(34.4, 35.0, 4000.0), sea, (10, 11), now_s), disclose="private",
    )  # fmt: skip
    say(
        north, "N-NARROWS", "transit", "Passage of the narrows",
        volume("sea", circle(34.6, 34.9, 3000.0), sea, (80, 84), now_s),
    )  # fmt: skip
    old, _body = say(
        south, "S-OLD", "exercise", "Diving practice",
        volume("sea", circle(33.3, 35.6, 3000.0), sea, (6, 7), now_s),
    )  # fmt: skip
    _change(south, old["activity"]["activity"]["id"], "Withdrawn", words("the weather"))
    _amend(north, survey, words)


def _change(node: ConsoleNode, name: str, state: str, reason: str) -> None:
    node.post(f"/activities/{escaped(name)}/state", {"state": state, "reason": reason})


def _amend(node: ConsoleNode, body: dict[str, Any], words: Words) -> None:
    """Move an activity a little, so that it has two revisions."""
    activity = body["activity"] | {"title": words("Aerial survey along the strait, moved")}
    moved = corridor(5000.0, (33.6, 34.92), (34.2, 35.02), (34.9, 35.32))
    activity["volumes"] = [activity["volumes"][0] | {"footprint": moved}]
    activity["revision"] = 2
    with node.api() as client:
        answer = client.put(
            f"/api/v1/activities/{escaped(activity['id'])}",
            json=body | {"activity": activity},
            headers={"if-match": '"1"'},
        )
        assert answer.is_success, answer.text


def escaped(name: str) -> str:
    """Return a name for a path, each character encoded that may not be there."""
    plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~"
    return "".join(
        letter if letter in plain else "".join(f"%{byte:02X}" for byte in letter.encode())
        for letter in name
    )


def _climb(north: ConsoleNode, south: ConsoleNode, words: Words) -> None:
    """Let the notices at each side stand on several rungs."""
    for node, units in ((north, ["flight-1"]), (south, ["patrol-2"])):
        until(f"{node.party} has its notices", lambda node=node: len(_incoming(node)) >= 4)
        first, second, third, *_rest = _incoming(node)
        for notice in (first, second, third):
            node.post(f"/notices/{notice}/read", {})
        for notice in (first, second):
            node.post(f"/notices/{notice}/pass", {"units": units})
        node.post(f"/notices/{first}/acknowledge", {"unit": units[0]})
        node.post("/unit-tokens", {"unit": units[0]})


def _incoming(node: ConsoleNode) -> list[str]:
    found = node.get("/notices?limit=1000")["items"]
    return [
        one["message"]
        for one in found
        if one["way"] == "in" and not one.get("superseded") and one["state"] == "Accepted"
    ]


def _interfere(north: ConsoleNode, south: ConsoleNode, words: Words, now_s: float) -> None:
    """Report interference both ways; one case is answered."""
    report = {
        "system": words("GPS of two helicopters"),
        "service": "gnss",
        "low_hz": GPS_HZ[0],
        "high_hz": GPS_HZ[1],
        "effect": "lost",
        "start_s": now_s - 600.0,
        "role": words("duty officer"),
        "place": circle(34.6, 34.7, 9000.0),
        "bearing": {"bearing_deg": 145.0, "seen_from": [34.4, 34.9]},
        "source": {"words": words("a source on the southern shore")},
        "action": words("changed to inertial navigation"),
    }
    case = words("GPS-1")
    north.post("/interference", {"peer": "south", "report": report, "case": case, "cease": True})
    path = f"/interference/north/{escaped(case)}"
    until("south hears of the case", lambda: south.get("/interference")["items"])
    seen = {"role": words("spectrum manager"), "words": words("we look into it")}
    south.post(f"{path}/observations", seen)
    south.post(f"{path}/answer", {"role": words("spectrum manager"), "answer": "ceasing"})
    other = report | {"system": words("Data link"), "service": "data-link", "effect": "degraded"}
    south.post("/interference", {"peer": "north", "report": other, "case": words("LINK-1")})
