"""`wideberth incident evidence|export|verify`: what was frozen, proved and compared."""

from pathlib import Path
from typing import Any

import click

from wideberth.cli import council_said
from wideberth.cli.log_evidence import signers_of
from wideberth.cli.node_folder import NodeFolder, Opened, json_option, leave, with_node
from wideberth.cli.outputs import RefusedError, write_whole
from wideberth.cli.screen import GREEN, RED, YELLOW, rows, say, show_json
from wideberth.council.incident import stand
from wideberth.council.incident_stand import IncidentStand
from wideberth.formats.lookalike import names
from wideberth.formats.report_words import count
from wideberth.node.council import freezing
from wideberth.node.log_view import LogView
from wideberth.peering.evidence import Keys
from wideberth.peering.excerpt import (
    MAX_EXCERPT_BYTES,
    Excerpt,
    Held,
    compare,
    held_in,
    read_excerpt,
    verify_excerpt,
    write_excerpt,
)
from wideberth.peering.notes import NoteKey, parse_vkey

KIND = "incident"


@click.command("evidence")
@click.argument("incident")
@json_option
@with_node
def evidence(node: NodeFolder, incident: str, *, as_json: bool) -> None:
    """Show what was frozen about an INCIDENT: each side's digests, and what our excerpts hold."""

    async def look(at: Opened) -> tuple[IncidentStand, list[Excerpt]]:
        one = await council_said.named(at, KIND, incident)
        kept = await at.desk.read(lambda reader: freezing.excerpts(reader, one))
        return stand(one, at.desk.agreement), kept

    now, kept = node.do(look)
    if as_json:
        show_json({"frozen": now.frozen, "ours": kept})
        return
    stated = [(party, one) for party, several in now.frozen.items() for one in several]
    rows(
        [
            (names(party), str(one.number), f"{count(one.entries, 'entry', 'entries')}", one.digest)
            for party, one in stated
        ],
        head=("side", "excerpt", "holds", "digest"),
    )
    for one in kept:
        say("")
        cut = " (older entries were not looked at)" if one.cut else ""
        say(f"Excerpt {one.number} of our ledger{cut}:")
        rows(
            [
                (f"  {entry.index}", held.words)
                for entry, held in zip(one.entries, held_in(one), strict=True)
            ]
        )


@click.command("export")
@click.argument("incident")
@click.option("--output", "-o", required=True, metavar="F", help="Write it here.")
@click.option("--number", type=int, help="Which excerpt; else the newest.")
@with_node
def export(node: NodeFolder, incident: str, output: str, number: int | None) -> None:
    """Write our frozen evidence of an INCIDENT to a file for a third person.

    It holds what was frozen, whatever was deleted since; each entry with the proof of its place.
    """

    async def work(at: Opened) -> Excerpt:
        one = await council_said.named(at, KIND, incident)
        kept = await at.desk.read(lambda reader: freezing.excerpts(reader, one))
        wanted = [e for e in kept if number in (None, e.number)]
        if not wanted:
            raise RefusedError("there is no such excerpt. See: wideberth incident evidence")
        newest = await LogView(at.desk).checkpoint()
        return await at.desk.read(lambda reader: freezing.exported(reader, wanted[-1], newest))

    made = node.do(work)
    write_whole(output, write_excerpt(made).decode())
    say(f"{output}: {count(len(made.entries), 'entry', 'entries')}.")
    say(f"Digest: {made.digest}")


@click.command("verify")
@click.argument("files", nargs=-1, required=True, metavar="FILE [OTHER]")
@click.option("--key", "logs", multiple=True, required=True, metavar="VKEY", help="A ledger's key.")
@click.option("--witness", multiple=True, metavar="VKEY", help="Must have countersigned.")
@click.option("--signer", multiple=True, metavar="HEX", help="Who may have signed entries.")
@click.option("--digest", default="", metavar="HEX", help="The digest that was stated, of FILE.")
def verify(files: tuple[str, ...], **given: Any) -> None:
    """Check evidence FILEs by public keys alone, and compare two: what both hold, or one alone.

    Exit code 0: shown, and two hold the same or each what it alone could; 1: not shown, or they
    hold two histories; 2: a key or file cannot be read.
    """
    leave(lambda: _verified(files, given))


def _verified(files: tuple[str, ...], given: dict[str, Any]) -> int:
    if len(files) > 2:
        raise RefusedError("give one file, or two to compare.")
    logs = [parse_vkey(one) for one in given["logs"]]
    found = [_read(file) for file in files]
    digests = (given["digest"], "")
    pairs = zip(files, found, digests, strict=False)
    shown = [_shown(file, one, logs, given, digest) for file, one, digest in pairs]
    if len(found) == 2:
        shown.append(_compared(files, found))
    return 0 if all(shown) else 1


def _read(file: str) -> Excerpt:
    with Path(file).open("rb") as stream:
        return read_excerpt(stream.read(MAX_EXCERPT_BYTES + 1))


def _shown(
    file: str, one: Excerpt, logs: list[NoteKey], given: dict[str, Any], digest: str
) -> bool:
    log = next((key for key in logs if key.name == one.origin), None)
    if log is None:
        raise RefusedError(f"{file} is of {one.origin}, and no --key is. See: wideberth log keys")
    signers = signers_of(given["signer"]) if given["signer"] else None
    named = map(parse_vkey, given["witness"])
    witnesses = tuple(key for key in named if key.name != one.origin)  # none is its own witness
    verdict = verify_excerpt(one, Keys(log, witnesses, signers), digest=digest)
    say(f"{file}: {one.about}, of the ledger {names(one.origin)}", "bold")
    for words in verdict.checked[-1:] if verdict.is_shown else verdict.checked:
        say(f"  {words}")
    for words in verdict.unchecked:
        say(f"  {words}", YELLOW)
    if one.cut:
        say("  Older entries were not looked at when it was frozen.", YELLOW)
    say("  SHOWN." if verdict.is_shown else "  NOT SHOWN.", GREEN if verdict.is_shown else RED)
    return verdict.is_shown


def _compared(files: tuple[str, ...], found: list[Excerpt]) -> bool:
    one, other = found
    both = compare(one, other)
    say("")
    _list("In both", both.both)
    _list(f"In {files[0]} alone", both.only_one)
    _list(f"In {files[1]} alone", both.only_other)
    for ours, theirs in both.differ:
        say(f"TWO HISTORIES: {ours.words}: {_short(ours)} against {_short(theirs)}", RED)
    say("No two entries differ." if not both.differ else "", GREEN)
    return not both.differ


def _list(head: str, several: tuple[Held, ...]) -> None:
    say(f"{head}: {len(several)}")
    rows([(f"  {_short(held)}", held.words) for held in several])


def _short(held: Held) -> str:
    return held.digest[:16]
