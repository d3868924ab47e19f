"""`wideberth activity declare` and `amend`: plan files to declarations."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

import click

from wideberth.cli.assurance_shown import show_broken
from wideberth.cli.inputs import read_files
from wideberth.cli.met import arenas_of, show_conflicts, show_lead, show_not_judged
from wideberth.cli.node_folder import (
    NodeFolder,
    Opened,
    by_option,
    json_option,
    refusal_words,
    with_node,
)
from wideberth.cli.outputs import RefusedError, show_errors
from wideberth.cli.parties import repair_option
from wideberth.cli.screen import GREEN, RED, YELLOW, say, show_json
from wideberth.errors import WideberthError
from wideberth.formats.gathering import gather
from wideberth.formats.lookalike import named
from wideberth.formats.report_words import count
from wideberth.formats.shown import plain
from wideberth.model.activity import Activity
from wideberth.model.command import Declare, Verified
from wideberth.model.notice import Rung, reaches
from wideberth.node import queries
from wideberth.node.answers import Answer
from wideberth.node.records import Notice

_LOOK_EVERY_S: Final = 0.2
Change = Callable[[Opened, Activity], Awaitable[Activity]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The command line of a declaration."""

    files: tuple[str, ...]
    contact: str
    doubt: str
    third_parties: str
    checked_by: str | None
    checked_how: str
    repair: bool
    wait: float
    by: str
    as_json: bool


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        with_node,
        json_option,
        by_option("planner"),
        click.option("--wait", default=0.0, metavar="S", help="Wait so long for all receipts."),
        repair_option,
        click.option("--checked-how", default="", help="How the coordinates were checked."),
        click.option("--checked-by", metavar="ROLE", help="Who checked the coordinates."),
        click.option("--third-parties", default="", help="Who else is affected, and no party."),
        click.option("--doubt", default="", help="Doubt or dissent that travels with it."),
        click.option("--contact", required=True, metavar="ROLE", help="Who answers for it."),
        click.argument("files", nargs=-1, required=True, metavar="FILE..."),
    ):
        function = option(function)
    return function


@click.command("declare")
@_options
def declare(node: NodeFolder, **given: Any) -> int:
    """Declare the activities of FILEs, in any readable format, to all peers.

    All files must be read without error before anything is declared. Exit code 0: declared, no
    conflict found among what was judged; 1: declared, and there are conflicts, a late notice, or
    an activity that was refused; 2: nothing was declared.
    """
    return _declare(node, _Asked(**given), _as_it_is)


@click.command("amend")
@_options
def amend(node: NodeFolder, **given: Any) -> int:
    """Declare the activities of FILEs anew, each as the next revision of what is in force.

    Exit codes as of declare.
    """
    return _declare(node, _Asked(**given), _next_revision)


async def _as_it_is(_at: Opened, activity: Activity) -> Activity:
    return activity


async def _next_revision(at: Opened, activity: Activity) -> Activity:
    held = await at.desk.read(lambda r: queries.activity(r, activity.party, activity.id))
    if held is None:
        raise RefusedError(f"{named(activity.id)} was never declared. Declare it.")
    return replace(activity, revision=held.activity.revision + 1)


def _declare(node: NodeFolder, asked: _Asked, change: Change) -> int:
    return node.do(lambda at: _declare_all(at, asked, change))


async def _declare_all(at: Opened, asked: _Asked, change: Change) -> int:
    activities = [await change(at, one) for one in _read(at.config.party, asked)]
    answers: list[Answer] = []
    refused: list[tuple[str, str]] = []
    for activity in activities:
        try:
            answers.append(await at.desk.do(_command(at, activity, asked)))
        except WideberthError as error:
            if len(activities) == 1:
                raise
            refused.append((activity.id, refusal_words(error)))
    answers = await _as_found_together(at, answers)
    await _wait(at, answers, asked.wait)
    notices = await _notices(at, answers)
    if asked.as_json:
        show_json({"declared": answers, "refused": dict(refused)})
    else:
        await _show(at, answers, notices, refused)
    if not answers:
        return 2
    late = any(one.lead is not None and one.lead.late for one in notices)
    open_things = any(a.conflicts or a.broken or a.not_judged for a in answers)
    return 1 if refused or late or open_things else 0


def _read(party: str, asked: _Asked) -> tuple[Activity, ...]:
    """Return the activities of all files; RefusedError where one could not be read whole."""
    parties = dict.fromkeys(asked.files, party)
    readings = read_files(asked.files, parties=parties, repair=asked.repair)
    activities, _links, readings = gather(readings)
    if show_errors(readings):
        raise RefusedError("nothing was declared: correct what is named above.")
    others = sorted({a.party for a in activities if a.party != party})
    if others:
        names = ", ".join(map(named, others))
        raise RefusedError(f"this node speaks for {party}; the files hold plans of {names}.")
    if not activities:
        raise RefusedError("the files hold no activity.")
    return activities


def _command(at: Opened, activity: Activity, asked: _Asked) -> Declare:
    checked = None
    if asked.checked_by is not None:
        checked = Verified(asked.checked_by, at.desk.clock.now_s(), asked.checked_how)
    return Declare(
        activity=activity,
        contact=asked.contact,
        by=asked.by,
        doubt=asked.doubt,
        third_parties=asked.third_parties,
        checked=checked,
    )


async def _as_found_together(at: Opened, answers: Sequence[Answer]) -> list[Answer]:
    """Return answers whose conflicts are as they are now that all are declared."""
    found = []
    for answer in answers:
        assert answer.activity is not None, "a declaration is answered with its activity"
        one = answer.activity.activity
        look = partial(queries.conflicts_of, party=one.party, activity_id=one.id)
        met = await at.desk.read(look)
        found.append(_with(answer, tuple(met)))
    return found


def _with(answer: Answer, conflicts: tuple[Any, ...]) -> Answer:
    return Answer(
        activity=answer.activity,
        conflicts=conflicts,
        broken=answer.broken,
        not_judged=answer.not_judged,
        notices=answer.notices,
        advice=answer.advice,
    )


async def _notices(at: Opened, answers: Sequence[Answer]) -> list[Notice]:
    found = []
    for name in (notice.message for answer in answers for notice in answer.notices):
        notice = await at.desk.read(partial(queries.notice, message=name))
        found += [] if notice is None else [notice]
    return found


async def _wait(at: Opened, answers: Sequence[Answer], wait_s: float) -> None:
    """Return when every notice has a receipt, or after so long."""
    end_s = at.desk.clock.now_s() + wait_s
    while at.desk.clock.now_s() < end_s:
        if all(reaches(n.rung, Rung.DELIVERED) for n in await _notices(at, answers)):
            return
        await at.desk.clock.sleep(_LOOK_EVERY_S)


async def _show(
    at: Opened,
    answers: Sequence[Answer],
    notices: Sequence[Notice],
    refused: Sequence[tuple[str, str]],
) -> None:
    conflicts = tuple({met.id: met for answer in answers for met in answer.conflicts}.values())
    arenas = await at.desk.read(lambda reader: arenas_of(reader, conflicts))
    for answer in answers:
        assert answer.activity is not None, "a declaration is answered with its activity"
        one = answer.activity.activity
        title = f" {plain(one.title)}" if one.title else ""
        say(
            f"Declared {named(one.id)}, revision {one.revision}:{title} ({one.disclose.value})",
            GREEN,
        )
        if answer.activity.moved:
            say(f"  {answer.activity.moved}")
    for name, words in refused:
        say(f"Not declared: {named(name)}: {words}", RED)
    say("")
    _show_notices(notices)
    say("")
    show_conflicts(conflicts, arenas, at.desk.agreement)
    show_broken([broken for answer in answers for broken in answer.broken])
    for not_judged in {one.not_judged for one in answers}:
        show_not_judged(not_judged)
    say(f"{count(len(conflicts), 'conflict')} found.", RED if conflicts else "")


def _show_notices(notices: Sequence[Notice]) -> None:
    if not notices:
        say("No peer is told: there is none, the exchange is suspended, or it is private.", YELLOW)
    for notice in notices:
        show_lead(notice)
    waiting = sum(1 for one in notices if not reaches(one.rung, Rung.DELIVERED))
    if waiting:
        queued = count(waiting, "notice")
        say(f"{queued} queued: sent as soon as the node runs and the line is up.")
    if len(notices) > waiting:
        delivered = count(len(notices) - waiting, "notice")
        say(f"{delivered} delivered: the peer's node has signed for it.")
