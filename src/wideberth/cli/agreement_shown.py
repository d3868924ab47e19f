"""`wideberth agreement show|status|history`."""

import math
from collections.abc import Iterator

import click

from wideberth.cli import council_said
from wideberth.cli.agreement_life import show_checklist
from wideberth.cli.agreement_text import KIND, of_matter
from wideberth.cli.council_said import at as time_shown
from wideberth.cli.node_folder import NodeFolder, Opened, json_option, with_node
from wideberth.cli.outputs import RefusedError, write_whole
from wideberth.cli.screen import GREEN, RED, rows, say, show_json
from wideberth.council.shown import Shown, shown
from wideberth.engine.moved_words import lasting
from wideberth.formats.agreement_writer import write
from wideberth.formats.shown import plain
from wideberth.model.agreement import Agreement
from wideberth.node.settings import Settings
from wideberth.node.working_agreement import Working, working


@click.command("show")
@click.argument("matter", required=False)
@click.option("--language", metavar="TAG", default="", help="The clauses in this language.")
@click.option("--output", metavar="F", help="Write the whole of it to a TOML file.")
@with_node
def show(node: NodeFolder, matter: str | None, *, language: str, output: str | None) -> None:
    """Show the agreement in force, or the text on the table of a MATTER."""

    async def work(at: Opened) -> Agreement:
        if matter is None:
            return at.desk.agreement
        return of_matter(await council_said.named(at, KIND, matter))

    agreement = node.do(work)
    if language and language not in agreement.languages:
        known = ", ".join(agreement.languages) or "none"
        raise RefusedError(f"the agreement has no text in {language!r}. Its languages: {known}")
    if output is not None:
        write_whole(output, write(agreement))
        say(f"Written to {output}.")
        return
    say(f"{plain(agreement.id)}, version {agreement.version}: {plain(agreement.title)}")
    say(f"Parties: {', '.join(map(plain, agreement.parties))}")
    if agreement.languages:
        say(f"Authentic in: {', '.join(agreement.languages)}")
    for clause in agreement.clauses:
        for tag, text in clause.texts or (("", clause.text),):
            if language in ("", tag):
                say(f"  {plain(clause.id)} ({clause.section.value}): {plain(text)}")
    for line in _bound(agreement):
        say(line)


def _bound(agreement: Agreement) -> Iterator[str]:
    """Yield whom and what it binds, each with its clause."""
    for party in agreement.parties:
        one = agreement.signatory(party)
        yield f"Signs for {plain(party)}: {plain(one.role)}, {one.keys} keys{_by(one.clause)}"
    for force in agreement.forces:
        window = f"{_when(force.from_s)} to {_when(force.until_s)}"
        yield f"{plain(force.party)} answers for {plain(force.name)}, {window}{_by(force.clause)}"
    for area in agreement.caution_areas:
        consent = ", with consent at both levels" if area.consent else ""
        lead = lasting(area.lead_s)
        yield f"Caution area {plain(area.id)}: {lead} ahead{consent}{_by(area.clause)}"
    for act in agreement.prohibited:
        yield f"Prohibited {plain(act.code)}: {plain(act.text)}{_by(act.clause)}"


def _by(clause: str) -> str:
    return f" (clause {plain(clause)})" if clause else ""


def _when(time_s: float) -> str:
    return time_shown(time_s) if math.isfinite(time_s) else "open"


@click.command("status")
@json_option
@with_node
def status(node: NodeFolder, *, as_json: bool) -> int:
    """Show which agreement is in force, who signed it, and whether it is suspended or ends.

    Exit code 1: it is suspended, ends, or nobody has signed it.
    """

    async def work(at: Opened) -> tuple[Settings, Working | None, Shown | None]:
        found = await at.desk.read(working)
        if found is None or found.digest != at.desk.bench.settings.agreement_digest:
            return at.desk.bench.settings, None, None
        one = await council_said.named(at, KIND, found.matter)
        return at.desk.bench.settings, found, shown(one, at.desk.agreement)

    settings, found, one = node.do(work)
    if as_json:
        show_json(
            {
                "digest": settings.agreement_digest,
                "rules": settings.rules_digest,
                "version": settings.agreement.version,
                "working": found,
                "signed": one,
            }
        )
        return 0 if one is not None and one.stand["state"] == "signed" else 1
    agreement = settings.agreement
    say(f"{plain(agreement.id)}, version {agreement.version}: {plain(agreement.title)}")
    say(f"Digest of what is signed: {settings.agreement_digest}")
    say(f"Digest of the rules made of it: {settings.rules_digest}")
    if found is None or one is None:
        say("From the node's file; signed by nobody.", RED)
        return 1
    state = one.stand["state"]
    say(f"{found.matter}: {state}.", GREEN if state == "signed" else RED)
    say(f"In force here since {time_shown(found.since_s)}.")
    for signature in one.stand["signatures"]:
        when = time_shown(signature["at_s"])
        who = f"{plain(signature['party'])}, {plain(signature['role'])}"
        say(f"  signed by {who}, {when}")
    if "ends_s" in one.stand:
        say(f"It ends {time_shown(one.stand['ends_s'])}: notice was given.", RED)
    show_checklist(one)
    return 0 if state == "signed" else 1


@click.command("history")
@json_option
@with_node
def history(node: NodeFolder, *, as_json: bool) -> None:
    """Show every text that was on the table, and what became of it."""

    async def work(at: Opened) -> list[Shown]:
        found = await council_said.every(at, KIND, is_open=False)
        return [shown(one, at.desk.agreement) for one in found]

    found = sorted(node.do(work), key=lambda one: (one.stand["version"], one.matter.opened_s))
    if as_json:
        show_json(found)
        return
    rows([_row(one) for one in found], head=("matter", "version", "state", "signed", "suspended"))
    say(f"{len(found)} texts.")


def _row(one: Shown) -> tuple[str, ...]:
    signed_s = one.stand.get("signed_s")
    suspended_s = one.stand.get("suspended_for_s", 0.0)
    return (
        one.ref,
        str(one.stand["version"]),
        one.stand["state"],
        "" if signed_s is None else time_shown(signed_s),
        lasting(suspended_s) if suspended_s else "",
    )
