"""What two working groups have on their tables: a matter of every kind, some answered, some not."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import msgspec
from console_nodes import HOUR_S, ConsoleNode
from ending_waits import until

from wideberth.council.figures import Figures, digest_of
from wideberth.council.figures import canonical as written
from wideberth.formats.agreement_json import canonical, digest
from wideberth.formats.agreement_toml import read as read_agreement
from wideberth.formats.reading import ReadOptions
from wideberth.model.clause import Clause

Words = Callable[[str], str]
DAY_S = 24 * HOUR_S


class _Table:
    """Where matters are opened and spoken in."""

    def __init__(self, north: ConsoleNode, south: ConsoleNode, words: Words) -> None:
        self.north, self.south, self.words = north, south, words

    def open(self, node: ConsoleNode, kind: str, role: str = "deputy", **fields: Any) -> str:
        """Open a matter, wait until both sides have it, and return its path."""
        body = {"role": role} | fields
        matter = node.post(f"/council/{kind}", body)["matter"]
        path = f"/council/{kind}/{node.party}/{quote(matter['id'], safe='')}"
        other = self.south if node is self.north else self.north
        until(f"{other.party} hears of the {kind}", lambda: self._is_known(other, path))
        return path

    def say(self, node: ConsoleNode, path: str, word: str, role: str = "deputy", **f: Any) -> None:
        """Say something in a matter, and wait until both sides have heard it."""
        steps = len(node.post(f"{path}/{word}", {"role": role} | f)["matter"]["steps"])
        other = self.south if node is self.north else self.north
        until(
            f"{other.party} hears {word}", lambda: len(other.get(path)["matter"]["steps"]) >= steps
        )

    @staticmethod
    def _is_known(node: ConsoleNode, path: str) -> bool:
        with node.api() as client:
            return client.get(f"/api/v1{path}").is_success


def confer(north: ConsoleNode, south: ConsoleNode, words: Words, now_s: float) -> None:
    """Open a matter of every kind and say something in most."""
    table = _Table(north, south, words)
    _concerns(table, now_s)
    _promises(table, now_s)
    _group(table, now_s)
    _incidents(table, now_s)
    _calls(table)
    _agreements(table)
    _reviews(table, now_s)
    _watch(north, words, now_s)


def _concerns(table: _Table, now_s: float) -> None:
    north, south, words = table.north, table.south, table.words
    met = next(one for one in _conflicts(north) if one["rule"] == "air_sea")
    until("south finds the conflict too", lambda: met["id"] in {c["id"] for c in _conflicts(south)})
    evidence = [
        {"kind": "conflict", "what": met["id"], "vouched_by": words("duty officer")},
        {
            "kind": "press",
            "what": words("a harbour paper writes of low passes"),
            "vouched_by": words("press office"),
            "source": words("The Harbour Gazette"),
            "reported_s": now_s - DAY_S,
        },
    ]
    path = table.open(
        north, "concern", title=words("Low passes over the ferry"), clause="S3",
        words=words("Two passes below 100 m were seen."), evidence=evidence,
    )  # fmt: skip
    table.say(south, path, "answer", words=words("The crews were told to keep 300 m."))
    table.open(
        south, "concern", title=words("Unlit ships in the narrows"), without_clause=True,
        words=words("Three ships without lights since Monday."), urgent=True,
    )  # fmt: skip


def _conflicts(node: ConsoleNode) -> list[dict[str, Any]]:
    """Return the conflicts that both sides can know."""
    return [one for one in node.get("/conflicts")["items"] if not one.get("private")]


def _promises(table: _Table, now_s: float) -> None:
    north, south, words = table.north, table.south, table.words
    scope = {
        "start_s": now_s + HOUR_S,
        "end_s": now_s + 10 * DAY_S,
        "arenas": ["air"],
        "area": {"type": "circle", "centre": [35.7, 33.8], "radius_m": 20_000.0},
    }
    table.open(south, "assurance", title=words("No flights over the ferry line"), scope=scope)
    path = table.open(
        north, "caveat", who=words("the ferry company"), about="area/" + words("the ferry line"),
        owed_by="south", owed_role=words("duty officer"), words=words("boats cross each hour"),
        begins_s=now_s + 5 * HOUR_S,
    )  # fmt: skip
    told = {"to": words("its office"), "how": words("by telephone")}
    table.say(south, path, "relay", of_turn=1, acknowledged=words("the master"), **told)
    asked = south.get("/council?kind=consent")["items"]
    consent = next(one for one in asked if one["matter"]["opener"] == "north")
    matter = consent["matter"]
    name = f"/council/consent/{matter['opener']}/{quote(matter['id'], safe='')}"
    digest = south.get(name)["matter"]["steps"][0]["said"]["digest"]
    table.say(south, name, "give", role="duty officer", digest=digest)


def _group(table: _Table, now_s: float) -> None:
    north, south, words = table.north, table.south, table.words
    when = {"start_s": now_s + 3 * DAY_S, "end_s": now_s + 3 * DAY_S + 2 * HOUR_S}
    meeting = table.open(
        north, "meeting", title=words("Working group, first session"), when=when,
        place=words("Harbour office, room 2"), head=words("deputy"),
    )  # fmt: skip
    table.say(south, meeting, "answer", answer="tentative", when=when, words=words("to be seen"))
    table.say(south, meeting, "point", title=words("Lights in the narrows"), clause="S2")
    table.say(
        south,
        meeting,
        "delegation",
        head=words("deputy commander"),
        members=[words("hydrographer")],
    )
    past = {"start_s": now_s - HOUR_S, "end_s": now_s + 120.0}
    held = table.open(south, "meeting", title=words("Extraordinary session"), when=past,
                      place=words("by line"))  # fmt: skip
    table.say(north, held, "answer", answer="accepted", when=past)
    table.say(south, held, "held")
    table.say(north, held, "minutes", text=words("Both sides were present. Nothing was decided."))
    decision = table.open(
        north, "decision", title=words("Frequency of the narrows"),
        text=words("Ships in the narrows listen on channel 72."), clause="S4",
    )  # fmt: skip
    table.say(south, decision, "position", position="reserve", dissent=words("channel 13 is usual"))
    table.open(south, "decision", title=words("Times in Zulu"), text=words("All times are UTC."))
    action = table.open(
        north, "action", title=words("Tell the harbour office"), owner="south",
        owner_role=words("hydrographer"), due_s=now_s + 2 * DAY_S, text=words("by letter"),
    )  # fmt: skip
    table.say(south, action, "remark", words=words("the letter is written"))


def _incidents(table: _Table, now_s: float) -> None:
    north, south, words = table.north, table.south, table.words
    form = {
        "text": words("A drone of ours was lost near the narrows."),
        "happened_s": now_s - 3 * HOUR_S,
        "place": {"type": "circle", "centre": [34.6, 34.9], "radius_m": 2000.0},
        "act": "B-02",
        "harm": "no",
        "third_parties": words("a yacht was near"),
    }
    path = table.open(north, "incident", title=words("Loss of a drone"), form=form)
    report = form | {"text": words("Nothing was seen from the shore."), "act": ""}
    table.say(south, path, "report", form=report)
    table.say(south, path, "finding", text=words("The cause is not known."))
    table.open(north, "drill", what="surprise")


def _calls(table: _Table) -> None:
    north, south, words = table.north, table.south, table.words
    call = table.open(
        north, "call", role="duty officer", to_role="duty officer", precedence="immediate",
        words=words("A boat of yours is inside the range."), language="en",
    )  # fmt: skip
    table.say(south, call, "take", role="duty officer")
    table.say(
        south, call, "answer", role="duty officer", words=words("It turns west."), language="en"
    )
    table.open(
        south, "call", role="duty officer", to_role="duty officer", precedence="routine",
        words=words("Line is good."), language="en",
    )  # fmt: skip


def _agreements(table: _Table) -> None:
    """Put a next version on the table; one of north's two people signs it."""
    north, words = table.north, table.words
    path = north.process.folder.parent / "agreement.toml"
    now = read_agreement(path.read_bytes(), path.name, ReadOptions()).agreement
    assert now is not None
    lights = words("Ships in the narrows show lights at night.")
    texts = (("en", lights), ("ru", words("Корабли в узости ночью несут огни.")))
    clause = Clause("S9", lights, texts=texts)
    later = replace(
        now, version=now.version + 1, title=words(now.title), clauses=(*now.clauses, clause)
    )
    text = canonical(later)
    matter = table.open(
        north, "agreement", text=text.decode(), words=words("lights were asked for")
    )
    table.say(north, matter, "sign", role="deputy chief of staff", digest=digest(text))


def _reviews(table: _Table, now_s: float) -> None:
    """Give north's figures of the hours before."""
    from_s, to_s = now_s - DAY_S, now_s
    found = table.north.get(f"/parties/south/figures?from_s={from_s}&to_s={to_s}")
    text = written(msgspec.convert(found, Figures))
    table.open(
        table.north, "review", from_s=from_s, to_s=to_s, figures=text.decode(),
        digest=digest_of(text), words=table.words("as our ledger has them"),
    )  # fmt: skip


def _watch(node: ConsoleNode, words: Words, now_s: float) -> None:
    """Man the watch of the duty officer, and plan who comes after."""
    seen = [one["name"] for one in node.get("/watch")["open"]]
    node.post("/watch/take", {"role": "duty officer", "seen": seen}, user="watch")
    plan = {"role": "duty officer", "user": "everyone"}
    node.post("/watch/plan", plan | {"from_s": now_s + 8 * HOUR_S, "until_s": now_s + 16 * HOUR_S})
