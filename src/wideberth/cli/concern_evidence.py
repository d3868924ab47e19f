"""What a concern rests on: the options that say it, and how it is shown."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import click

from wideberth.cli.council_said import at
from wideberth.cli.interference_given import time_of
from wideberth.cli.screen import GREEN, RED, rows, say
from wideberth.node import entries
from wideberth.node.ports import Reader
from wideberth.peering.council.concern import Cited, Evidence

_Command = Callable[..., Any]
_OWN: Final = click.Choice([kind.value for kind in Evidence if not kind.is_report])
_REPORTS: Final = click.Choice([kind.value for kind in Evidence if kind.is_report])
_HASH_DIGITS: Final = 64


def evidence_options(function: _Command) -> _Command:
    """Add the options that say what a concern rests on."""
    for option in (
        click.option(
            "--report",
            "reports",
            type=(_REPORTS, str, str, str, str),
            multiple=True,
            metavar="KIND WHAT SOURCE TIME ROLE",
            help="What others reported, who and when, and the role that vouches for it.",
        ),
        click.option(
            "--ledger",
            "ledger",
            type=(_OWN, str, str, str),
            multiple=True,
            metavar="KIND WHAT HASH ROLE",
            help="As --evidence, with the message in both ledgers that shows it.",
        ),
        click.option(
            "--evidence",
            "evidence",
            type=(_OWN, str, str),
            multiple=True,
            metavar="KIND WHAT ROLE",
            help="A conflict, notice, activity, ... and the role that vouches for it.",
        ),
    ):
        function = option(function)
    return function


def evidence_of(given: Mapping[str, Any]) -> tuple[Cited, ...]:
    """Return the evidence that the options say; a notice is named by its message's hash."""
    own = [(kind, what, _hash_of(kind, what), role) for kind, what, role in given["evidence"]]
    cited = [
        Cited(kind=Evidence(kind), what=what, entry=entry, vouched_by=role)
        for kind, what, entry, role in (*own, *given["ledger"])
    ]
    reported = [
        Cited(
            kind=Evidence(kind),
            what=what,
            source=source,
            reported_s=time_of(when),
            vouched_by=role,
        )
        for kind, what, source, when, role in given["reports"]
    ]
    return (*cited, *reported)


def checked(reader: Reader, stand: Mapping[str, Any]) -> dict[str, int | None]:
    """Return where in our ledger the messages are that a concern cites; None: not held."""
    cited = {one.get("entry", "") for one in stand.get("evidence", ())} - {""}
    return entries.held(reader, cited)


def show_evidence(stand: Mapping[str, Any], found: Mapping[str, int | None]) -> None:
    """Show what a concern rests on, who vouches for it, and whether our ledger has it."""
    cited = stand.get("evidence", ())
    if not cited:
        say("Evidence: none is cited.")
        return
    say("Evidence:")
    rows([_row(one, found) for one in cited])


def _row(one: Mapping[str, Any], found: Mapping[str, int | None]) -> tuple[Any, ...]:
    entry = one.get("entry", "")
    index = found.get(entry)
    if not entry:
        proof = ("", "")
    elif index is None:
        proof = (f"{entry[:12]}: not held here", RED)
    else:
        proof = (f"{entry[:12]}: verified, entry {index}", GREEN)
    source = one.get("source", "")
    reported = f" ({source}, {at(one['reported_s'])})" if source else ""
    return (
        f"  {one['kind']}",
        f"vouched for by {one['vouched_by']}",
        proof,
        f"{one['what']}{reported}",
    )


def _hash_of(kind: str, what: str) -> str:
    return what if kind == Evidence.NOTICE and len(what) == _HASH_DIGITS else ""
