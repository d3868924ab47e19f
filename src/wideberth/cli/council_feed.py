"""`wideberth council feed`: all that has a time, for a calendar program."""

import click

from wideberth.cli.node_folder import NodeFolder, Opened, with_node
from wideberth.cli.outputs import write_bytes
from wideberth.cli.screen import say
from wideberth.council.calendars import feed as calendar_of
from wideberth.formats.ical import Calendar
from wideberth.formats.ical_writer import write
from wideberth.formats.report_words import count
from wideberth.node.council.meeting_sources import with_times


@click.command("feed")
@click.option("--output", "-o", required=True, metavar="F", help="Write the calendar here.")
@with_node
def feed(node: NodeFolder, output: str) -> None:
    """Write all that has a time as a calendar: meetings, action items, what is owed, what ends."""

    async def look(at: Opened) -> Calendar:
        found = await at.desk.read(with_times)
        return calendar_of(found, at.desk.agreement, at.config.party)

    calendar = node.do(look)
    write_bytes(output, write(calendar))
    say(f"Calendar: {output} ({count(len(calendar.entries), 'entry', 'entries')})")
