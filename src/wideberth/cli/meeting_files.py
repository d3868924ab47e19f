"""`wideberth meeting ics|import|pack`: a meeting as a file for mail clients, and on paper."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import click
import msgspec

from wideberth.cli import council_said
from wideberth.cli.meeting import KIND, LEAD, agenda_at, when_words
from wideberth.cli.node_folder import NodeFolder, Opened, by_option, with_node
from wideberth.cli.outputs import RefusedError, write_bytes
from wideberth.cli.review_shown import figures_sections
from wideberth.cli.screen import YELLOW, say
from wideberth.council import itip
from wideberth.council.calendars import meeting_event
from wideberth.council.itip import Speaker
from wideberth.council.kinds import stand_of
from wideberth.council.pack import Sources, pack_of
from wideberth.council.shown import Shown, word_of
from wideberth.formats import typeset
from wideberth.formats.ical import Event, Method, matter_of
from wideberth.formats.ical_reader import IcalReading, read
from wideberth.formats.ical_writer import write
from wideberth.formats.reading import Severity
from wideberth.node.council import matters
from wideberth.node.council.meeting_sources import Here, pack_now
from wideberth.peering.council.meeting import MeetingBody, When

_MOST_BYTES: Final = 1024 * 1024
_WORDS: Final = {
    Severity.ERROR: "Refused",
    Severity.PARTIAL: "Not sure",
    Severity.ASSUMED: "Assumed",
    Severity.NOTE: "Not read",
}


@click.command("ics")
@click.argument("meeting")
@click.option(
    "--as",
    "method",
    type=click.Choice(["request", "reply", "counter", "publish", "cancel"]),
    help="What the file asks for; else request, or cancel once it is cancelled.",
)
@click.option("--output", "-o", required=True, metavar="F", help="Write it here.")
@with_node
def ics(node: NodeFolder, meeting: str, method: str | None, output: str) -> None:
    """Write a MEETING as a calendar file, as it is put to us or as we answer it."""

    async def work(at: Opened) -> tuple[bytes, Method]:
        one = await council_said.named(at, KIND, meeting)
        agreement, party = at.desk.agreement, at.config.party
        is_over = stand_of(one, agreement).state == "cancelled"
        chosen = Method(method.upper()) if method else None
        chosen = chosen or (Method.CANCEL if is_over else Method.REQUEST)
        event = meeting_event(one, agreement, party, await agenda_at(at, one))
        return write(itip.written(one, agreement, party, chosen, event)), chosen

    data, chosen = node.do(work)
    write_bytes(output, data)
    say(f"Calendar: {output} ({chosen.value})")


@click.command("import")
@click.argument("file", metavar="FILE")
@click.option("--ours", is_flag=True, help="An address that names no party answers for us.")
@click.option("--yes", is_flag=True, help="Say it; else it is only shown.")
@by_option(LEAD)
@with_node
def import_(node: NodeFolder, file: str, by: str, *, ours: bool, yes: bool) -> int:
    """Take what a mail client answers in a calendar FILE: shown first, said with --yes.

    Exit code 1: nothing was said.
    """
    data = Path(file).read_bytes()
    if len(data) > _MOST_BYTES:
        raise RefusedError(f"{file} is too long for a calendar.")
    reading = read(data)
    _show(reading)

    async def work(at: Opened) -> tuple[MeetingBody, Shown | None]:
        event = next((e for e in reading.calendar.entries if isinstance(e, Event)), None)
        name = None if event is None else matter_of(event.uid)
        found = None
        if name is not None:
            found = await at.desk.read(lambda reader: matters.matter(reader, *name))
        speaker = Speaker(at.config.party, by, is_ours=ours)
        body = itip.step_of(reading.calendar, found, speaker, at.desk.agreement)
        return body, await council_said.said_at(at, body, by) if yes else None

    body, shown = node.do(work)
    say(f"It says: {word_of(body)}, {_step_words(body)}")
    if shown is None:
        say("Nothing was said. Say it: --yes", YELLOW)
        return 1
    council_said.show_brief(shown)
    return 0


def _show(reading: IcalReading) -> None:
    """Show what was understood, assumed and not read."""
    for words in reading.understood:
        say(words)
    for problem in reading.problems:
        what = problem.what.removeprefix("not read:").strip()
        parts = (what, problem.text, problem.remedy)
        said = " ".join(part for part in parts if part)
        say(f"{_WORDS[problem.severity]}: {problem.where}: {said}", YELLOW)


def _step_words(body: MeetingBody) -> str:
    when: When | None = getattr(body, "when", None)
    parts = [getattr(body, "answer", ""), when_words(when) if when else ""]
    parts += [getattr(body, "place", ""), body.words]
    return "; ".join(str(part) for part in parts if part) or msgspec.json.encode(body).decode()


@click.command("pack")
@click.argument("meeting")
@click.option("--from", "from_", metavar="TIME", help="With the figures from then on.")
@click.option("--to", "to", metavar="TIME", help="And up to before this; needs --from.")
@click.option("--output", "-o", required=True, metavar="F", help="Write the PDF here.")
@with_node
def pack(node: NodeFolder, meeting: str, from_: str | None, to: str | None, output: str) -> None:
    """Print a MEETING's pack: agenda, all that is open, the map, and the agreement."""
    if (from_ is None) is not (to is None):
        raise click.UsageError("the figures of a period need both: --from and --to.")
    times = (from_, to) if from_ and to else None

    async def work(at: Opened) -> Sources:
        one = await council_said.named(at, KIND, meeting)
        here = Here(at.config.party, at.desk.clock.now_s())
        found = await at.desk.read(lambda reader: pack_now(reader, one, at.desk.agreement, here))
        sections = (*found.sections, *await figures_sections(at, one, times))
        return replace(found, sections=sections)

    write_bytes(output, typeset.pdf(pack_of(node.do(work))))
    say(f"Pack: {output}")
