"""The options that reading files needs: whose a file is, and whether to mend rings."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

party_option: Decorator = click.option(
    "--party",
    multiple=True,
    metavar="FILE=NAME",
    help="The party of a file that names none; may be given again.",
)
repair_option: Decorator = click.option(
    "--repair", is_flag=True, help="Take the hull of a ring that crosses itself (and say so)."
)


def named_parties(given: Sequence[str], paths: Sequence[str]) -> dict[str, str]:
    """Return party by file; a name that is no file of this run is a slip and is refused."""
    known = {*paths, *(Path(path).name for path in paths)}
    parties: dict[str, str] = {}
    for item in given:
        file, mark, name = item.rpartition("=")
        if not mark or not file or not name.strip():
            raise click.BadParameter(f"{item!r} is not FILE=NAME.", param_hint="--party")
        if file not in known:
            raise click.BadParameter(f"{file!r} is not among the files.", param_hint="--party")
        if parties.setdefault(file, name) != name:
            raise click.BadParameter(f"{file!r} is given two parties.", param_hint="--party")
    return parties
