"""Maritime navigational warnings as activities: NAVAREA, HYDROLANT/HYDROPAC/HYDROARC, NAVTEX.

Reads NGA's JSON and texts as broadcast. Each warning is an activity of the authority that issued
it. Every position is placed or told; what had to be assumed is told once, with a count.
"""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final

from wideberth.formats.navwarn_broadcast import looks_like_broadcast, messages_of_text
from wideberth.formats.navwarn_cancels import in_force_of
from wideberth.formats.navwarn_messages import Message, messages_of_json
from wideberth.formats.navwarn_volumes import SURFACE_TOP_M, Built, build
from wideberth.formats.reading import Problem, Reading, ReadOptions, Severity, counted
from wideberth.model.activity import Activity

__all__ = ["looks_like_navwarn", "read"]

_MAX_BYTES: Final = 64 * 1024 * 1024
_ONCE: Final = (  # count, severity, what, remedy
    ("placed", Severity.ASSUMED, "no datum is named; WGS-84 is taken", "Ask where it matters."),
    (
        "placed",
        Severity.ASSUMED,
        f"no height is named; 0 to {SURFACE_TOP_M:g} m, and all depths where work is under water",
        "Declare the true heights in a plan where they matter.",
    ),
    (
        "air",
        Severity.ASSUMED,
        "something flies or is fired and no ceiling is named; the air above is taken without limit",
        "Ask for the ceiling.",
    ),
    (
        "band",
        Severity.ASSUMED,
        "a frequency is named without a bandwidth; 25 kHz about it is taken",
        "Ask where it matters.",
    ),
    (
        "gnss",
        Severity.ASSUMED,
        "satellite navigation is disturbed and no frequency is named; 1559 to 1610 MHz is taken",
        "Ask for the bands.",
    ),
    (
        "ais",
        Severity.ASSUMED,
        "AIS is disturbed; an emission on its two channels, 25 kHz each, is taken",
        "Ask for the bands.",
    ),
    (
        "issue",
        Severity.ASSUMED,
        "no date-time group of issue; the first moment of the number's year is taken",
        "Add the line with the date-time group.",
    ),
    ("untimed", Severity.NOTE, "no time is named; it holds from its issue until its own end", ""),
    ("wide", Severity.NOTE, "a wide berth is requested without a figure; none is added", ""),
    ("vicinity", Severity.NOTE, "'in vicinity' has no figure; the position itself is taken", ""),
)


def looks_like_navwarn(text: str) -> bool:
    """Return whether a text looks like warnings, in JSON or as broadcast."""
    head = text[:20_000]
    if head.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        return '"broadcast-warn"' in head or ('"navArea"' in head and '"msgNumber"' in head)
    return looks_like_broadcast(head)


def read(data: bytes, source: str, options: ReadOptions) -> Reading:
    """Return the warnings of a file; a message that is refused hides no other.

    Never raises: bytes that are no warnings give a reading with an ERROR.
    """
    if len(data) > _MAX_BYTES:
        what = f"the file has {len(data)} bytes; at most {_MAX_BYTES} are read."
        return Reading(source, "navwarn", (), (Problem(Severity.ERROR, source, what, "Split it."),))
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        messages, problems = messages_of_json(data.removeprefix(b"\xef\xbb\xbf"), source)
    else:
        text = data.decode("utf-8-sig", errors="replace")
        messages, problems = messages_of_text(text, source)
        if "\ufffd" in text:
            what = "the file is not UTF-8 throughout; the odd signs were not used."
            problems.append(Problem(Severity.PARTIAL, source, what, "Save it as UTF-8."))
    messages, renamed = _named_apart(messages)
    problems.extend(renamed)
    lists = [(m, found) for m in messages if (found := in_force_of(m.text))]
    listing = {m.id for m, _ in lists}
    built = [build(m, options) for m in messages]
    for message, one in zip(messages, built, strict=True):
        problems.extend(one.problems)
        if one.activity is None and message.id not in listing:
            problems.append(_unplaced(message))
    ids = [m.id for m in messages]
    problems.extend(_in_force(m, *found, ids) for m, found in lists)
    problems.extend(_once(built, source))
    return Reading(
        source,
        "navwarn",
        tuple(b.activity for b in built if b.activity is not None),
        tuple(problems),
        _understood(messages, built),
        tuple(c for b in built for c in b.cancellations),
    )


def _named_apart(messages: Sequence[Message]) -> tuple[list[Message], list[Problem]]:
    """Drop exact repeats, and give a second message of one name another name; both are told."""
    kept: dict[str, Message] = {}
    problems: list[Problem] = []
    for message in messages:
        name, n = message.id, 1
        while name in kept and kept[name].text.split() != message.text.split():
            n += 1
            name = f"{message.id} ({n})"
        if name in kept:
            what = "the same message again; it was read once."
            problems.append(Problem(Severity.NOTE, message.where, what))
            continue
        if n > 1:
            what = f"another text with this number; it is called {name} here."
            problems.append(Problem(Severity.PARTIAL, message.where, what, "Ask which holds."))
        kept[name] = message if n == 1 else message._replace(id=name)
    return list(kept.values()), problems


def _unplaced(message: Message) -> Problem:
    what = "no place could be made of this message; it is not among the activities."
    remedy = "A person must read it."
    return Problem(Severity.PARTIAL, message.where, what, remedy, message.text.strip())


def _in_force(message: Message, series: str, listed: frozenset[str], ids: Sequence[str]) -> Problem:
    """Return the note on an in-force list; nothing is removed for it."""
    here = [i for i in ids if i.startswith(f"{series} ") and i != message.id]
    unlisted = [i for i in here if i not in listed]
    absent = sorted(listed - set(here), key=_by_number)
    what = (
        f"in-force list of {len(listed)} {series} warnings. In the file and not listed:"
        f" {', '.join(unlisted) or 'none'}. Listed and not in the file:"
        f" {', '.join(absent) or 'none'}. Nothing was removed."
    )
    return Problem(Severity.NOTE, message.where, what, "Compare with the issue of the list.")


def _by_number(name: str) -> tuple[int, int]:
    number, year = name.rpartition(" ")[2].split("/")
    return int(year), int(number)


def _once(built: Sequence[Built], source: str) -> list[Problem]:
    counts: Counter[str] = Counter()
    for one in built:
        for key, count in one.counts.items():
            counts[key] += count
    return [
        Problem(severity, source, f"{what} (in {counted(counts[key], 'message')}).", remedy)
        for key, severity, what, remedy in _ONCE
        if counts[key]
    ]


def _understood(messages: Sequence[Message], built: Sequence[Built]) -> tuple[str, ...]:
    placed: list[Activity] = [b.activity for b in built if b.activity is not None]
    volumes = sum(len(a.volumes) for a in placed)
    open_ended = sum(any(math.isinf(v.time.end_s) for v in a.volumes) for a in placed)
    ended = sum(len(b.cancellations) for b in built)
    return (
        (
            f"{counted(len(messages), 'warning')}, {len(placed)} placed"
            f" in {counted(volumes, 'volume')}"
        ),
        f"{open_ended} until further notice, {counted(ended, 'cancellation')} of other warnings",
    )
