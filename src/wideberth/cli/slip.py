"""`wideberth slip write` and `slip read`: a declaration by telephone, radio or paper."""

from pathlib import Path

import click

from wideberth.cli.node_folder import NodeFolder, Opened, leave, with_node
from wideberth.cli.outputs import RefusedError, show_plan, show_text, write_whole
from wideberth.cli.screen import say
from wideberth.formats.lookalike import names
from wideberth.formats.plan_writer import render
from wideberth.formats.slip import write_slip
from wideberth.formats.slip_reader import read_slip
from wideberth.node import queries
from wideberth.node.records import Held
from wideberth.peering.wire import from_wire

_MOST_BYTES = 1_048_576


@click.command("write")
@click.argument("activity")
@click.option("--party", metavar="P", help="Whose; else our own.")
@click.option("--output", "-o", metavar="F", help="Write the slip here; else it is printed.")
@with_node
def write(node: NodeFolder, activity: str, party: str | None, output: str | None) -> None:
    """Write an ACTIVITY as a slip: groups to be read aloud, each with check characters."""

    async def look(at: Opened) -> Held | None:
        name = party or at.config.party
        return await at.desk.read(lambda reader: queries.activity(reader, name, activity))

    held = node.do(look)
    if held is None:
        raise RefusedError(
            f"there is no activity {names(activity)}. List them: wideberth activity list"
        )
    text = write_slip(from_wire(held.activity))
    if output is None:
        show_text(text)
    else:
        write_whole(output, text)
        say(f"Slip: {output}")


@click.command("read")
@click.argument("file", metavar="FILE")
@click.option("--to", "target", metavar="PLAN", help="Write it as a plan; else it is printed.")
def read(file: str, target: str | None) -> None:
    """Read a slip's FILE as it was taken down; name the groups to ask for again, if any."""
    leave(lambda: _read(file, target))


def _read(file: str, target: str | None) -> None:
    data = Path(file).read_bytes()
    if len(data) > _MOST_BYTES:
        raise RefusedError(f"{file} is too long for a slip.")
    activity = read_slip(data.decode("utf-8", errors="replace"))
    plan = render([activity])
    if target is None:
        show_plan(plan)
        return
    write_whole(target, plan, inputs=(file,))
    say(f"{names(activity.party, activity.id)}, revision {activity.revision}. Wrote {target}.")
