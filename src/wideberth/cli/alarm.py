"""`wideberth alarm list|clear`."""

import click

from wideberth.cli.node_folder import NodeFolder, by_option, json_option, with_node
from wideberth.cli.screen import GREEN, RED, rows, say, show_json
from wideberth.formats.report_words import count
from wideberth.formats.times import show_utc
from wideberth.model.command import ClearAlarm
from wideberth.node import queries
from wideberth.node.records import Alarm


@click.command("list")
@click.option("--all", "with_cleared", is_flag=True, help="Those cleared, too; newest first.")
@json_option
@with_node
def listing(node: NodeFolder, *, with_cleared: bool, as_json: bool) -> int:
    """List the alarms that last. Exit code 1: there are some."""
    found = node.do(
        lambda at: at.desk.read(lambda reader: queries.alarms(reader, lasting=not with_cleared))
    )
    lasting = [alarm for alarm in found if alarm.cleared_s is None]
    if as_json:
        show_json(found)
    else:
        rows([_row(alarm) for alarm in found], head=("alarm", "since", "kind", "what"))
        say(f"{count(len(lasting), 'alarm')} last.", RED if lasting else GREEN)
    return 1 if lasting else 0


@click.command("clear")
@click.argument("alarm")
@click.option("--how", required=True, help="What was done about it.")
@by_option("duty officer")
@with_node
def clear(node: NodeFolder, alarm: str, how: str, by: str) -> None:
    """Say that an ALARM was seen and dealt with; its cause may raise it again.

    One whose cause lasts and ends by itself cannot be cleared. ALARM: its number in the list.
    """
    node.do(lambda at: at.desk.do(ClearAlarm(alarm.zfill(12), by, how)))
    say("Cleared.", GREEN)


def _row(alarm: Alarm) -> tuple[str, ...]:
    number = alarm.id.lstrip("0")
    text = alarm.text if alarm.cleared_s is None else f"{alarm.text} Cleared: {alarm.cleared_why}"
    return (number, show_utc(alarm.raised_s) or "", alarm.kind, text)
