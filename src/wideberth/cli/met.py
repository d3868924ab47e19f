"""Conflicts and leads as a node holds them, in the words of `check`."""

import math
from typing import Final

from rich.table import Table
from rich.text import Text

from wideberth.cli.screen import RED, length, say, screen
from wideberth.formats.budget_json import read_budget
from wideberth.formats.lookalike import named
from wideberth.formats.report_budget import ADVISORY, other_notes
from wideberth.formats.report_facts import axes, axis_words
from wideberth.formats.report_words import position, sentence, window
from wideberth.formats.shown import plain
from wideberth.formats.shown_text import Folded
from wideberth.model.agreement import Agreement, Minima
from wideberth.model.conflict import Finding, Gaps
from wideberth.node import queries
from wideberth.node.answers import NotJudged
from wideberth.node.ports import Reader
from wideberth.node.records import Lead, Met, Notice, Side

RADIO: Final = Minima(lateral_m=0.0, vertical_m=math.inf, time_s=0.0)
Arenas = dict[tuple[str, str, str], str]


def arenas_of(reader: Reader, conflicts: tuple[Met, ...]) -> Arenas:
    """Return the arena of each volume in conflict, as far as it is still held."""
    found: Arenas = {}
    for side in (side for met in conflicts for side in (met.a, met.b)):
        held = queries.activity(reader, side.party, side.activity)
        for volume in () if held is None else held.activity.volumes:
            found[side.party, side.activity, volume.id] = volume.arena.value
        if held is not None:
            found.setdefault((side.party, side.activity, side.volume), "receiver aboard,")
    return found


def show_conflicts(conflicts: tuple[Met, ...], arenas: Arenas, agreement: Agreement) -> None:
    """Show conflicts one after the other, as `check` does."""
    for place, met in enumerate(conflicts, start=1):
        table = Table.grid(padding=(0, 2), expand=False)
        table.add_column(no_wrap=True, min_width=10)
        table.add_column(overflow="fold")
        table.add_row(Text(f"Conflict {place}", style=RED), _side(met.a, arenas))
        table.add_row(Text("with"), _side(met.b, arenas))
        for name, words in _facts(met, arenas, agreement):
            table.add_row(Text(name), Folded(words))
        console = screen()
        with console.capture() as captured:
            console.print(table)
        for line in captured.get().rstrip("\n").split("\n"):
            console.print(Text.from_ansi(line.rstrip()), soft_wrap=True)
        say("")


def _facts(met: Met, arenas: Arenas, agreement: Agreement) -> list[tuple[str, str]]:
    start_s = -math.inf if met.from_s is None else met.from_s
    end_s = math.inf if met.to_s is None else met.to_s
    said = [
        ("where", position((met.lon_deg, met.lat_deg))),
        ("when", window(start_s, end_s)),
    ]
    minima = _minima(met, arenas, agreement) if met.budget is None else RADIO
    if minima is not None:
        said += [(axis.name, axis_words(axis)) for axis in axes(_finding(met, minima))]
    said += [("clause", f"{plain(met.clause)} ({plain(met.rule)})"), ("why", sentence(met.why))]
    if met.private:
        said.append(("note", "One of them is private: the peer cannot see this conflict."))
    notes = met.notes if met.budget is None else other_notes(_finding(met, RADIO))
    said += [("note", sentence(note)) for note in notes]
    return said if met.budget is None else [*said, ("note", ADVISORY)]


def _finding(met: Met, minima: Minima) -> Finding:
    gaps = Gaps(
        math.inf if met.lateral_m is None else met.lateral_m,
        math.inf if met.vertical_m is None else met.vertical_m,
        math.inf if met.time_s is None else met.time_s,
        met.freq_hz,
    )
    place = (met.lon_deg, met.lat_deg)
    budget = None if met.budget is None else read_budget(met.budget)
    return Finding(met.rule, met.clause, gaps, minima, 0.0, 0.0, met.why, place, met.notes, budget)


def _minima(met: Met, arenas: Arenas, agreement: Agreement) -> Minima | None:
    """Return the minima that the rule went by: those of the clause for the pair of arenas."""
    pair = {arenas.get((side.party, side.activity, side.volume)) for side in (met.a, met.b)}
    for separation in agreement.separations:
        if {arena.value for arena in separation.arenas} == pair and separation.clause == met.clause:
            return separation.minima
    return None


def _side(side: Side, arenas: Arenas) -> Folded:
    arena = arenas.get((side.party, side.activity, side.volume), "agreed")
    said = Folded(named(side.party), style="bold")
    said.append(f" {named(side.activity)}, revision {side.revision}", style="not bold")
    said.append(f" ({arena} volume {named(side.volume)})", style="not bold")
    return said


def show_not_judged(not_judged: tuple[NotJudged, ...]) -> None:
    """Show what no rule covers: not judged is not clear."""
    for one in not_judged:
        first, other = one.arenas
        say(f"Not judged, so not clear: {first} against {other}: {sentence(one.why)}", RED)


def show_lead(notice: Notice) -> None:
    """Show the lead a notice gives against the lead owed; late in red."""
    if notice.lead is None:
        say(f"To {named(notice.peer)}: no start, so no lead to count.")
        return
    words, style = lead_words(notice.lead)
    say(f"To {named(notice.peer)}: {words}", style)


def lead_words(lead: Lead) -> tuple[str, str]:
    """Return a lead in words, and its style."""
    given = f"{length(lead.given_s)} of lead given"
    owed = ", none is owed" if lead.owed_s is None else f", {length(lead.owed_s)} owed"
    clause = f" ({plain(lead.clause)})" if lead.clause else ""
    if lead.too_late:
        return f"{given}{owed}{clause}: TOO LATE TO ACT ON; propose a delay.", RED
    if lead.late:
        return f"{given}{owed}{clause}: LATE.", RED
    return f"{given}{owed}{clause}.", ""
