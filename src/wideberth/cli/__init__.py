"""The command line: one file a command, each loaded only when it is called."""

import os
import sys
import traceback
from collections.abc import Mapping
from importlib import import_module
from typing import Final

import click

from wideberth import __version__

INTERRUPTED: Final = 130  # 128 + SIGINT, as shells have it
UNREADABLE: Final = 2
_BROKEN_PIPE: Final = 141  # 128 + SIGPIPE

# name: where its command is, and its line in --help
_COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "check": ("wideberth.cli.check", "Find conflicts among plans and notices."),
    "convert": ("wideberth.cli.convert", "Show what is understood of files; write it as a plan."),
}


class _LateGroup(click.Group):
    """A group whose commands are imported when one is called, so that --help is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Return one command, imported now."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(_COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the commands' lines without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])


@click.group(cls=_LateGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="wideberth")
def wideberth() -> None:
    """Find where two sides' activities come too close: air, sea, spectrum.

    Exit codes: 0 none found, 1 conflicts (or read in part), 2 something could not be read.
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
        error.show()
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except Exception:  # noqa: BLE001 - the last stop: a crash must not look like an answer
        traceback.print_exc()
        click.echo("This is an error in Wideberth; there is no answer. Please report it.", err=True)
        return UNREADABLE
    return code if isinstance(code, int) else 0
