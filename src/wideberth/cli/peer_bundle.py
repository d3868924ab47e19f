"""`wideberth peer export` and `peer import`: what a line would carry, in a file."""

import os
from pathlib import Path

import click

from wideberth.cli.node_folder import NodeFolder, json_option, with_node
from wideberth.cli.outputs import RefusedError, write_whole
from wideberth.cli.screen import RED, say, show_json
from wideberth.formats.lookalike import names
from wideberth.formats.report_words import count
from wideberth.node.bundles import Imported, export_bundle, import_bundle
from wideberth.peering.bundle import MAX_BUNDLE_BYTES


@click.command("export")
@click.argument("party", metavar="PEER")
@click.argument("file", metavar="FILE")
@json_option
@with_node
def export(node: NodeFolder, party: str, file: str, *, as_json: bool) -> int:
    """Write what waits for a PEER to a bundle FILE, with the receipts it lacks.

    A bundle is sealed against change, not against reading: carry it as you would the plans. It may
    be made again as often as you like. Exit code 1: not all went into one; import, then export
    again.
    """
    made = node.do(lambda at: export_bundle(at.desk, party))
    write_whole(file, made.data.decode())
    if as_json:
        said = {"messages": made.messages, "receipts": made.receipts, "left": made.left}
        show_json({"file": file, "peer": party, **said})
        return 1 if made.left else 0
    says = f"{count(made.messages, 'message')} and {count(made.receipts, 'receipt')}"
    say(f"{file}: {says} for {names(party)}.")
    if made.left:
        say(f"{made.left} more did not fit: have this one taken first, then export again.", RED)
    return 1 if made.left else 0


@click.command("import")
@click.argument("file", metavar="FILE")
@json_option
@with_node
def import_(node: NodeFolder, file: str, *, as_json: bool) -> int:
    """Take a peer's bundle FILE, as if its messages had come over the line.

    It may be taken twice or late: what is known is not taken again. Exit code 1: something in it
    was refused.
    """
    data = _bytes(Path(file))
    found = node.do(lambda at: import_bundle(at.desk, data))
    if as_json:
        show_json(found)
    else:
        _show(found)
    return 1 if found.refused else 0


def _bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        if os.fstat(stream.fileno()).st_size > MAX_BUNDLE_BYTES:
            raise RefusedError(f"{path} is longer than a bundle may be.")
        return stream.read(MAX_BUNDLE_BYTES + 1)


def _show(found: Imported) -> None:
    say(f"From {names(found.peer)}: {count(found.new, 'new message')}, {found.known} known before;")
    say(f"  {count(found.receipts, 'new receipt')}, {found.receipts_known} known before.")
    for words in found.refused:
        say(f"Refused: {words}", RED)
    if found.answer_due:
        say(f"Carry the answer back: wideberth peer export {names(found.peer)} FILE")
    else:
        say("Nothing is to be carried back.")
