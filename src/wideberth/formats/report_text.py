"""The report for a terminal: the answer first, then each conflict, then what needs a person."""

import io
from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from wideberth.formats.lookalike import named, names
from wideberth.formats.reading import Problem, Reading, Severity, files_of
from wideberth.formats.report_aboard import volume_words
from wideberth.formats.report_budget import (
    ADVISORY,
    CLEARED_HEADING,
    NOT_CLEARED,
    closest_first,
    has_budget,
    is_not_cleared,
    other_notes,
)
from wideberth.formats.report_facts import (
    SEVERITIES,
    Status,
    VolumeIndex,
    agreement_words,
    axes,
    axis_words,
    headline,
    minima_words,
    problems,
    status_of,
    volume_index,
)
from wideberth.formats.report_words import (
    beside_id,
    beside_party,
    count,
    position,
    sentence,
    window,
)
from wideberth.formats.shown import line, plain
from wideberth.formats.shown_text import Folded
from wideberth.model.conflict import CheckResult, Conflict, VolumeRef

CONFLICTS_SHOWN: Final = 500
CLEARED_SHOWN: Final = 5
SHOWN: Final = {
    Severity.ERROR: 200,
    Severity.PARTIAL: 200,
    Severity.ASSUMED: 5,
    Severity.NOTE: 5,
}
_STATUS: Final = {
    Status.CONFLICT: ("!!", "bold red"),
    Status.INCOMPLETE: ("??", "bold yellow"),
    Status.NONE_FOUND: ("ok", "bold green"),
}
_HEADING: Final = {
    Severity.ERROR: "Could not be read (the check is not complete)",
    Severity.PARTIAL: "Read in part: a person must look",
    Severity.ASSUMED: "Assumed",
    Severity.NOTE: "Worth knowing",
}


def render(result: CheckResult, readings: Sequence[Reading], *, width: int, color: bool) -> str:
    """Return the report as lines of at most width columns, with colour codes only on request."""
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=color,
        no_color=not color,
        color_system="standard" if color else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    with console.capture() as captured:
        _answer(console, result, readings)
        _conflicts(console, result)
        _cleared(console, result)
        _remarks(console, readings)
        _not_judged(console, result)
        _links(console, result)
        _agreement(console, result)
        _files(console, readings)
        console.print()
        _item(console, "-", ADVISORY)
    rows = captured.get().split("\n")
    return "\n".join(row.rstrip(" ") for row in rows)


def _answer(console: Console, result: CheckResult, readings: Sequence[Reading]) -> None:
    sign, style = _STATUS[status_of(result, readings)]
    _item(console, sign, headline(result, readings), style=style)
    if has_budget(result):
        _item(console, "  ", ADVISORY)


def _conflicts(console: Console, result: CheckResult) -> None:
    index = volume_index(result)
    for i, conflict in enumerate(result.conflicts[:CONFLICTS_SHOWN], start=1):
        console.print()
        _conflict(console, i, conflict, index)
    _cut(console, len(result.conflicts), CONFLICTS_SHOWN, "conflict")


def _conflict(console: Console, place: int, conflict: Conflict, index: VolumeIndex) -> None:
    finding = conflict.finding
    table = Table.grid(padding=(0, 2), expand=False)
    table.add_column(no_wrap=True, min_width=10)
    table.add_column(overflow="fold")
    table.add_row(Text(f"Conflict {place}", style="bold red"), _first(conflict, index))
    table.add_row(Text("with", justify="right"), _names(conflict.b, index))
    table.add_row(Text("where"), Text(position(finding.place)))
    table.add_row(Text("when"), Text(window(finding.start_s, finding.end_s)))
    for axis in axes(finding):
        table.add_row(Text(axis.name), Folded(axis_words(axis)))
    table.add_row(Text("clause"), Folded(f"{plain(finding.clause)} ({plain(finding.rule)})"))
    table.add_row(Text("why"), Folded(sentence(finding.why)))
    for note in other_notes(finding):
        table.add_row(Text("note"), Folded(sentence(note)))
    console.print(table)


def _first(conflict: Conflict, index: VolumeIndex) -> Folded:
    """Return the first side, after a word that there is no figure where there is none."""
    said = Folded()
    if is_not_cleared(conflict.finding):
        said.append(f"{NOT_CLEARED}: ", style="bold yellow")
    said.append_text(_names(conflict.a, index))
    return said


def _names(ref: VolumeRef, index: VolumeIndex) -> Folded:
    found = index.get(ref)
    title = beside_id(ref.activity, found[0].title) if found else ""
    said = Folded(named(ref.party), style="bold")
    name = f"{named(beside_party(ref.party, ref.activity))} {plain(title)}".rstrip()
    said.append(f" {name}", style="not bold")
    volume = volume_words(*found) if found else f"unknown volume {named(ref.volume)}"
    said.append(f" ({volume})", style="not bold")
    return said


def _cleared(console: Console, result: CheckResult) -> None:
    if not result.cleared:
        return
    index = volume_index(result)
    _heading(console, f"{CLEARED_HEADING}: {len(result.cleared):,}; least to spare first")
    for conflict in closest_first(result.cleared)[:CLEARED_SHOWN]:
        names = " with ".join(_names(ref, index).plain for ref in (conflict.a, conflict.b))
        _item(console, "-", f"{names}: {sentence(conflict.finding.why)}")
    _cut(console, len(result.cleared), CLEARED_SHOWN, "pair")


def _remarks(console: Console, readings: Sequence[Reading]) -> None:
    found = problems(readings)
    for severity in SEVERITIES:
        of_kind = [(source, p) for source, p in found if p.severity is severity]
        if not of_kind:
            continue
        _heading(console, f"{_HEADING[severity]}: {len(of_kind):,}")
        for source, problem in of_kind[: SHOWN[severity]]:
            _item(console, "-", remark_words(source, problem))
        _cut(console, len(of_kind), SHOWN[severity], "remark")


def remark_words(source: str, problem: Problem) -> str:
    """Return a remark on one line: where, what, what to do, and the words it is about."""
    where = ", ".join(filter(None, (plain(source), line(problem.where))))
    said = f"{where}: {line(problem.what)}"
    if problem.remedy:
        said += f" {line(problem.remedy)}"
    return f"{said} [{plain(problem.text)}]" if problem.text else said


def _not_judged(console: Console, result: CheckResult) -> None:
    if not result.not_judged:
        return
    _heading(console, "Not judged (not judged is not clear)")
    for entry in sorted(result.not_judged, key=lambda n: (sorted(n.arenas), n.why)):
        one, other = sorted(entry.arenas)
        pairs = count(entry.pairs, "pair")
        _item(console, "-", f"{one} against {other}: {pairs} of volumes. {sentence(entry.why)}")


def _links(console: Console, result: CheckResult) -> None:
    if not result.links:
        return
    _heading(console, "Notices of one and the same activity")
    for link in sorted(result.links, key=lambda k: (k.name, k.members)):
        members = ", ".join(names(party, name) for party, name in link.members)
        _item(console, "-", f"{members}: {line(link.why)}")
        for disagreement in link.disagreements:
            _item(console, "  !", f"they disagree: {line(disagreement)}")


def _agreement(console: Console, result: CheckResult) -> None:
    _heading(console, "Judged by")
    _item(console, "-", agreement_words(result))
    for separation in result.agreement.separations:
        _item(console, " ", minima_words(separation))


def _files(console: Console, readings: Sequence[Reading]) -> None:
    files = files_of(readings)
    if not files:
        return
    _heading(console, "Files read")
    for reading in files:
        understood = "; ".join(line(words) for words in reading.understood)
        _item(console, "-", f"{plain(reading.source)} ({reading.format}): {understood}")


def _heading(console: Console, words: str) -> None:
    console.print()
    console.print(Text(words, style="bold"))


def _item(console: Console, mark: str, words: str, *, style: str = "") -> None:
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(Text(mark, style=style), Folded(words, style=style))
    console.print(table)


def _cut(console: Console, total: int, shown: int, noun: str) -> None:
    if total > shown:
        more = count(total - shown, f"more {noun}")
        _item(console, "-", f"and {more}, not listed here; --format json lists all.")
