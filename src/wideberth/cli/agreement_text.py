"""Texts of agreements at the command line: read from a file, from a matter, or as in force."""

import sys
from collections.abc import Sequence
from pathlib import Path

from wideberth.cli import council_said
from wideberth.cli.node_folder import Opened
from wideberth.cli.outputs import RefusedError
from wideberth.council.agreement import text_of
from wideberth.council.matter import Matter
from wideberth.formats import agreement_json
from wideberth.formats.agreement_toml import read
from wideberth.formats.reading import Problem, ReadOptions, Severity
from wideberth.formats.report_text import remark_words
from wideberth.model.agreement import Agreement
from wideberth.node.working_agreement import working

KIND = "agreement"


def from_file(name: str) -> Agreement:
    """Return the agreement of a TOML file; RefusedError with all its problems."""
    try:
        data = Path(name).read_bytes()
    except OSError as error:
        raise RefusedError(f"{name} cannot be read: {error.strerror}.") from None
    reading = read(data, name, ReadOptions())
    _refuse(name, reading.agreement, reading.problems)
    assert reading.agreement is not None, "one that is not there was refused"
    return reading.agreement


async def from_either(at: Opened, name: str) -> Agreement:
    """Return the agreement of a file where the name ends as one, else of a matter's text."""
    if name.endswith(".toml"):
        return from_file(name)
    return of_matter(await council_said.named(at, KIND, name))


def of_matter(one: Matter) -> Agreement:
    """Return the agreement on a matter's table; RefusedError where this program cannot read it."""
    reading = agreement_json.read(text_of(one).encode(), one.ref)
    _refuse(one.ref, reading.agreement, reading.problems)
    assert reading.agreement is not None, "one that is not there was refused"
    return reading.agreement


async def matter_or_in_force(at: Opened, name: str) -> Matter:
    """Return the matter of a name; none: that in which the agreement in force was signed."""
    if name:
        return await council_said.named(at, KIND, name)
    found = await at.desk.read(working)
    if found is None:
        raise RefusedError(
            "no agreement was signed here yet. Propose one: wideberth agreement propose FILE"
        )
    return await council_said.named(at, KIND, found.matter)


def _refuse(name: str, agreement: Agreement | None, problems: Sequence[Problem]) -> None:
    errors = [p for p in problems if p.severity is Severity.ERROR]
    if agreement is not None and not errors:
        return
    for problem in errors:
        sys.stderr.write(f"{remark_words(name, problem)}\n")
    raise RefusedError(f"{name} is not an agreement that can be used.")
