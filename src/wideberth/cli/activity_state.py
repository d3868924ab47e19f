"""`wideberth activity withdraw|activate|end|confirm`."""

from typing import Any

import click

from wideberth.cli.node_folder import NodeFolder, by_option, json_option, with_node
from wideberth.cli.screen import GREEN, say, show_json
from wideberth.formats.lookalike import names
from wideberth.formats.report_words import count
from wideberth.model.activity import State
from wideberth.model.command import ChangeState, Confirm
from wideberth.node.answers import Answer


def _change(name: str, state: State, about: str, *, by: str) -> click.Command:
    @click.command(name, help=about)
    @click.argument("activity")
    @click.option("--reason", default="", help="Why; the peers are told.")
    @click.option("--revision", type=int, metavar="N", help="Only if this one is in force.")
    @by_option(by)
    @json_option
    @with_node
    def command(node: NodeFolder, activity: str, *, as_json: bool, **given: Any) -> None:
        change = ChangeState(
            activity=activity,
            state=state,
            by=given["by"],
            of_revision=given["revision"],
            reason=given["reason"],
        )
        answer = node.do(lambda at: at.desk.do(change))
        _show(answer, as_json=as_json)

    return command


def _show(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        show_json(answer)
        return
    assert answer.activity is not None, "a change is answered with its activity"
    one = answer.activity.activity
    say(f"{names(one.id)} is {one.state.value}, revision {one.revision}.", GREEN)
    say(f"{count(len(answer.notices), 'notice')} queued.")
    if answer.conflicts:
        say(f"It has {count(len(answer.conflicts), 'conflict')}.")


withdraw = _change(
    "withdraw",
    State.WITHDRAWN,
    "Take an ACTIVITY back before it begins; its conflicts end.",
    by="planner",
)
activate = _change(
    "activate", State.ACTIVATED, "Say that an ACTIVITY has begun.", by="duty officer"
)
end = _change(
    "end",
    State.ENDED,
    "End an ACTIVITY; before its time, this releases its room at once.",
    by="duty officer",
)


@click.command("confirm")
@click.argument("activity")
@by_option("duty officer")
@with_node
def confirm(node: NodeFolder, activity: str, by: str) -> None:
    """Say that an ACTIVITY past its end, or long unheard of, is still in force."""
    node.do(lambda at: at.desk.do(Confirm(activity, by)))
    say(f"{names(activity)} is confirmed: still in force.", GREEN)
