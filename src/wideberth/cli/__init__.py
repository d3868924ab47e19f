"""The command line: one file a command, each loaded only when it is called."""

import io
import os
import sys
import traceback
from collections.abc import Mapping
from typing import Final

import click

from wideberth import __version__
from wideberth.cli.late import LateGroup
from wideberth.formats.shown import block

INTERRUPTED: Final = 130  # 128 + SIGINT, as shells have it
UNREADABLE: Final = 2
_BROKEN_PIPE: Final = 141  # 128 + SIGPIPE

# name: where its command is, and its line in --help
_COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "check": ("wideberth.cli.check:command", "Find conflicts among plans and notices."),
    "convert": (
        "wideberth.cli.convert:command",
        "Show what is understood of files; write it as a plan.",
    ),
    "demo": ("wideberth.cli.demo:command", "Two nodes on this machine, a story from end to end."),
    "node": ("wideberth.cli.families:node", "A party's node: make it, run it, look at it."),
    "peer": ("wideberth.cli.families:peer", "The other parties' nodes."),
    "activity": ("wideberth.cli.families:activity", "Declare, amend, end, list."),
    "notice": ("wideberth.cli.families:notice", "Read, pass on, acknowledge."),
    "council": ("wideberth.cli.families_council:council", "What is open between the parties."),
    "review": ("wideberth.cli.families_council:review", "The figures of a year, compared."),
    "drill": ("wideberth.cli.families_council:drill", "Test calls: DRILL."),
    "meeting": ("wideberth.cli.families_council:meeting", "Meetings of the working group."),
    "action": ("wideberth.cli.families_council:action", "What is to be done, by whom, by when."),
    "agreement": (
        "wideberth.cli.families_council:agreement",
        "The agreement: drafted, signed, suspended, ended.",
    ),
    "decision": ("wideberth.cli.families_council:decision", "Decisions of the working group."),
    "assurance": ("wideberth.cli.families_council:assurance", "What a party promises not to do."),
    "consent": ("wideberth.cli.families_council:consent", "Consent to enter a caution area."),
    "caveat": ("wideberth.cli.families_council:caveat", "Third parties that must be told."),
    "concern": ("wideberth.cli.families_council:concern", "What one side is worried about."),
    "hotline": ("wideberth.cli.families_council:hotline", "The line that always answers."),
    "watch": ("wideberth.cli.families_council:watch", "Who has the watch; hand it over."),
    "interference": (
        "wideberth.cli.families:interference",
        "Report it, ask that it cease, answer.",
    ),
    "incident": ("wideberth.cli.families_council:incident", "Report, keep evidence, find, close."),
    "spectrum": ("wideberth.cli.families:spectrum", "What is free, who is harmed, how far."),
    "alarm": ("wideberth.cli.families:alarm", "What must not pass unseen: list, clear."),
    "slip": ("wideberth.cli.families:slip", "A declaration for telephone, radio and paper."),
    "unit": ("wideberth.cli.families:unit", "Links and codes of units."),
    "log": ("wideberth.cli.families:log", "The ledger: verify and prove."),
    "user": ("wideberth.cli.families:user", "Who may sign in to the node."),
}


@click.group(
    cls=LateGroup, late=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="wideberth")
def wideberth() -> None:
    """Find where two sides' activities come too close: air, sea, spectrum.

    Exit codes: 0 done, none found; 1 done, and there is something to look at: conflicts, what was
    read in part, alarms; 2 refused, or something could not be read.
    """


def main() -> None:
    """Run the command line and leave with its exit code; an error of ours is never 0 or 1."""
    sys.exit(_run())


def _run() -> int:
    try:
        code = wideberth.main(standalone_mode=False, prog_name="wideberth")
        sys.stdout.flush()
    except (KeyboardInterrupt, click.Abort):
        click.echo("Stopped; nothing is left half written.", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        said = io.StringIO()
        error.show(file=said)
        click.echo(block(said.getvalue()), nl=False, err=True)
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except Exception:  # noqa: BLE001 - the last stop: a crash must not look like an answer
        click.echo(block(traceback.format_exc()), nl=False, err=True)
        click.echo("This is an error in Wideberth; there is no answer. Please report it.", err=True)
        return UNREADABLE
    return code if isinstance(code, int) else 0
