"""`wideberth agreement draft|propose|counter|diff|sign|reject`: until a text is signed."""

import dataclasses
from collections.abc import Callable

import click

from wideberth.cli import council_said
from wideberth.cli.agreement_text import KIND, from_either, from_file
from wideberth.cli.node_folder import NodeFolder, Opened, by_option, with_node
from wideberth.cli.outputs import write_whole
from wideberth.cli.screen import say
from wideberth.council.agreement import folded
from wideberth.council.matter import Matter
from wideberth.council.shown import Shown
from wideberth.formats.agreement_diff import differences, report
from wideberth.formats.agreement_json import canonical
from wideberth.formats.agreement_writer import write
from wideberth.formats.lookalike import names
from wideberth.model.agreement import Agreement
from wideberth.peering.council.agreement import (
    AgreementBody,
    AgreementCountered,
    AgreementProposed,
    AgreementRejected,
    AgreementSigned,
)

Built = Callable[[Opened, Matter], AgreementBody]


@click.command("draft")
@click.option("--output", metavar="F", required=True, help="The TOML file to write.")
@with_node
def draft(node: NodeFolder, output: str) -> None:
    """Write the agreement in force to a file, as the next version, to be edited."""

    async def work(at: Opened) -> Agreement:
        return at.desk.agreement

    now = node.do(work)
    following = dataclasses.replace(now, version=now.version + 1, builtin=False)
    write_whole(output, write(following))
    say(f"Version {following.version} of {now.id} to edit: {output}. Then: agreement propose.")


@click.command("propose")
@click.argument("file")
@click.option("--words", default="", help="What it is for.")
@by_option("secretary")
@with_node
def propose(node: NodeFolder, file: str, words: str, by: str) -> None:
    """Put the text of a FILE on the table of all parties."""
    text = canonical(from_file(file)).decode()
    council_said.said(node, AgreementProposed(text=text, role=by, words=words), by)


@click.command("counter")
@click.argument("matter")
@click.argument("file")
@click.option("--words", default="", help="Why.")
@by_option("secretary")
@with_node
def counter(node: NodeFolder, matter: str, file: str, words: str, by: str) -> None:
    """Put the text of a FILE in the place of the one on the table of a MATTER."""
    text = canonical(from_file(file)).decode()

    def build(_at: Opened, one: Matter) -> AgreementBody:
        return AgreementCountered(opener=one.opener, matter=one.id, role=by, text=text, words=words)

    in_matter(node, matter, build, by)


@click.command("diff")
@click.argument("old")
@click.argument("new", required=False)
@with_node
def diff(node: NodeFolder, old: str, new: str | None) -> int:
    """Show what changes from OLD to NEW: each a file (.toml) or a matter.

    With one given: from the agreement in force to it. Exit code 1: they differ.
    """

    async def work(at: Opened) -> tuple[Agreement, Agreement]:
        first = await from_either(at, old)
        return (at.desk.agreement, first) if new is None else (first, await from_either(at, new))

    before, after = node.do(work)
    for line in report(before, after).rstrip("\n").split("\n"):
        say(line)
    return 1 if differences(before, after) else 0


@click.command("sign")
@click.argument("matter")
@click.option("--by", required=True, metavar="NAME", help="Who turns the key; kept here alone.")
@with_node
def sign(node: NodeFolder, matter: str, by: str) -> None:
    """Turn a key of ours over the text on the table of a MATTER.

    It is refused where this program cannot apply all of the text. Where two keys are asked of us,
    two people turn one each.
    """

    def build(at: Opened, one: Matter) -> AgreementBody:
        table = folded(one)
        role = table.terms.signatory_of(at.desk.party).role
        return AgreementSigned(opener=one.opener, matter=one.id, role=role, digest=table.digest)

    in_matter(node, matter, build, by)


@click.command("reject")
@click.argument("matter")
@click.option("--reason", "words", required=True, help="Why; the others are told.")
@by_option("secretary")
@with_node
def reject(node: NodeFolder, matter: str, words: str, by: str) -> None:
    """Say that we do not sign the text of a MATTER, or take back what we proposed."""

    def build(_at: Opened, one: Matter) -> AgreementBody:
        return AgreementRejected(opener=one.opener, matter=one.id, role=by, words=words)

    in_matter(node, matter, build, by)


def in_matter(node: NodeFolder, matter: str, build: Built, by: str) -> None:
    """Say what is built in a matter, and show where it stands then."""

    async def work(at: Opened) -> Shown:
        one = await council_said.named(at, KIND, matter)
        return await council_said.said_at(at, build(at, one), by)

    found = node.do(work)
    council_said.show_brief(found)
    for keys in found.stand["keys"]:
        if found.stand["state"] in ("proposed", "signing"):
            say(
                f"{names(keys['party'])}, {names(keys['role'])}:"
                f" {keys['turned']} of {keys['keys']} keys turned."
            )
