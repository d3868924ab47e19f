"""`wideberth meeting held|minutes|agree|postpone|cancel`: from the table to agreed minutes."""

from pathlib import Path

import click

from wideberth.cli.meeting import LEAD, said_of, stand_at
from wideberth.cli.node_folder import NodeFolder, Opened, by_option, with_node
from wideberth.cli.outputs import RefusedError
from wideberth.council.matter import Matter
from wideberth.peering.council.meeting import (
    MOST_MINUTES,
    MeetingBody,
    MeetingCancelled,
    MeetingHeld,
    MeetingPostponed,
    MinutesAgreed,
    MinutesProposed,
)


@click.command("held")
@click.argument("meeting")
@click.option("--words", default="", help="What the others should know with it.")
@by_option("secretary")
@with_node
def held(node: NodeFolder, meeting: str, words: str, by: str) -> None:
    """Say that a MEETING took place."""

    def make(one: Matter, _at: Opened) -> MeetingBody:
        return MeetingHeld(opener=one.opener, matter=one.id, role=by, words=words)

    said_of(node, meeting, make)


@click.command("minutes")
@click.argument("meeting")
@click.option("--text", help="The minutes, word for word.")
@click.option("--file", metavar="F", help="The minutes, as UTF-8 text.")
@by_option("secretary")
@with_node
def minutes(node: NodeFolder, meeting: str, text: str | None, file: str | None, by: str) -> None:
    """Propose the minutes of a MEETING; we agree to them by that."""
    if (text is None) == (file is None):
        raise RefusedError("give the minutes: --text or --file, one of them.")
    said = text if file is None else _read(file)

    def make(one: Matter, _at: Opened) -> MeetingBody:
        return MinutesProposed(opener=one.opener, matter=one.id, role=by, text=said or "")

    said_of(node, meeting, make)


def _read(file: str) -> str:
    try:
        text = Path(file).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise RefusedError(f"{file}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise RefusedError(f"{file}: not UTF-8. Save it as UTF-8 text.") from None
    if not 0 < len(text) <= MOST_MINUTES:
        raise RefusedError(f"{file}: {len(text)} characters; minutes have 1 to {MOST_MINUTES}.")
    return text


@click.command("agree")
@click.argument("meeting")
@click.option("--digest", metavar="HEX", help="Only if the minutes have this SHA-256.")
@click.option("--dissent", default="", help="Kept beside the minutes for good.")
@by_option(LEAD)
@with_node
def agree(node: NodeFolder, meeting: str, digest: str | None, dissent: str, by: str) -> None:
    """Agree to the minutes of a MEETING, as they are here now."""

    def make(one: Matter, at: Opened) -> MeetingBody:
        found = stand_at(one, at).minutes
        if found is None:
            raise RefusedError("there are no minutes yet. Propose some: wideberth meeting minutes")
        if digest is not None and digest.lower() != found.digest:
            raise RefusedError(f"the minutes here have the sha256 {found.digest}.")
        return MinutesAgreed(
            opener=one.opener, matter=one.id, role=by, digest=found.digest, dissent=dissent
        )

    said_of(node, meeting, make)


@click.command("postpone")
@click.argument("meeting")
@click.option("--reason", "words", default="", help="Why; the others are told.")
@by_option(LEAD)
@with_node
def postpone(node: NodeFolder, meeting: str, words: str, by: str) -> None:
    """Say that the date of a MEETING stands no longer; we owe another."""

    def make(one: Matter, _at: Opened) -> MeetingBody:
        return MeetingPostponed(opener=one.opener, matter=one.id, role=by, words=words)

    said_of(node, meeting, make)


@click.command("cancel")
@click.argument("meeting")
@click.option("--reason", "words", default="", help="Why; the others are told.")
@by_option(LEAD)
@with_node
def cancel(node: NodeFolder, meeting: str, words: str, by: str) -> None:
    """Say that a MEETING will not take place."""

    def make(one: Matter, _at: Opened) -> MeetingBody:
        return MeetingCancelled(opener=one.opener, matter=one.id, role=by, words=words)

    said_of(node, meeting, make)
