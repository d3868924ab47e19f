"""OpenAir airspace files: classes, heights, circles, arcs and airways as activities in the air.

Sources: WinPilot OpenAir 0.92 (1998) and its extension by Naviter, version 2.1 (2025).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from wideberth.formats.openair_airspace import activity_of
from wideberth.formats.openair_lines import (
    KNOWN,
    LOOKS,
    TERRAIN,
    Block,
    blocks_of,
    looks_like_openair,
)
from wideberth.formats.reading import Problem, Reading, ReadOptions, Severity, counted
from wideberth.model.activity import Activity

__all__ = ["looks_like_openair", "read"]

_MAX_BYTES: Final = 64 * 1024 * 1024
_APART: Final = (Severity.ERROR, Severity.PARTIAL)
_REPEATED: Final = 3  # more remarks of one wording than this are told together


def read(data: bytes, source: str, options: ReadOptions) -> Reading:
    """Return the airspaces of an OpenAir file, each one activity; a refused one hides no other."""
    if len(data) > _MAX_BYTES:
        what = f"the file has {len(data)} bytes; at most {_MAX_BYTES} are read."
        return _refusal(source, Problem(Severity.ERROR, "file", what, "Split it."))
    if b"\0" in data:
        what = "the file holds a zero byte; it is not a text."
        return _refusal(source, Problem(Severity.ERROR, "file", what, "Give an OpenAir text."))
    text = data.decode("utf-8-sig", errors="replace")
    head, blocks = blocks_of(text)
    airspaces = [b for b in blocks if b.records[0].code not in TERRAIN]
    problems = [*_encoding(data), *_head(head)]
    if not airspaces:
        what = "no airspace was found (no AC record)."
        problems.append(Problem(Severity.ERROR, "file", what, "Each airspace begins with AC."))
    elif options.party is None:
        what = "OpenAir names no party."
        problems.append(
            Problem(Severity.ERROR, "file", what, "Say whose airspaces these are: --party NAME.")
        )
    activities: list[Activity] = []
    for block in airspaces:
        activity, told = activity_of(block, options)
        problems.extend(told)
        if activity is not None:
            activities.append(activity)
    problems.extend(_looks(blocks))
    kept, renamed = _named_apart(activities)
    return Reading(
        source,
        "openair",
        kept if options.party is not None else (),
        (*_together(problems), *renamed),
        (f"{counted(len(airspaces), 'airspace')}, {len(activities)} understood",),
    )


def _together(problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems with remarks of one wording told once, their places in its text."""
    wordings: dict[tuple[Severity, str, str], list[Problem]] = {}
    for problem in problems:
        apart = problem.where if problem.severity in _APART else ""
        wordings.setdefault((problem.severity, problem.what, apart), []).append(problem)
    told: list[Problem] = []
    for same in wordings.values():
        if len(same) <= _REPEATED or same[0].severity in _APART:
            told.extend(same)
        else:
            places = "\n".join(f"{p.where}: {p.text}".rstrip(": ") for p in same)
            what = f"{len(same)} times: {same[0].what}"
            told.append(Problem(same[0].severity, "file", what, same[0].remedy, places))
    return told


def _refusal(source: str, problem: Problem) -> Reading:
    return Reading(source, "openair", problems=(problem,))


def _encoding(data: bytes) -> list[Problem]:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"byte {error.start} is not UTF-8; letters that could not be read show as \ufffd."
        return [Problem(Severity.PARTIAL, "file", what, "Save the file as UTF-8.")]
    return []


def _head(head: Block) -> list[Problem]:
    """Return remarks about what stands before the first airspace."""
    problems = []
    for record in head.records:
        if record.code in LOOKS:
            continue
        what = "the line stands before the first airspace (AC); it was not used."
        severity = Severity.ERROR if record.code in KNOWN else Severity.PARTIAL
        text = f"{record.code} {record.value}".strip()
        problems.append(Problem(severity, str(record), what, "Begin each airspace with AC.", text))
    if head.comments:
        what = f"{len(head.comments)} comment(s) at the head of the file not used."
        problems.append(Problem(Severity.NOTE, "file", what, text="\n".join(head.comments)))
    return problems


def _looks(blocks: Sequence[Block]) -> list[Problem]:
    """Return one remark for each kind of record that only says how to draw, and for terrain."""
    count = Counter(r.code for b in blocks for r in b.records if r.code in LOOKS)
    problems = [
        Problem(Severity.NOTE, "file", f"{n} {code} record(s) say only how to draw; not used.")
        for code, n in sorted(count.items())
    ]
    for block in blocks:
        first = block.records[0]
        if first.code in TERRAIN:
            what = f"terrain of {len(block.records)} lines is no airspace; not used."
            problems.append(Problem(Severity.NOTE, str(first), what, text=first.value))
    return problems


def _named_apart(
    activities: Sequence[Activity],
) -> tuple[tuple[Activity, ...], list[Problem]]:
    """Give airspaces that share a name names of their own: NAME, NAME #2, NAME #3."""
    repeats: Counter[str] = Counter()
    taken: set[str] = set()
    kept: list[Activity] = []
    for activity in activities:
        name = activity.id
        while name in taken:
            repeats[activity.id] += 1
            name = f"{activity.id} #{repeats[activity.id] + 1}"
        taken.add(name)
        kept.append(replace(activity, id=name))
    problems = [
        Problem(
            Severity.NOTE,
            "file",
            f"{n} airspaces are called {name!r}; the later ones are numbered #2 and on.",
        )
        for name, n in sorted(Counter(a.id for a in activities).items())
        if n > 1
    ]
    return tuple(kept), problems
