"""`wideberth review open|answer|list`: figures of a period, compared with the other side's."""

from collections.abc import Callable
from functools import partial
from typing import Any

import click

from wideberth.cli import council_said
from wideberth.cli.node_folder import NodeFolder, Opened, by_option, json_option, with_node
from wideberth.cli.outputs import RefusedError
from wideberth.council.figures import Figures, Period, canonical, digest_of
from wideberth.council.shown import Shown
from wideberth.formats.times import parse_rfc3339
from wideberth.node.council.figures_read import figures_here
from wideberth.peering.council.review import ReviewAnswered, ReviewOpened

KIND = "review"
_DATE_CHARACTERS = 10


def period_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --from and --to."""
    ending = click.option(
        "--to", "to", required=True, metavar="TIME", help="Up to before this, or now."
    )
    beginning = click.option(
        "--from", "from_", required=True, metavar="TIME", help="From then on, like 2026-01-01."
    )
    return beginning(ending(function))


def period_of(from_: str, to: str, now_s: float) -> Period:
    """Return the period of two times, or of two dates (from midnight UTC); "now" is now."""
    from_s, to_s = (now_s if text == "now" else _instant(text) for text in (from_, to))
    if not from_s < to_s:
        raise RefusedError("the period ends before it begins.")
    return Period(from_s, to_s)


def _instant(text: str) -> float:
    return parse_rfc3339(f"{text}T00:00:00Z" if len(text) == _DATE_CHARACTERS else text)


async def reckoned(at: Opened, peer: str, period: Period) -> Figures:
    """Return the figures of a period from this node's ledger."""
    both, agreement = (at.config.party, peer), at.desk.agreement
    read = partial(figures_here, parties=both, agreement=agreement, period=period)
    return await at.desk.read(read)


@click.command("open")
@click.argument("party", default="")
@period_options
@click.option("--words", default="", help="What else is said.")
@click.option("--id", "name", default="", metavar="ID", help="A name for it; else R-1, R-2, ...")
@by_option("secretary")
@with_node
def open_(node: NodeFolder, party: str, from_: str, to: str, **given: Any) -> None:
    """Give a PARTY our figures of a period, from our ledger, to be compared with its own."""

    async def work(at: Opened) -> Shown:
        other, by = council_said.the_other(at, party), given["by"]
        period = period_of(from_, to, at.desk.clock.now_s())
        text = canonical(await reckoned(at, other, period))
        body = ReviewOpened(
            role=by,
            matter=given["name"],
            parties=(at.config.party, other),
            from_s=period.from_s,
            to_s=period.to_s,
            figures=text.decode(),
            digest=digest_of(text),
            words=given["words"],
        )
        return await council_said.said_at(at, body, by)

    council_said.show_brief(node.do(work))


@click.command("answer")
@click.argument("review")
@click.option("--words", default="", help="What else is said.")
@by_option("secretary")
@with_node
def answer(node: NodeFolder, review: str, words: str, by: str) -> int:
    """Give our figures in a REVIEW, reckoned now; either side may do so anew.

    Exit code 1: the figures differ.
    """

    async def work(at: Opened) -> Shown:
        one = await council_said.named(at, KIND, review)
        opening = one.opening
        assert isinstance(opening, ReviewOpened)
        (other,) = one.others(at.config.party)
        text = canonical(await reckoned(at, other, Period(opening.from_s, opening.to_s)))
        body = ReviewAnswered(
            opener=one.opener,
            matter=one.id,
            role=by,
            figures=text.decode(),
            digest=digest_of(text),
            words=words,
        )
        return await council_said.said_at(at, body, by)

    found = node.do(work)
    council_said.show_brief(found)
    return 1 if found.stand["state"] == "differs" else 0


@click.command("list")
@click.option("--all", "with_closed", is_flag=True, help="Agreed ones, too.")
@json_option
@with_node
def listing(node: NodeFolder, *, with_closed: bool, as_json: bool) -> int:
    """List reviews."""
    return council_said.show_list(node, KIND, with_closed=with_closed, as_json=as_json)
