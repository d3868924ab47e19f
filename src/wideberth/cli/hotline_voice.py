"""`wideberth hotline voice|hear`: a call by telephone, where there is no line (R8)."""

import sys
from pathlib import Path

import click

from wideberth.cli import council_said
from wideberth.cli.hotline import KIND
from wideberth.cli.hotline_given import reading_option
from wideberth.cli.hotline_shown import show_text_of
from wideberth.cli.node_folder import NodeFolder, Opened, by_option, with_node
from wideberth.cli.outputs import RefusedError, show_text, write_whole
from wideberth.cli.screen import GREEN, RED, say
from wideberth.council import call_voice
from wideberth.council.call_stand import stand
from wideberth.council.matter import Matter
from wideberth.formats.lookalike import names
from wideberth.formats.notation import mgrs_of, opens
from wideberth.formats.phrase_voice import TITLE, VoiceMessage, read_voice, write_voice
from wideberth.formats.phrases import LANGUAGES, phrase_book
from wideberth.formats.spelling import spoken as spoken_words
from wideberth.node.council import voice_heard

_MOST_BYTES = 1_048_576


@click.command("voice")
@click.argument("call")
@click.option("--spoken", type=click.Choice(LANGUAGES), help="Spell each group out in words.")
@click.option("--output", "-o", metavar="F", help="Write it here; else it is printed.")
@with_node
def voice(node: NodeFolder, call: str, spoken: str | None, output: str | None) -> None:
    """Write the newest we said in a CALL as groups to be read aloud, each with check characters."""

    async def look(at: Opened) -> VoiceMessage:
        one = await council_said.named(at, KIND, call)
        return call_voice.to_voice(one, stand(one, at.desk.agreement), at.desk.party)

    text = write_voice(node.do(look))
    if output is not None:
        write_whole(output, text)
    elif spoken is None:
        show_text(text)
    else:
        _spell_out(text, spoken)


def _spell_out(text: str, language: str) -> None:
    for group in text.splitlines():
        show_text(group + "\n")
        if group != TITLE:
            say(f"    {spoken_words(group, language)}")


@click.command("hear")
@click.argument("file", metavar="FILE")
@reading_option
@by_option("duty officer")
@with_node
def hear(node: NodeFolder, file: str, language: str, by: str) -> None:
    """Enter what a peer read aloud, as it was taken down in FILE ("-": typed in).

    Names the groups to ask for again, if any. --by: who heard it; the peer is told the role.
    """
    message = read_voice(_taken_down(file))

    async def work(at: Opened) -> tuple[Matter, bool]:
        party, agreement = at.desk.party, at.desk.agreement
        known = await at.desk.read(lambda reader: voice_heard.call_of(reader, message, party))
        body = voice_heard.to_enter(message, known, party, by)
        if known is not None and voice_heard.is_here(known, message, agreement):
            return known, False
        return (await council_said.said_at(at, body, by)).matter, True

    one, is_new = node.do(work)
    if not is_new:
        say(f"{names(one.ref)}: it is here already, word for word.", GREEN)
        return
    say(f"{names(one.ref)}: entered as heard by voice.", RED if one.raised else GREEN)
    _read_back(message, language, by)


def _read_back(message: VoiceMessage, language: str, by: str) -> None:
    """Show what was heard, and its places in another notation, to be said back."""
    one = call_voice.text_of(message, by)
    show_text_of(one, language)
    if message.coded is None:
        return
    phrase = phrase_book().phrase(message.coded.code)
    for parameter, value in zip(phrase.parameters, message.coded.values, strict=True):
        if parameter.type == "place":
            say(f"Read back: {parameter.name} is {mgrs_of(opens(value).point)}")


def _taken_down(file: str) -> str:
    data = sys.stdin.buffer.read(_MOST_BYTES) if file == "-" else Path(file).read_bytes()
    if len(data) >= _MOST_BYTES:
        raise RefusedError("that is too long for one message.")
    return data.decode("utf-8", errors="replace")
