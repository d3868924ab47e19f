"""What the families of the council's commands share: find a matter, say something, show it."""

import math
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import msgspec

from wideberth.cli.node_folder import NodeFolder, Opened
from wideberth.cli.outputs import RefusedError
from wideberth.cli.screen import GREEN, RED, YELLOW, rows, say, show_json
from wideberth.council.kinds import stand_of
from wideberth.council.matter import Matter, Step
from wideberth.council.shown import Shown, shown, word_of
from wideberth.formats.lookalike import names
from wideberth.formats.report_words import count, instant
from wideberth.formats.shown import line, plain
from wideberth.node.council import matters
from wideberth.node.council.saying import Say
from wideberth.node.queries import LARGEST_PAGE
from wideberth.peering.council.bodies import CouncilBody

_Row = tuple[str | tuple[str, str], ...]
LOOK_EVERY_S: Final = 0.2
_HEAD: Final = ("matter", "state", "due by", "owed", "what")
_EARLIEST_S: Final = 1e8  # no length of time in a step is as long
_HIDDEN: Final = frozenset(
    {"type", "opener", "matter", "turn", "at_s", "role", "parties", "figures"}
)


@dataclass(frozen=True, slots=True)
class Until:
    """A state to wait for, and how long."""

    state: str
    wait_s: float


def said(node: NodeFolder, body: CouncilBody, by: str) -> None:
    """Say a body, whose opener and matter are given (an opening needs neither), and show it."""

    async def work(at: Opened) -> Shown:
        return await said_at(at, body, by)

    show_brief(node.do(work))


async def said_in(
    at: Opened, kind: str, name: str, body: type[CouncilBody], by: str, **given: Any
) -> Shown:
    """Say a body in the matter of a name, and return the matter as it stands."""
    one = await named(at, kind, name)
    filled: Any = body(opener=one.opener, matter=one.id, role=by, **given)
    return await said_at(at, filled, by)


async def said_at(at: Opened, body: CouncilBody, by: str) -> Shown:
    """Say a body at an opened node, and return the matter as it stands."""
    answered = await at.desk.do(Say(body, by))
    assert answered.matter is not None, "what is said in a matter is answered with it"
    return shown(answered.matter, at.desk.agreement)


async def every(at: Opened, kind: str = "", *, is_open: bool = True) -> list[Matter]:
    """Return all matters of a kind ("": of all kinds)."""
    found: list[Matter] = []
    after = ""
    while True:
        read = partial(matters.matters, kind=kind, is_open=is_open, after=after, limit=LARGEST_PAGE)
        page, after = await at.desk.read(read)
        found += page
        if not after:
            return found


async def named(at: Opened, kind: str, name: str) -> Matter:
    """Return the matter of an id, OPENER/ID or KIND/OPENER/ID; RefusedError: none, or several."""
    everything = await every(at, kind, is_open=False)
    found = [m for m in everything if name in (m.id, f"{m.opener}/{m.id}", m.ref)]
    if not found:
        raise RefusedError(
            f"there is no {kind or 'matter'} {names(name)}. List them: wideberth council list"
        )
    if len(found) > 1:
        both = " or ".join(names(f"{m.opener}/{m.id}") for m in found)
        raise RefusedError(f"{names(name)} means several. Say which: {both}")
    return found[0]


def the_other(at: Opened, party: str) -> str:
    """Return the other party that is meant; where there is but one, it need not be named."""
    others = [one for one in at.desk.agreement.parties if one != at.config.party]
    if party in others:
        return party
    if party or len(others) != 1:
        raise RefusedError(f"say which party: {', '.join(others)}.")
    return others[0]


def show_list(node: NodeFolder, kind: str, *, with_closed: bool, as_json: bool) -> int:
    """List matters; return 1 where something is in red."""

    async def look(at: Opened) -> list[Shown]:
        found = await every(at, kind, is_open=not with_closed)
        return [shown(one, at.desk.agreement, newest=True) for one in found]

    found = node.do(look)
    red = sum(1 for one in found if one.matter.raised)
    if as_json:
        show_json(found)
        return 1 if red else 0
    rows([_row(one) for one in found], head=_HEAD)
    say(f"{count(len(found), 'matter')}, {red} in red.", RED if red else "")
    return 1 if red else 0


def show_one(
    node: NodeFolder, kind: str, name: str, *, as_json: bool, until: Until | None = None
) -> int:
    """Show a matter with all its steps; return 1 where it is in red, or not as `until` says."""

    async def look(at: Opened) -> Shown:
        await _waited(at, kind, name, until)
        return shown(await named(at, kind, name), at.desk.agreement)

    found = node.do(look)
    if as_json:
        show_json(found)
    else:
        show_whole(found)
    return 1 if found.matter.raised or _is_lacking(found, until) else 0


def show_brief(one: Shown) -> None:
    """Say in a line or two where a matter stands after a command."""
    _banner(one)
    say(f"{names(one.ref)}: {one.stand['state']}.", RED if one.matter.raised else GREEN)
    for due in one.stand.get("dues", ()):
        say(f"{names(due['party'])} owes the {due['what']} by {at(due['at_s'])}.")


def show_whole(one: Shown) -> None:
    """Show all that is known of a matter."""
    _banner(one)
    say(f"{names(one.ref)}: {plain(one.stand.get('title', ''))}")
    say(f"State: {one.stand['state']}", RED if one.matter.raised else "")
    say(f"Parties: {', '.join(map(names, one.matter.parties))}")
    for due in one.stand.get("dues", ()):
        clause = f" ({due['clause']})" if due.get("clause") else ""
        say(f"Owed: {due['what']} by {names(due['party'])}, due {at(due['at_s'])}{clause}", YELLOW)
    for name in one.matter.raised:
        say(f"Alarm: {name}", RED)
    idle = {(i["turn"], i["party"]): i["why"] for i in one.stand.get("idle", ())}
    rows([_step_row(step, idle) for step in one.matter.steps])
    for step in one.matter.steps:
        for delivery in step.deliveries:
            for problem in delivery.problems:
                say(
                    f"Step {step.said.turn} was not accepted by {names(delivery.peer)}: {problem}",
                    RED,
                )


def _banner(one: Shown) -> None:
    """Say first what nobody may take for something else: a drill."""
    if one.stand.get("banner"):
        say(one.stand["banner"], YELLOW)


async def _waited(at: Opened, kind: str, name: str, until: Until | None) -> None:
    if until is None:
        return
    end_s = at.desk.clock.now_s() + until.wait_s
    while at.desk.clock.now_s() < end_s:
        everything = await every(at, kind, is_open=False)
        alike = [m for m in everything if name in (m.id, f"{m.opener}/{m.id}", m.ref)]
        if any(stand_of(m, at.desk.agreement).state == until.state for m in alike):
            return
        await at.desk.clock.sleep(LOOK_EVERY_S)


def _is_lacking(one: Shown, until: Until | None) -> bool:
    return until is not None and one.stand["state"] != until.state


def at(time_s: float) -> str:
    """Return a time as lists show it."""
    return f"{instant(float(math.floor(time_s)))} Z"


def _row(one: Shown) -> _Row:
    dues = sorted(one.stand.get("dues", ()), key=lambda due: due["at_s"])
    style = RED if one.matter.raised else "" if one.stand["is_open"] else GREEN
    first = dues[0] if dues else None
    return (
        names(one.ref),
        (one.stand["state"], style),
        "" if first is None else at(first["at_s"]),
        "" if first is None else f"{first['what']}, {names(first['party'])}",
        plain(one.stand.get("title", "")),
    )


def _step_row(step: Step, idle: dict[tuple[int, str], str]) -> _Row:
    notes = [_words(step.said)]
    if (step.said.turn, step.party) in idle:
        notes.append(f"(changes nothing: {idle[step.said.turn, step.party]})")
    if not step.is_delivered:
        notes.append("(not delivered yet)")
    return (
        f"  {step.said.turn}",
        at(step.known_s),
        f"{names(step.party)}, {names(step.said.role)}",
        word_of(step.said),
        "; ".join(note for note in notes if note),
    )


def _words(said_: CouncilBody) -> str:
    """Return what a step says, field by field, the words last."""
    fields: dict[str, Any] = msgspec.to_builtins(said_)
    words = fields.pop("words", "")
    if said_.kind == "agreement" and "text" in fields:
        fields["text"] = (
            f"{len(fields['text'])} characters (wideberth agreement show {said_.matter})"
        )
    parts = [_field(name, value) for name, value in fields.items() if name not in _HIDDEN]
    return "; ".join([*parts, plain(words)] if words else parts)


def _field(name: str, value: Any) -> str:
    """Return a field in words; an instant as a time."""
    if isinstance(value, float) and name.endswith("_s") and value >= _EARLIEST_S:
        return f"{name.removesuffix('_s')}: {at(value)}"
    return f"{name}: {_inner(value)}"


def _inner(value: Any) -> str:
    match value:
        case dict():
            inner = [_field(name, one) for name, one in value.items() if name != "type"]
            return f"({', '.join(inner)})"
        case tuple() | list():
            return ", ".join(map(_inner, value))
    return plain(value) if isinstance(value, str) else line(str(value))
