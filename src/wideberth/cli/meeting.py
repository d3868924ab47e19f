"""`wideberth meeting call|propose|accept|decline|delegation|agenda|list|show`."""

import math
from collections.abc import Callable
from typing import Any, Final

import click

from wideberth.cli import council_said
from wideberth.cli.node_folder import NodeFolder, Opened, by_option, json_option, with_node
from wideberth.cli.outputs import RefusedError
from wideberth.cli.screen import rows, say, show_json
from wideberth.council.agenda import Item
from wideberth.council.calendars import offered
from wideberth.council.kinds import stand_of
from wideberth.council.matter import Matter
from wideberth.council.meeting_stand import MeetingStand
from wideberth.council.shown import Shown
from wideberth.formats.lookalike import names
from wideberth.formats.shown import plain
from wideberth.formats.times import parse_rfc3339
from wideberth.node.council.meeting_sources import agenda_now
from wideberth.peering.council.meeting import (
    Coming,
    MeetingAnswered,
    MeetingBody,
    MeetingCalled,
    MeetingDelegation,
    MeetingKind,
    MeetingPoint,
    MeetingProposed,
    When,
)
from wideberth.units import SECONDS_PER_DAY, SECONDS_PER_HOUR

KIND: Final = "meeting"
LEAD: Final = "deputy"
_UNITS_S: Final = {"m": 60.0, "h": SECONDS_PER_HOUR, "d": SECONDS_PER_DAY}
_Command = Callable[..., Any]


def when_options(function: _Command) -> _Command:
    """Add the options that say when and where."""
    for option in (
        click.option("--place", default="", help="Where; leave it out while it is open."),
        click.option("--end", metavar="TIME", help="Until when; or --for."),
        click.option("--for", "length", metavar="1h", help="How long: 90m, 3h, 2d."),
        click.option("--start", metavar="TIME", help="From when, as 2031-10-05T08:00:00Z, or now."),
    ):
        function = option(function)
    return function


def when_of(given: dict[str, Any], now_s: float) -> When | None:
    """Return the time that the options give, None where they give none; raises RefusedError."""
    start, end, length = (given.pop(name) for name in ("start", "end", "length"))
    if start is None:
        if end or length:
            raise RefusedError("say from when: --start.")
        return None
    if bool(end) == bool(length):
        raise RefusedError("say until when: --end or --for, one of them.")
    start_s = float(math.floor(now_s)) if start == "now" else parse_rfc3339(start)
    return When(start_s=start_s, end_s=parse_rfc3339(end) if end else start_s + _length_s(length))


def _length_s(text: str) -> float:
    number, unit = text[:-1], text[-1:]
    if unit not in _UNITS_S or not number.isdigit() or not number.isascii():
        raise RefusedError("--for is a number with m, h or d, as 90m, 3h, 2d.")
    return float(number) * _UNITS_S[unit]


def said_of(node: NodeFolder, name: str, make: Callable[[Matter, Opened], MeetingBody]) -> None:
    """Say of the meeting of a name what `make` returns, and show where it stands."""

    async def work(at: Opened) -> Shown:
        one = await council_said.named(at, KIND, name)
        body = make(one, at)
        return await council_said.said_at(at, body, body.role)

    council_said.show_brief(node.do(work))


@click.command("call")
@click.argument("title")
@click.option("--kind", default="working-group", type=click.Choice([k.value for k in MeetingKind]))
@when_options
@click.option("--head", default="", metavar="ROLE", help="Leads our delegation; else our lead.")
@click.option("--words", default="", help="What the others should know with it.")
@click.option("--id", "name", default="", metavar="ID", help="A name for it; else M-1, M-2, ...")
@by_option(LEAD)
@with_node
def call(node: NodeFolder, title: str, kind: str, name: str, by: str, **given: Any) -> None:
    """Call a meeting; its time, its place, or both may still be open."""

    async def work(at: Opened) -> Shown:
        when = when_of(given, at.desk.clock.now_s())
        body = MeetingCalled(
            title=title, meeting_kind=MeetingKind(kind), when=when, matter=name, role=by, **given
        )
        return await council_said.said_at(at, body, by)

    council_said.show_brief(node.do(work))


@click.command("propose")
@click.argument("meeting")
@when_options
@click.option("--words", default="", help="Why.")
@by_option(LEAD)
@with_node
def propose(node: NodeFolder, meeting: str, by: str, **given: Any) -> None:
    """Propose another time or place for a MEETING, or both."""

    def make(one: Matter, at: Opened) -> MeetingBody:
        when = when_of(given, at.desk.clock.now_s())
        return MeetingProposed(opener=one.opener, matter=one.id, role=by, when=when, **given)

    said_of(node, meeting, make)


@click.command("accept")
@click.argument("meeting")
@click.option("--only", type=click.Choice(["time", "place"]), help="The other stays open.")
@click.option("--words", default="", help="What the others should know with it.")
@click.option("--wait", default=0.0, metavar="S", help="Wait so long for something to accept.")
@by_option(LEAD)
@with_node
def accept(node: NodeFolder, meeting: str, by: str, **given: Any) -> None:
    """Accept what the other side proposes for a MEETING: its time and its place."""

    async def work(at: Opened) -> Shown:
        one = await _offered_one(at, meeting, given["wait"])
        now, party = stand_at(one, at), at.config.party
        (when, place), own = offered(now, party), now.holds[party]
        if (when, place) == (own.when, own.place):
            raise RefusedError("the other side proposes nothing that we do not hold already.")
        body = MeetingAnswered(
            opener=one.opener,
            matter=one.id,
            role=by,
            answer=Coming.ACCEPTED,
            when=None if given["only"] == "place" or when == own.when else when,
            place="" if given["only"] == "time" or place == own.place else place,
            words=given["words"],
        )
        return await council_said.said_at(at, body, by)

    council_said.show_brief(node.do(work))


async def _offered_one(at: Opened, meeting: str, wait_s: float) -> Matter:
    """Return the meeting, once another time or place than ours is put to us, or time is out."""
    end_s = at.desk.clock.now_s() + wait_s
    while True:
        one = await council_said.named(at, KIND, meeting)
        now = stand_at(one, at)
        own = now.holds[at.config.party]
        if offered(now, at.config.party) != (own.when, own.place):
            return one
        if at.desk.clock.now_s() >= end_s:
            return one
        await at.desk.clock.sleep(council_said.LOOK_EVERY_S)


@click.command("decline")
@click.argument("meeting")
@click.option("--tentative", is_flag=True, help="Not declined, but not sure; the clock runs on.")
@click.option("--reason", "words", default="", help="Why; the others are told.")
@by_option(LEAD)
@with_node
def decline(node: NodeFolder, meeting: str, words: str, by: str, *, tentative: bool) -> None:
    """Decline what the other side proposes for a MEETING, without another proposal."""
    answer = Coming.TENTATIVE if tentative else Coming.DECLINED

    def make(one: Matter, _at: Opened) -> MeetingBody:
        return MeetingAnswered(
            opener=one.opener, matter=one.id, role=by, answer=answer, words=words
        )

    said_of(node, meeting, make)


@click.command("delegation")
@click.argument("meeting")
@click.option("--head", required=True, metavar="ROLE", help="Leads our delegation.")
@click.option("--member", "members", multiple=True, metavar="ROLE", help="May be given again.")
@by_option("secretary")
@with_node
def delegation(
    node: NodeFolder, meeting: str, head: str, members: tuple[str, ...], by: str
) -> None:
    """Say who comes to a MEETING for us: roles, never names."""

    def make(one: Matter, _at: Opened) -> MeetingBody:
        return MeetingDelegation(
            opener=one.opener, matter=one.id, role=by, head=head, members=members
        )

    said_of(node, meeting, make)


@click.command("agenda")
@click.argument("meeting")
@click.option("--add", metavar="TITLE", help="Add a point; the others are told.")
@click.option("--ref", default="", metavar="REF", help="The matter it rests on: KIND/OPENER/ID.")
@click.option("--clause", default="", help="The clause of the agreement that it is about.")
@by_option("secretary")
@json_option
@with_node
def agenda(
    node: NodeFolder, meeting: str, add: str | None, by: str, *, as_json: bool, **given: Any
) -> None:
    """Show a MEETING's agenda: what was added, what is open, and what always is on it."""

    async def work(at: Opened) -> tuple[Item, ...]:
        one = await council_said.named(at, KIND, meeting)
        if add is not None:
            body = MeetingPoint(opener=one.opener, matter=one.id, role=by, title=add, **given)
            await council_said.said_at(at, body, by)
            one = await council_said.named(at, KIND, one.ref)
        return await agenda_at(at, one)

    items = node.do(work)
    if as_json:
        show_json(items)
        return
    rows(
        [(f"{number}.", i.title, i.rests_on, i.clause) for number, i in enumerate(items, start=1)],
        head=("", "item", "rests on", "clause"),
    )


async def agenda_at(at: Opened, one: Matter) -> tuple[Item, ...]:
    """Return the agenda of a meeting, as this node sees it now."""
    return await at.desk.read(lambda reader: agenda_now(reader, one, at.desk.agreement))


def stand_at(one: Matter, at: Opened) -> MeetingStand:
    """Return where a meeting stands."""
    now = stand_of(one, at.desk.agreement)
    assert isinstance(now, MeetingStand)
    return now


@click.command("list")
@click.option("--all", "with_closed", is_flag=True, help="Closed and cancelled ones, too.")
@json_option
@with_node
def listing(node: NodeFolder, *, with_closed: bool, as_json: bool) -> int:
    """List meetings. Exit code 1: something is in red."""
    return council_said.show_list(node, KIND, with_closed=with_closed, as_json=as_json)


@click.command("show")
@click.argument("meeting")
@click.option("--until", metavar="STATE", help="Wait until it is in this state.")
@click.option("--wait", default=30.0, show_default=True, metavar="S", help="At most so long.")
@json_option
@with_node
def show(node: NodeFolder, meeting: str, *, until: str | None, wait: float, as_json: bool) -> int:
    """Show a MEETING with every step. Exit code 1: it is in red, or not as --until says."""
    wanted = None if until is None else council_said.Until(until, wait)
    code = council_said.show_one(node, KIND, meeting, as_json=as_json, until=wanted)
    if not as_json:
        _show_settled(node, meeting)
    return code


def _show_settled(node: NodeFolder, meeting: str) -> None:
    async def look(at: Opened) -> MeetingStand:
        return stand_at(await council_said.named(at, KIND, meeting), at)

    now = node.do(look)
    say(f"When: {when_words(now.when)}")
    say(f"Where: {plain(now.place) or 'still open'}")
    for party, held in sorted(now.holds.items()):
        if held.when != now.when or held.place != now.place:
            where = held.place or "no place"
            say(f"{names(party)} holds to: {when_words(held.when)}; {where}")
    for party, head in sorted(now.heads.items()):
        others = ", ".join(now.members.get(party, ()))
        say(f"{names(party)} is led by: {head}{f'; with {others}' if others else ''}")
    if now.minutes is not None:
        say(f"Minutes of {names(now.minutes.party)}, sha256 {now.minutes.digest}:")
        for text in now.minutes.text.splitlines():
            say(f"  {text}")
    for dissent in now.dissents:
        say(f"Dissent of {names(dissent.party)}: {plain(dissent.words)}")


def when_words(when: When | None) -> str:
    """Return a time as people read it."""
    if when is None:
        return "still open"
    return f"{council_said.at(when.start_s)} to {council_said.at(when.end_s)}"
