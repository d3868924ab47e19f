"""`wideberth review show|figures|print`: figures on the screen, in a sheet, on paper."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import click

from wideberth.cli import council_said
from wideberth.cli.node_folder import NodeFolder, Opened, with_node
from wideberth.cli.outputs import RefusedError, write_bytes, write_whole
from wideberth.cli.review import KIND, period_of, period_options, reckoned
from wideberth.cli.screen import GREEN, RED, YELLOW, rows, say, show_json
from wideberth.council import review
from wideberth.council.figures import Figures, Period, canonical
from wideberth.council.figures_pages import (
    difference_values,
    figures_blocks,
    figures_csv,
    figures_pages,
    figures_text,
)
from wideberth.council.matter import Matter
from wideberth.council.review import ReviewStand
from wideberth.council.shown import shown
from wideberth.formats import typeset
from wideberth.formats.pages import Block, Heading, NewPage, Pages
from wideberth.node.council.meeting_sources import ledger_head


def _json(figures: Figures) -> str:
    return canonical(figures).decode() + "\n"


_WAYS: Final[Mapping[str, Callable[[Figures], str]]] = {
    "text": figures_text,
    "csv": figures_csv,
    "json": _json,
}


@click.command("figures")
@click.argument("party", default="")
@period_options
@click.option("--format", "way", type=click.Choice(list(_WAYS)), default="text", show_default=True)
@click.option("--output", "-o", metavar="F", help="Write it here, not to the screen.")
@with_node
def figures(node: NodeFolder, party: str, from_: str, to: str, **given: Any) -> None:
    """Reckon the figures of a period with a PARTY from our ledger; nothing is said."""

    async def work(at: Opened) -> Figures:
        other = council_said.the_other(at, party)
        return await reckoned(at, other, period_of(from_, to, at.desk.clock.now_s()))

    text = _WAYS[given["way"]](node.do(work))
    if given["output"]:
        write_whole(given["output"], text)
        say(f"Figures: {given['output']}")
    else:
        click.echo(text, nl=False)


@click.command("show")
@click.argument("name", metavar="REVIEW")
@click.option("--json", "as_json", is_flag=True, help="Show it as JSON, for programs.")
@with_node
def show(node: NodeFolder, name: str, *, as_json: bool) -> int:
    """Show where a REVIEW stands, and every figure that differs; exit code 1: some do."""

    async def look(at: Opened) -> tuple[Matter, ReviewStand, Any]:
        one = await council_said.named(at, KIND, name)
        agreement = at.desk.agreement
        return one, review.stand(one, agreement), shown(one, agreement)

    one, found, whole = node.do(look)
    differs = found.state == "differs"
    if as_json:
        show_json(whole)
        return 1 if differs else 0
    say(f"{one.ref}: {found.title}")
    say(f"State: {found.state}", RED if differs else "" if found.is_open else GREEN)
    for given in found.given:
        say(f"Figures of {given.party}: {given.digest}")
    for due in found.dues:
        say(f"Owed: {due.what} by {due.party}, due {council_said.at(due.at_s)}", YELLOW)
    if differs:
        head = ("what", "about", "figure", *found.sides)
        differ = found.differences
        rows([(d.section, d.about, d.name, *difference_values(d)) for d in differ], head=head)
        for why in found.why:
            say(f"{why}.", YELLOW)
    return 1 if differs else 0


@click.command("print")
@click.argument("name", metavar="REVIEW")
@click.option("--output", "-o", required=True, metavar="F", help="Write the PDF here.")
@with_node
def print_(node: NodeFolder, name: str, output: str) -> None:
    """Print a REVIEW: where it stands, what differs, charts, and every figure of ours."""

    async def work(at: Opened) -> Pages:
        one = await council_said.named(at, KIND, name)
        party = at.config.party
        found = review.stand(one, at.desk.agreement)
        ours = review.figures_given(one, party)
        if ours is None:
            (other,) = one.others(party)
            ours = await reckoned(at, other, Period(found.from_s, found.to_s))
        heads = (await at.desk.read(lambda reader: ledger_head(reader, party)),)
        return figures_pages(ours, made_s=at.desk.clock.now_s(), heads=heads, review=found)

    write_bytes(output, typeset.pdf(node.do(work)))
    say(f"Review: {output}")


async def figures_sections(
    at: Opened, meeting: Matter, times: tuple[str, str] | None
) -> tuple[Block, ...]:
    """Return the figures of a period with each other party of a meeting, for its pack."""
    if times is None:
        return ()
    period = period_of(*times, at.desk.clock.now_s())
    blocks: list[Block] = []
    for other in meeting.others(at.config.party):
        if other not in at.desk.agreement.parties:
            raise RefusedError(f"{other} is no party of the agreement.")
        found = await reckoned(at, other, period)
        title = review.title_of(period.from_s, period.to_s)
        blocks += [NewPage(), Heading(f"{title}, with {other}"), *figures_blocks(found)]
    return tuple(blocks)
