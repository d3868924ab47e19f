"""`wideberth watch take|offer|accept|leave|plan|roster|status`."""

from typing import Any

import click

from wideberth.cli.node_folder import NodeFolder, Opened, by_option, json_option, with_node
from wideberth.cli.outputs import RefusedError
from wideberth.cli.screen import GREEN, RED, YELLOW, rows, say, show_json
from wideberth.formats.report_words import count, instant
from wideberth.formats.shown import plain
from wideberth.formats.times import parse_rfc3339
from wideberth.model.watch import AcceptWatch, LeaveWatch, OfferWatch, PlanWatch, TakeWatch
from wideberth.node.watch import on_watch
from wideberth.node.watch.open_items import list_code, open_items
from wideberth.node.watch.watch_records import OnWatch, OpenItem, Planned, WatchEntry

_role_argument = click.argument("role", default="duty officer")
_user_option = click.option("--user", required=True, metavar="NAME", help="Who; no peer is told.")


def _seen_options(function: Any) -> Any:
    item = click.option("--item", "items", multiple=True, metavar="NAME", help="An open item.")
    every = click.option("--list", "code", metavar="CODE", help="The code of the whole list.")
    return every(item(function))


@click.command("take")
@_role_argument
@_user_option
@_seen_options
@click.option("--reason", default="", help="Why without a hand-over, if somebody has it.")
@with_node
def take(node: NodeFolder, role: str, user: str, **given: Any) -> None:
    """Take the watch of a ROLE that nobody has, with all that is open."""

    async def work(at: Opened) -> int:
        seen = await _seen(at, given["items"], given["code"])
        command = TakeWatch(role, user, user, seen, given["reason"])
        return (await at.desk.do(command)).count

    _say_taken(role, user, node.do(work))


@click.command("offer")
@_role_argument
@click.option("--to", "to_user", required=True, metavar="NAME", help="Who is to take it.")
@by_option("duty officer")
@with_node
def offer(node: NodeFolder, role: str, to_user: str, by: str) -> None:
    """Hand the watch of a ROLE to somebody; until it is accepted, nothing changes."""
    node.do(lambda at: at.desk.do(OfferWatch(role, to_user, by)))
    say(f"The watch of {role} is offered to {plain(to_user)}. It changes when it is accepted.")


@click.command("accept")
@_role_argument
@_user_option
@_seen_options
@with_node
def accept(node: NodeFolder, role: str, user: str, **given: Any) -> None:
    """Accept the watch of a ROLE with every open item: each by --item, or the list by --list."""

    async def work(at: Opened) -> int:
        seen = await _seen(at, given["items"], given["code"])
        return (await at.desk.do(AcceptWatch(role, user, user, seen))).count

    _say_taken(role, user, node.do(work))


@click.command("leave")
@_role_argument
@click.option("--reason", required=True, help="Why nobody is there.")
@by_option("duty officer")
@with_node
def leave(node: NodeFolder, role: str, reason: str, by: str) -> None:
    """Leave the watch of a ROLE with nobody there: an alarm, and callers see it."""
    node.do(lambda at: at.desk.do(LeaveWatch(role, by, reason)))
    say(f"Nobody has the watch of {role}.", RED)


@click.command("plan")
@_role_argument
@click.option("--user", default="", metavar="NAME", help="Who; left out: the line is taken out.")
@click.option("--from", "start", required=True, metavar="TIME", help="RFC 3339.")
@click.option("--until", "end", required=True, metavar="TIME", help="RFC 3339.")
@by_option("duty officer")
@with_node
def plan(node: NodeFolder, role: str, user: str, **given: str) -> None:
    """Write who is to have the watch of a ROLE, from when until when."""
    from_s, until_s = parse_rfc3339(given["start"]), parse_rfc3339(given["end"])
    node.do(lambda at: at.desk.do(PlanWatch(role, user, from_s, until_s, given["by"])))
    say("Written.", GREEN)


@click.command("roster")
@json_option
@with_node
def roster(node: NodeFolder, *, as_json: bool) -> None:
    """Show the roster from now on, and the newest lines of the watch log."""

    async def look(at: Opened) -> tuple[list[Planned], list[WatchEntry]]:
        now_s = at.desk.clock.now_s()
        planned = await at.desk.read(lambda reader: on_watch.roster(reader, now_s))
        return planned, await at.desk.read(on_watch.entries)

    planned, entries = node.do(look)
    if as_json:
        show_json({"roster": planned, "log": entries})
        return
    rows(
        [(plain(p.role), plain(p.user), _time(p.from_s), _time(p.until_s)) for p in planned],
        head=("role", "planned", "from", "until"),
    )
    rows(
        [
            (plain(e.role), plain(e.user), _time(e.at_s), e.change.value, plain(e.reason))
            for e in entries
        ],
        head=("role", "who", "at", "what", "why"),
    )


@click.command("status")
@json_option
@with_node
def status(node: NodeFolder, *, as_json: bool) -> int:
    """Show who has the watch, and what is open. Exit code 1: somewhere nobody has it."""

    async def look(at: Opened) -> tuple[list[OnWatch], list[OpenItem]]:
        held = await at.desk.read(on_watch.watches)
        items = await at.desk.read(lambda reader: open_items(reader, at.desk.agreement))
        return held, items

    held, items = node.do(look)
    code = list_code(item.name for item in items)
    if as_json:
        show_json({"watches": held, "open": items, "list": code})
    else:
        _show_status(held, items, code)
    return 1 if any(not one.user for one in held) else 0


def _show_status(held: list[OnWatch], items: list[OpenItem], code: str) -> None:
    if not held:
        say("Nobody has taken a watch here yet.", YELLOW)
    for one in held:
        if one.user:
            offered = f", offered to {plain(one.offered_to)}" if one.offered_to else ""
            say(f"{plain(one.role)}: {plain(one.user)} since {_time(one.since_s)}{offered}")
        else:
            say(f"{plain(one.role)}: nobody since {_time(one.since_s)}", RED)
    rows([(plain(item.name), plain(item.what)) for item in items], head=("open", "what"))
    say(f"{count(len(items), 'item')} open. List {code}.")


async def _seen(at: Opened, items: tuple[str, ...], code: str | None) -> tuple[str, ...]:
    """Return the open items that are accepted: those named, or all of the list with that code."""
    if code is None:
        return items
    found = await at.desk.read(lambda reader: open_items(reader, at.desk.agreement))
    names = tuple(item.name for item in found)
    if list_code(names) != code.upper():
        raise RefusedError("that is not the list of what is open now: `wideberth watch status`.")
    return (*items, *names)


def _say_taken(role: str, user: str, items: int) -> None:
    say(f"{plain(user)} has the watch of {plain(role)}, with {count(items, 'open item')}.", GREEN)


def _time(at_s: float) -> str:
    return f"{instant(float(int(at_s)))} Z"
