"""`wideberth council list|show`: all matters, whatever their kind."""

import click

from wideberth.cli import council_said
from wideberth.cli.node_folder import NodeFolder, json_option, with_node


@click.command("list")
@click.argument("kind", default="")
@click.option("--all", "with_closed", is_flag=True, help="Closed ones, too.")
@json_option
@with_node
def listing(node: NodeFolder, kind: str, *, with_closed: bool, as_json: bool) -> int:
    """List what is open between the parties, of one KIND or of all.

    Exit code 1: something is in red.
    """
    return council_said.show_list(node, kind, with_closed=with_closed, as_json=as_json)


@click.command("show")
@click.argument("matter")
@click.option("--until", metavar="STATE", help="Wait until it is in this state.")
@click.option("--wait", default=30.0, show_default=True, metavar="S", help="At most so long.")
@json_option
@with_node
def show(node: NodeFolder, matter: str, *, until: str | None, wait: float, as_json: bool) -> int:
    """Show a MATTER with every step: ID, OPENER/ID or KIND/OPENER/ID.

    Exit code 1: it is in red, or has not come to the state that --until names.
    """
    wanted = None if until is None else council_said.Until(until, wait)
    return council_said.show_one(node, "", matter, as_json=as_json, until=wanted)
