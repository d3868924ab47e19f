"""`wideberth assurance give|renew|withdraw|list|show|check`."""

from functools import partial
from typing import Any

import click

from wideberth.cli import council_said
from wideberth.cli.assurance_given import scope_of, scope_options
from wideberth.cli.assurance_shown import (
    Looked,
    broken_here,
    looked_at,
    show_broken,
    show_many,
    show_whole,
    would_break,
)
from wideberth.cli.node_folder import NodeFolder, Opened, by_option, json_option, with_node
from wideberth.cli.screen import GREEN, RED, say, show_json
from wideberth.cli.spectrum_inputs import instant_of
from wideberth.council.shown import Shown
from wideberth.formats.report_words import count
from wideberth.node import promises
from wideberth.node.promise_records import Broken
from wideberth.peering.council.assurance import (
    AssuranceGiven,
    AssuranceRenewed,
    AssuranceWithdrawn,
)
from wideberth.peering.wire_scope import scope_to_wire

_KIND = "assurance"


@click.command("give")
@click.argument("title")
@scope_options
@click.option("--words", default="", help="What is promised, in words.")
@click.option("--clause", default="", help="The clause of the agreement that it rests on.")
@click.option("--answers", default="", metavar="CONCERN", help="The concern that it answers.")
@click.option("--id", "name", default="", metavar="ID", help="A name for it; else AS-1, AS-2, ...")
@by_option("deputy")
@with_node
def give(node: NodeFolder, title: str, *, by: str, **given: Any) -> int:
    """Promise the other parties what we will not do, where, and until when.

    What of ours acts against it, declared before or kept to ourselves, is shown. Exit code 1:
    there is something.
    """

    async def work(at: Opened) -> tuple[Shown, list[Broken]]:
        scope = scope_of(given, at.desk.clock.now_s())
        concern = given["answers"]
        body = AssuranceGiven(
            title=title,
            matter=given["name"],
            role=by,
            words=given["words"],
            scope=scope_to_wire(scope),
            clause=given["clause"],
            answers=(await council_said.named(at, "concern", concern)).ref if concern else "",
        )
        said = await council_said.said_at(at, body, by)
        one = said.matter
        look = partial(promises.by_assurance, party=one.opener, name=one.id)
        return said, await at.desk.read(look)

    said, broken = node.do(work)
    council_said.show_brief(said)
    show_broken(broken)
    return 1 if broken else 0


@click.command("renew")
@click.argument("assurance")
@click.option("--until", required=True, metavar="TIME", help="The new expiry.")
@click.option("--words", default="", help="What is said with it.")
@by_option("deputy")
@with_node
def renew(node: NodeFolder, assurance: str, until: str, words: str, by: str) -> None:
    """Move the expiry of an ASSURANCE of ours on; one that has lapsed cannot be renewed."""
    more = {"until_s": instant_of(until), "words": words}

    async def work(at: Opened) -> Shown:
        return await council_said.said_in(at, _KIND, assurance, AssuranceRenewed, by, **more)

    council_said.show_brief(node.do(work))


@click.command("withdraw")
@click.argument("assurance")
@click.option("--reason", required=True, help="Why; the others are told.")
@click.option("--at", "ends", metavar="TIME", help="When it ends; else at once.")
@by_option("deputy")
@with_node
def withdraw(node: NodeFolder, assurance: str, reason: str, ends: str | None, by: str) -> None:
    """Withdraw an ASSURANCE of ours before it lapses."""

    async def work(at: Opened) -> Shown:
        ends_s = at.desk.clock.now_s() + _WITHIN_S if ends is None else instant_of(ends)
        more = {"ends_s": ends_s, "words": reason}
        return await council_said.said_in(at, _KIND, assurance, AssuranceWithdrawn, by, **more)

    council_said.show_brief(node.do(work))


_WITHIN_S = 1.0  # "at once" is still to come when the node says it


@click.command("list")
@click.option("--all", "with_closed", is_flag=True, help="Those that are over, too.")
@json_option
@with_node
def listing(node: NodeFolder, *, with_closed: bool, as_json: bool) -> int:
    """List assurances as they stand now. Exit code 1: one is broken, or in red."""
    found: list[Looked] = node.do(partial(looked_at, is_open=not with_closed))
    red = any(one.broken or one.shown.matter.raised for one in found)
    if as_json:
        show_json(found)
    else:
        show_many(found)
    return 1 if red else 0


@click.command("show")
@click.argument("assurance")
@json_option
@with_node
def show(node: NodeFolder, assurance: str, *, as_json: bool) -> int:
    """Show an ASSURANCE, every step, and what acts against it. Exit code 1: something does."""

    async def look(at: Opened) -> Looked:
        one = await council_said.named(at, _KIND, assurance)
        return next(
            found for found in await looked_at(at, is_open=False) if found.shown.ref == one.ref
        )

    found = node.do(look)
    if as_json:
        show_json(found)
    else:
        show_whole(found)
    return 1 if found.broken or found.shown.matter.raised else 0


@click.command("check")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@json_option
@with_node
def check(node: NodeFolder, files: tuple[str, ...], *, as_json: bool) -> int:
    """Show what acts against the assurances that stand; of plan FILEs, what would.

    Nothing is declared, logged or told. Exit code 0: nothing does; 1: something does.
    """
    found: list[Broken] = node.do(partial(would_break, files=files) if files else broken_here)
    if as_json:
        show_json(found)
    else:
        show_broken(found)
        words = "would act" if files else "acts" if len(found) == 1 else "act"
        what = count(len(found), "activity", "activities")
        say(f"{what} {words} against an assurance.", RED if found else GREEN)
    return 1 if found else 0
