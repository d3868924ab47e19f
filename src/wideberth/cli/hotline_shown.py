"""`wideberth hotline list|show|phrases`: calls in the reader's language."""

from typing import Final

import click
import msgspec
from rich.text import Text as ScreenText

from wideberth.cli import council_said
from wideberth.cli.hotline import KIND
from wideberth.cli.hotline_given import reading_option
from wideberth.cli.node_folder import NodeFolder, Opened, json_option, leave, with_node
from wideberth.cli.screen import GREEN, RED, YELLOW, length, rows, say, screen, show_json
from wideberth.council.call_stand import VOICE, CallStand, Text, stand
from wideberth.council.matter import Matter
from wideberth.council.shown import shown
from wideberth.formats.phrase_words import RIGHT_TO_LEFT, in_its_direction, isolated, sentence
from wideberth.formats.phrases import SLOT, Coded, phrase_book
from wideberth.formats.report_words import count, instant
from wideberth.formats.shown import plain
from wideberth.node.ports import Clock

_HEAD: Final = ("call", "state", "precedence", "for", "held by", "since")


@click.command("list")
@click.option("--all", "with_closed", is_flag=True, help="Those that are over, too.")
@json_option
@with_node
def listing(node: NodeFolder, *, with_closed: bool, as_json: bool) -> int:
    """List calls, and which role holds each. Exit code 1: one is in red."""

    async def look(at: Opened) -> list[tuple[Matter, CallStand]]:
        found = await council_said.every(at, KIND, is_open=not with_closed)
        return [(one, stand(one, at.desk.agreement)) for one in found]

    found = node.do(look)
    red = sum(1 for one, _stand in found if one.raised)
    if as_json:
        show_json([{"ref": one.ref, "stand": msgspec.to_builtins(s)} for one, s in found])
        return 1 if red else 0
    rows([_row(one, standing) for one, standing in found], head=_HEAD)
    say(f"{count(len(found), 'call')}, {red} in red.", RED if red else "")
    return 1 if red else 0


def _row(one: Matter, found: CallStand) -> tuple[str | tuple[str, str], ...]:
    holder = plain(found.holder) if found.holder else "nobody"
    return (
        plain(one.ref),
        (found.state, RED if one.raised else ""),
        found.precedence.value,
        plain(found.asked),
        (holder, "" if found.holder else RED),
        _time(found.asked_s),
    )


@click.command("show")
@click.argument("call")
@reading_option
@click.option("--until", metavar="STATE", help="Wait until it is in this state.")
@click.option("--wait", default=30.0, show_default=True, metavar="S", help="At most so long.")
@json_option
@with_node
def show(  # noqa: PLR0913 - one for each option
    node: NodeFolder, call: str, language: str, *, until: str | None, wait: float, as_json: bool
) -> int:
    """Show a CALL: who was rung when, which role holds it, what was said, in --language.

    Exit code 1: it is in red, or has not come to the state that --until names.
    """

    async def look(at: Opened) -> tuple[Matter, CallStand]:
        await _waited(at, call, until, wait)
        one = await council_said.named(at, KIND, call)
        return one, stand(one, at.desk.agreement)

    one, found = node.do(look)
    if as_json:
        show_json({"ref": one.ref, "stand": msgspec.to_builtins(found), "matter": one})
    else:
        show_call(one, found, language)
    return 1 if one.raised or until not in (None, found.state) else 0


@click.command("phrases")
@click.argument("word", default="")
@reading_option
def phrases(word: str, language: str) -> None:
    """List the phrase book, or the phrases with a WORD in code, name or wording."""
    leave(lambda: _phrases(word, language))


def _phrases(word: str, language: str) -> int:
    wanted = word.casefold()
    found = [
        phrase
        for phrase in phrase_book().phrases
        if wanted in f"{phrase.code} {phrase.name} {phrase.wordings[language]}".casefold()
    ]
    apart = isolated if language in RIGHT_TO_LEFT else str
    for phrase in found:
        head = "; ".join([phrase.code, *(f"{p.name}=" for p in phrase.parameters)])
        _show(f"{head}  [{phrase.name}, {phrase.usual}]")
        wording = SLOT.sub(lambda slot: apart(slot[0]), phrase.wordings[language])
        _show(f"     {in_its_direction(wording, language)}")
    return 0 if found else 1


def show_call(one: Matter, found: CallStand, language: str) -> None:
    """Show a call as it stands."""
    say(f"{one.ref}: {plain(found.title)}", RED if one.raised else "")
    held = plain(found.holder) if found.holder else "nobody"
    say(f"State: {found.state}. Held by: {held}.", RED if not found.holder else GREEN)
    for step in one.steps[:1]:
        for way in step.deliveries:
            came = "not yet" if way.delivered_s is None else _time(way.delivered_s)
            say(f"Delivered to {plain(way.peer)}'s node: {came}")
    for rung in found.rung:
        manned = "" if rung.manned else " (nobody has the watch there)"
        say(f"Rung: {plain(rung.role)} at {_time(rung.at_s)}{manned}", "" if rung.manned else RED)
    for name, took_s in (("taken", found.time_to_take_s), ("answered", found.time_to_answer_s)):
        if took_s is not None:
            say(f"Time until it was {name}: {length(took_s)}")
    for due in found.dues:
        clause = f" ({due.clause})" if due.clause else ""
        say(f"Owed: {due.what} by {plain(due.party)}, due {_time(due.at_s)}{clause}", YELLOW)
    for name in one.raised:
        say(f"Alarm: {name}", RED)
    if found.goes_on:
        say(f"It was heard by voice, and goes on as {plain(found.goes_on)}.")
    for text in found.texts:
        show_text_of(text, language)


def show_text_of(text: Text, language: str) -> None:
    """Show one text: by whom, its phrase in the reader's language, words and translations."""
    voice = f", by voice to {plain(text.heard_by)}" if text.via == VOICE else ""
    say(f"{text.turn}. {plain(text.party)}, {plain(text.role)}, {_time(text.at_s)}{voice}:")
    if text.code:
        _show(f"   {text.code}  {sentence(Coded(text.code, text.values), language)}")
    if text.words:
        say(f"   [{text.language}] {plain(text.words)}")
    for made in text.translations:
        how = "BY MACHINE, " if made.machine else ""
        say(f"   [{made.language}, {how}{plain(made.translator)}] {plain(made.text)}")


def _show(words: str) -> None:
    """Show words of the phrase book, whose isolates are ours."""
    screen().print(ScreenText(words), soft_wrap=True)


def _time(at_s: float) -> str:
    return f"{instant(float(int(at_s)))} Z"


async def _waited(at: Opened, name: str, until: str | None, wait_s: float) -> None:
    clock: Clock = at.desk.clock
    end_s = clock.now_s() + wait_s
    while until is not None and clock.now_s() < end_s:
        every = await council_said.every(at, KIND, is_open=False)
        alike = [m for m in every if name in (m.id, f"{m.opener}/{m.id}", m.ref)]
        if any(shown(m, at.desk.agreement).stand["state"] == until for m in alike):
            return
        await clock.sleep(council_said.LOOK_EVERY_S)
