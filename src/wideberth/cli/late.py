"""Groups of commands that are imported when one is called, so that --help is quick."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

Late = Mapping[str, tuple[str, str]]


class LateGroup(click.Group):
    """A group; late: name -> (module:attribute of its command, its line in --help)."""

    def __init__(self, *given: Any, late: Late, **more: Any) -> None:
        super().__init__(*given, **more)
        self._late = late

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands."""
        return list(self._late)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Return one command, imported now."""
        if cmd_name not in self._late:
            return None
        module, _, name = self._late[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the commands' lines without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in self._late.items()])


def late_group(name: str, about: str, late: Late) -> LateGroup:
    """Return a group of late commands."""
    return LateGroup(name, help=about, late=late)
