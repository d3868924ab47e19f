"""`wideberth node status`: lines, alarms, what waits; read from the store, running or not."""

import math

import click
from msgspec import Struct

from wideberth.cli.node_folder import NodeFolder, Opened, json_option, with_node
from wideberth.cli.running import is_running
from wideberth.cli.screen import GREEN, RED, YELLOW, ago, rows, say, show_json
from wideberth.formats.lookalike import names
from wideberth.formats.report_words import count, window
from wideberth.formats.shown import plain
from wideberth.model.binding import Force
from wideberth.node import cases, queries, tables
from wideberth.node.logbook import Logbook
from wideberth.node.ports import Reader
from wideberth.node.records import Alarm, Peer
from wideberth.peering.checkpoint import parse_checkpoint
from wideberth.peering.notes import parse_note

_MOST_NOTICES = 100_000


class Line(Struct, frozen=True, kw_only=True):
    """A peer's line. countersigned: how many entries of our log the peer has countersigned."""

    party: str
    url: str
    waiting: int
    last_heard_s: float | None
    down_since_s: float | None
    down_reason: str
    suspended: str
    in_force_same: bool | None
    countersigned: int


class Bound(Struct, frozen=True, kw_only=True):
    """A force that a party answers for; None: open. is_bound: it does now."""

    party: str
    name: str
    from_s: float | None
    until_s: float | None
    is_bound: bool


class Status(Struct, frozen=True, kw_only=True):
    """A node as its store has it now."""

    party: str
    agreement: str
    agreement_version: int
    running: bool
    now_s: float
    ledger: int
    lines: tuple[Line, ...]
    forces: tuple[Bound, ...]
    alarms: tuple[Alarm, ...]
    not_effective: int
    late: int
    too_late: int
    overdue: int
    interference: int
    interference_overdue: int
    root_key_here: bool

    @property
    def needs_a_look(self) -> bool:
        """Return whether something is in red."""
        down = any(line.down_since_s is not None or line.suspended for line in self.lines)
        return bool(self.alarms) or down or self.overdue > 0


@click.command("status")
@json_option
@with_node
def status(node: NodeFolder, *, as_json: bool) -> int:
    """Show the node's lines, alarms and notices, whether or not it runs.

    Exit code 1: something is in red.
    """
    found = node.do(lambda at: _look(at, runs=is_running(node.path)))
    if as_json:
        show_json(found)
    else:
        _show(found)
    return 1 if found.needs_a_look else 0


async def _look(at: Opened, *, runs: bool) -> Status:
    desk = at.desk

    def work(reader: Reader) -> Status:
        waiting = [
            queries.notice(reader, key)
            for key, _ in reader.scan(tables.WAITING, limit=_MOST_NOTICES)
        ]
        notices = [one for one in waiting if one is not None]
        marks = cases.marks(reader, limit=_MOST_NOTICES)
        return Status(
            party=desk.party,
            agreement=desk.agreement.id,
            agreement_version=desk.agreement.version,
            running=runs,
            now_s=desk.clock.now_s(),
            ledger=Logbook(reader).size,
            forces=tuple(_bound(one, desk.clock.now_s()) for one in desk.agreement.forces),
            lines=tuple(_line(peer) for peer in queries.peers(reader)),
            alarms=tuple(queries.alarms(reader)),
            not_effective=sum(1 for one in notices if one.effective_s is None),
            late=sum(1 for one in notices if one.lead is not None and one.lead.late),
            too_late=sum(1 for one in notices if one.lead is not None and one.lead.too_late),
            overdue=sum(1 for one in notices if one.overdue),
            interference=len(marks),
            interference_overdue=sum(1 for one in marks if one.overdue),
            root_key_here=at.keys.has_root_key,
        )

    return await desk.read(work)


def _bound(force: Force, now_s: float) -> Bound:
    ends = (force.from_s, force.until_s)
    from_s, until_s = (end_s if math.isfinite(end_s) else None for end_s in ends)
    return Bound(
        party=force.party,
        name=force.name,
        from_s=from_s,
        until_s=until_s,
        is_bound=force.is_bound(now_s),
    )


def _line(peer: Peer) -> Line:
    seen = 0
    if peer.cosigned_by_peer:
        seen = parse_checkpoint(parse_note(peer.cosigned_by_peer.encode()).text).size
    return Line(
        party=peer.party,
        url=peer.url,
        waiting=peer.out_sequence - peer.receipted,
        last_heard_s=peer.last_heard_s if peer.in_sequence or peer.receipted else None,
        down_since_s=peer.down_since_s,
        down_reason=peer.down_reason,
        suspended=peer.suspended_by_us or peer.suspended_by_them,
        in_force_same=peer.compared_same,
        countersigned=seen,
    )


def _show(found: Status) -> None:
    say(f"{names(found.party)} under {plain(found.agreement)}, version {found.agreement_version}")
    if found.running:
        say("The node runs.", GREEN)
    else:
        say("The node does not run: nothing is sent or received.", YELLOW)
    say(f"Ledger: {count(found.ledger, 'entry', 'entries')}.")
    if found.root_key_here:
        say("The root key still lies in the folder of keys. Take it away.", YELLOW)
    for force in found.forces:
        _show_force(force)
    say("")
    if not found.lines:
        say("No peer yet: wideberth peer add CARD")
    for line in found.lines:
        _show_line(line, found.now_s)
    say("")
    say(
        f"{count(found.not_effective, 'notice')} not effective yet; {found.late} late,"
        f" {found.too_late} too late to act on."
    )
    if found.overdue:
        say(f"{count(found.overdue, 'notice')} overdue.", RED)
    if found.interference:
        late = found.interference_overdue
        style = RED if late else YELLOW
        say(f"{count(found.interference, 'case')} of interference open; {late} overdue.", style)
    if found.alarms:
        say("")
        say(f"{count(len(found.alarms), 'alarm')} lasting:", RED)
        rows(
            [
                ((f"  {one.kind}", RED), ago(one.raised_s, found.now_s), one.text)
                for one in found.alarms
            ]
        )


def _show_force(force: Bound) -> None:
    start_s = -math.inf if force.from_s is None else force.from_s
    end_s = math.inf if force.until_s is None else force.until_s
    now = "" if force.is_bound else ", NOT NOW"
    said = f"{names(force.party)} answers for {plain(force.name)}: {window(start_s, end_s)}{now}."
    say(said, "" if force.is_bound else YELLOW)


def _show_line(line: Line, now_s: float) -> None:
    heard = ago(line.last_heard_s, now_s)
    if line.suspended:
        say(f"{names(line.party)}: suspended ({plain(line.suspended)}); last heard {heard}.", RED)
    elif line.down_since_s is not None:
        since = ago(line.down_since_s, now_s)
        say(
            f"{names(line.party)}: line down since {since} ({plain(line.down_reason)});"
            " this is not clear.",
            RED,
        )
    else:
        say(f"{names(line.party)}: last heard {heard}.")
    say(f"  {count(line.waiting, 'message')} waiting to be sent.")
    say(f"  {count(line.countersigned, 'entry', 'entries')} of our ledger countersigned.")
    same = {None: "not compared yet", True: "the same on both sides", False: "DIFFERENT"}
    style = RED if line.in_force_same is False else ""
    say(f"  What is in force: {same[line.in_force_same]}.", style)
