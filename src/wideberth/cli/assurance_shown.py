"""Assurances as they stand now, and what acts against them, for people."""

from collections.abc import Sequence
from functools import partial

from msgspec import Struct

from wideberth.cli import council_said
from wideberth.cli.inputs import read_files
from wideberth.cli.node_folder import Opened
from wideberth.cli.outputs import RefusedError, show_errors
from wideberth.cli.screen import GREEN, RED, YELLOW, rows, say
from wideberth.council import assurance
from wideberth.council.assurance import Now
from wideberth.council.shown import Shown, shown
from wideberth.formats.gathering import gather
from wideberth.formats.lookalike import names
from wideberth.formats.report_words import count
from wideberth.model.footprint import show
from wideberth.node import keeping, promises
from wideberth.node.promise_records import Broken
from wideberth.node.queries import LARGEST_PAGE

_HEAD = ("assurance", "now", "until", "what", "")


class Looked(Struct, frozen=True, kw_only=True):
    """An assurance, how it stands now, and what acts against it here."""

    shown: Shown
    now: Now
    until_s: float
    broken: tuple[Broken, ...]


async def looked_at(at: Opened, *, is_open: bool) -> list[Looked]:
    """Return the assurances as they stand now."""
    now_s, found = at.desk.clock.now_s(), []
    for one in await council_said.every(at, "assurance", is_open=is_open):
        stood = assurance.stand(one, at.desk.agreement)
        look = partial(promises.by_assurance, party=one.opener, name=one.id)
        found.append(
            Looked(
                shown=shown(one, at.desk.agreement),
                now=assurance.now_of(stood, now_s),
                until_s=stood.until_s,
                broken=tuple(await at.desk.read(look)),
            )
        )
    return found


async def broken_here(at: Opened) -> list[Broken]:
    """Return all that acts against an assurance now."""
    found: list[Broken] = []
    after = ""
    while True:
        read = partial(promises.broken, after=after, limit=LARGEST_PAGE)
        page, after = await at.desk.read(read)
        found += page
        if not after:
            return found


async def would_break(at: Opened, files: Sequence[str]) -> list[Broken]:
    """Return the assurances of ours that plans of ours would break, were they declared."""
    party = at.config.party
    readings = read_files(tuple(files), parties=dict.fromkeys(files, party))
    activities, _links, readings = gather(readings)
    if show_errors(readings):
        raise RefusedError("nothing was checked: correct what is named above.")
    ours = [one for one in activities if one.party == party]
    if not ours:
        raise RefusedError(f"the files hold no activity of {party}.")
    ranges, now_s = at.desk.agreement.heights, at.desk.clock.now_s()
    found = await at.desk.read(lambda r: keeping.would_break(r, ranges, ours, now_s))
    return [one for those in found.values() for one in those]


def show_broken(broken: Sequence[Broken]) -> None:
    """Show what acts against assurances."""
    for one in broken:
        clause = f" ({one.clause})" if one.clause else ""
        private = ", which nobody was told of" if one.private else ""
        say(f"ASSURANCE BROKEN: {names(f'{one.party}/{one.assurance}')}{clause}", RED)
        say(f"  activity    {names(one.activity)}, revision {one.revision}{private}")
        say(f"  from        {council_said.at(one.from_s)} to {council_said.at(one.to_s)}")
        say(f"  where       {show((one.lon_deg, one.lat_deg))}")
        for note in one.notes:
            say(f"  note        {note}")


def show_many(found: Sequence[Looked]) -> None:
    """Show assurances in a row each."""
    rows([_row(one) for one in found], head=_HEAD)
    broken = sum(1 for one in found if one.broken)
    say(f"{count(len(found), 'assurance')}, {broken} broken.", RED if broken else "")


def show_whole(one: Looked) -> None:
    """Show all that is known of an assurance."""
    say(f"Now: {one.now.value}; until {council_said.at(one.until_s)}", _style(one))
    council_said.show_whole(one.shown)
    show_broken(one.broken)


def _row(one: Looked) -> tuple[str | tuple[str, str], ...]:
    acting = f"broken by {len(one.broken):,}" if one.broken else ""
    return (
        one.shown.ref,
        (one.now.value, _style(one)),
        council_said.at(one.until_s),
        one.shown.stand["title"],
        (acting, RED),
    )


def _style(one: Looked) -> str:
    if one.broken:
        return RED
    return GREEN if one.now is Now.STANDS else YELLOW
