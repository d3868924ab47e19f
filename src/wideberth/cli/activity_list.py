"""`wideberth activity list`: both sides' activities, and the conflicts that last."""

import math
from functools import partial

import click

from wideberth.cli.met import arenas_of, show_conflicts
from wideberth.cli.node_folder import NodeFolder, Opened, json_option, with_node
from wideberth.cli.screen import RED, YELLOW, rows, say, show_json
from wideberth.engine.caution import areas_entered, words_of
from wideberth.formats.lookalike import names
from wideberth.formats.report_words import count, shortened, window
from wideberth.formats.shown import plain
from wideberth.model.activity import State
from wideberth.node import queries, tables
from wideberth.node.records import Held, Met
from wideberth.peering.wire import from_wire

_OVER = (State.ENDED, State.WITHDRAWN)


@click.command("list")
@click.option("--party", default="", metavar="P", help="Only this party's.")
@click.option("--all", "with_over", is_flag=True, help="Those that are over, too.")
@click.option("--conflicts", is_flag=True, help="Show the conflicts that last, in full.")
@json_option
@with_node
def listing(
    node: NodeFolder, party: str, *, with_over: bool, conflicts: bool, as_json: bool
) -> int:
    """List the activities of all sides; stale ones in red. Exit code 1: there are conflicts."""
    held, met = node.do(lambda at: _look(at, party))
    shown = [one for one in held if with_over or one.activity.state not in _OVER]
    if as_json:
        show_json({"activities": shown, "conflicts": met})
    else:
        rows([_row(one) for one in shown], head=("party", "activity", "rev", "state", "when", ""))
        rows(node.do(lambda at: _cautions(at, shown)))
        say(f"{count(len(shown), 'activity', 'activities')}, {count(len(met), 'conflict')}.")
        if conflicts:
            say("")
            node.do(lambda at: _show(at, met))
    return 1 if met else 0


async def _cautions(at: Opened, held: list[Held]) -> list[tuple[str | tuple[str, str], ...]]:
    """Return a row for each caution area that an activity enters, with the channel kept there."""
    agreement = at.desk.agreement
    found: list[tuple[str | tuple[str, str], ...]] = []
    for one in held if agreement.caution_areas else ():
        activity = from_wire(one.activity, is_checked=True)
        if not activity.is_over:
            found += [
                (activity.party, activity.id, (f"in {words_of(area, agreement)}", YELLOW))
                for area in areas_entered(activity, agreement)
            ]
    return found


async def _look(at: Opened, party: str) -> tuple[list[Held], tuple[Met, ...]]:
    held: list[Held] = []
    after = ""
    while True:
        page = await at.desk.read(partial(queries.activities, party=party, after=after))
        held += page
        if len(page) < queries.LARGEST_PAGE:
            break
        after = tables.key(page[-1].activity.party, page[-1].activity.id)
    lasting: dict[str, Met] = {}
    for one in held:
        look = partial(queries.conflicts_of, party=one.activity.party, activity_id=one.activity.id)
        found = await at.desk.read(look)
        lasting |= {met.id: met for met in found}
    return held, tuple(lasting[key] for key in sorted(lasting))


async def _show(at: Opened, met: tuple[Met, ...]) -> None:
    arenas = await at.desk.read(lambda reader: arenas_of(reader, met))
    show_conflicts(met, arenas, at.desk.agreement)


def _row(held: Held) -> tuple[str | tuple[str, str], ...]:
    one = held.activity
    start_s = min((-math.inf if v.start_s is None else v.start_s) for v in one.volumes)
    end_s = max((math.inf if v.end_s is None else v.end_s) for v in one.volumes)
    state: str | tuple[str, str] = one.state.value
    if held.stale_s is not None and held.confirmed_s is None:
        state = (f"{one.state.value}, STALE", RED)
    elif one.disclose.value != "full":
        state = (f"{one.state.value} ({one.disclose.value})", YELLOW)
    title = plain(shortened(one.title or one.kind))
    return names(one.party), names(one.id), str(one.revision), state, window(start_s, end_s), title
