"""`wideberth interference open|request|answer|observe|close|list|show`."""

from typing import Any, Final

import click

from wideberth.cli.interference_given import (
    bearing_of,
    report_of,
    report_options,
    seen_options,
    time_of,
)
from wideberth.cli.interference_shown import (
    HEAD,
    every_case,
    every_named,
    is_red,
    named,
    newest_alone,
    row,
    said,
    show_case,
)
from wideberth.cli.node_folder import NodeFolder, Opened, by_option, json_option, with_node
from wideberth.cli.outputs import RefusedError
from wideberth.cli.screen import RED, rows, say, show_json
from wideberth.formats.lookalike import names
from wideberth.formats.report_words import count
from wideberth.model.command import (
    AnswerCease,
    CloseCase,
    Command,
    ObserveCase,
    OpenCase,
    RequestCease,
)
from wideberth.model.interference import CaseState, CeaseAnswer, Effect, Outcome
from wideberth.node.case_records import InterferenceCase

_LOOK_EVERY_S: Final = 0.2


@click.command("open")
@click.argument("peer")
@report_options
@click.option("--case", "name", default="", metavar="ID", help="A name for it; else I-1, I-2, ...")
@click.option("--cease", is_flag=True, help="Ask at once that it cease.")
@by_option("duty officer")
@with_node
def open_(node: NodeFolder, peer: str, name: str, *, cease: bool, **given: Any) -> None:
    """Report interference to PEER; all that is given here is told to it.

    Times are RFC 3339 (2031-05-14T09:30:00Z), places longitude first.
    """

    async def work(at: Opened) -> tuple[InterferenceCase, str]:
        report = report_of(given, at.desk.clock.now_s())
        command = OpenCase(peer, report, given["by"], case=name, cease=cease)
        return await _given(at, command)

    said(*node.do(work))


@click.command("request")
@click.argument("case")
@click.option("--words", default="", help="What the peer should know with it.")
@by_option("duty officer")
@with_node
def request(node: NodeFolder, case: str, words: str, by: str) -> None:
    """Ask the peer of our CASE that it cease; the answer clock runs, also while suspended."""

    async def work(at: Opened) -> tuple[InterferenceCase, str]:
        one = _own(await named(at, case), at)
        return await _given(at, RequestCease(one.id, by, by, words))

    said(*node.do(work))


@click.command("answer")
@click.argument("case")
@click.option("--ceasing", "answer", flag_value="ceasing", help="We see to it.")
@click.option("--ceased", "answer", flag_value="ceased", help="It has ceased.")
@click.option("--not-ours", "answer", flag_value="not-ours", help="It does not come from us.")
@click.option("--disputed", "answer", flag_value="disputed", help="We see it otherwise: --reason.")
@click.option("--cannot", "answer", flag_value="cannot", help="We cannot cease: --reason.")
@click.option("--at", "when", metavar="TIME", help="When it ceased, or by when it will.")
@click.option("--reason", default="", help="Why; the peer is told.")
@by_option("duty officer")
@with_node
def answer(node: NodeFolder, case: str, answer: str | None, **given: Any) -> None:
    """Answer a peer's request to cease in its CASE; may be given anew as things go on."""
    if answer is None:
        raise RefusedError("say which: --ceasing, --ceased, --not-ours, --disputed or --cannot.")
    by = given["by"]

    async def work(at: Opened) -> tuple[InterferenceCase, str]:
        one = await named(at, case)
        command = AnswerCease(
            one.opener,
            one.id,
            CeaseAnswer(answer),
            role=by,
            by=by,
            when_s=time_of(given["when"]),
            reason=given["reason"],
        )
        return await _given(at, command)

    said(*node.do(work))


@click.command("observe")
@click.argument("case")
@click.option("--words", default="", help="What was seen or done.")
@seen_options
@by_option("duty officer")
@with_node
def observe(node: NodeFolder, case: str, words: str, **given: Any) -> None:
    """Add to a CASE of either side's what was seen or done; a closed one takes remarks too."""

    async def work(at: Opened) -> tuple[InterferenceCase, str]:
        one = await named(at, case)
        command = ObserveCase(
            one.opener,
            one.id,
            given["by"],
            given["by"],
            words=words,
            effect=None if given["effect"] is None else Effect(given["effect"]),
            bearing=bearing_of(given),
        )
        return await _given(at, command)

    said(*node.do(work))


@click.command("close")
@click.argument("case")
@click.option("--outcome", required=True, type=click.Choice([o.value for o in Outcome]))
@click.option("--words", default="", help="What was found.")
@by_option("duty officer")
@with_node
def close(node: NodeFolder, case: str, outcome: str, words: str, by: str) -> None:
    """Close our CASE; all that both sides said of it stays."""

    async def work(at: Opened) -> tuple[InterferenceCase, str]:
        one = _own(await named(at, case), at)
        return await _given(at, CloseCase(one.id, Outcome(outcome), by, by, words))

    said(*node.do(work))


@click.command("list")
@click.option("--all", "with_closed", is_flag=True, help="Closed ones, too.")
@json_option
@with_node
def listing(node: NodeFolder, *, with_closed: bool, as_json: bool) -> int:
    """List the cases of interference. Exit code 1: one is in red."""

    async def look(at: Opened) -> tuple[list[InterferenceCase], str]:
        return await every_case(at, is_open=not with_closed), at.desk.party

    found, party = node.do(look)
    red = sum(1 for one in found if is_red(one, party))
    if as_json:
        show_json([newest_alone(one) for one in found])
    else:
        rows([row(one, party) for one in found], head=HEAD)
        say(f"{count(len(found), 'case')}, {red} in red.", RED if red else "")
    return 1 if red else 0


@click.command("show")
@click.argument("case")
@click.option("--until", type=click.Choice([s.value for s in CaseState]), help="Wait for this.")
@click.option("--wait", default=30.0, show_default=True, metavar="S", help="At most so long.")
@json_option
@with_node
def show(node: NodeFolder, case: str, *, as_json: bool, until: str | None, wait: float) -> int:
    """Show a CASE: the report, the answer clock, every step.

    Exit code 1: it is in red, or has not come to the state that --until names.
    """

    async def look(at: Opened) -> tuple[InterferenceCase, str]:
        end_s = at.desk.clock.now_s() + wait
        while until is not None and at.desk.clock.now_s() < end_s:
            if any(one.state == until for one in await every_named(at, case)):
                break
            await at.desk.clock.sleep(_LOOK_EVERY_S)
        return await named(at, case), at.desk.party

    found, party = node.do(look)
    if as_json:
        show_json(found)
    else:
        show_case(found, party)
    return 1 if is_red(found, party) or until not in (None, found.state) else 0


async def _given(at: Opened, command: Command) -> tuple[InterferenceCase, str]:
    answered = await at.desk.do(command)
    assert answered.case is not None, "such a command is answered with its case"
    return answered.case, at.desk.party


def _own(one: InterferenceCase, at: Opened) -> InterferenceCase:
    if one.opener != at.desk.party:
        raise RefusedError(
            f"case {names(one.id)} is {names(one.opener)}'s. Add what you know of it: observe."
        )
    return one
