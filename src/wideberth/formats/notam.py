"""NOTAM texts: any number of notices as activities, each with what it assumed and left unused.

Source: ICAO Annex 15 and Doc 8126 (the form), Doc 8400 (the NOTAM code).
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from wideberth.formats.notam_items import Notice, looks_like_notam, notices_of
from wideberth.formats.notam_notice import outcome_of
from wideberth.formats.reading import (
    Cancellation,
    Problem,
    Reading,
    ReadOptions,
    Severity,
    read_words,
)
from wideberth.model.activity import Activity

__all__ = ["looks_like_notam", "read"]

_MAX_BYTES: Final = 64 * 1024 * 1024
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


def read(data: bytes, source: str, options: ReadOptions) -> Reading:
    """Return the notices of a text; a refused one hides no other, and no word goes unsaid."""
    if len(data) > _MAX_BYTES:
        what = f"the file has {len(data)} bytes; at most {_MAX_BYTES} are read."
        problem = Problem(Severity.ERROR, source, what, "Split it.")
        return Reading(source, "notam", problems=(problem,))
    text = _text(data).upper()
    notices, around = notices_of(text)
    problems = [
        Problem(Severity.PARTIAL, source, "text around the notices; not used.", "Look at it.", t)
        for t in around
    ]
    if not notices:
        what = "no NOTAM was found."
        remedy = "A notice begins with its number and NOTAMN, or with its Q line."
        problems.append(Problem(Severity.ERROR, source, what, remedy))
    single, repeated = _once(notices, source)
    activities: list[Activity] = []
    cancellations: list[Cancellation] = []
    for notice in single:
        outcome = outcome_of(notice, source, options)
        problems.extend(outcome.problems)
        if outcome.activity is not None:
            activities.append(outcome.activity)
        if outcome.cancellation is not None:
            cancellations.append(outcome.cancellation)
    kept, renamed = _named_apart(activities, source)
    return Reading(
        source,
        "notam",
        kept,
        (*problems, *repeated, *renamed),
        (read_words(f"{len(notices)} NOTAM", kept),),
        tuple(cancellations),
    )


def _text(data: bytes) -> str:
    """Return the text of UTF-8 or marked UTF-16; other bytes are taken as Latin-1."""
    if data.startswith(_UTF16):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _once(notices: Iterable[Notice], source: str) -> tuple[list[Notice], list[Problem]]:
    """Return each notice once; the same text again is only noted."""
    kept: dict[str, Notice] = {}
    problems: list[Problem] = []
    for notice in notices:
        if notice.text in kept:
            where = f"{source}, NOTAM {notice.id or 'no number'}"
            what = "the same notice stands in the file again; it counts once."
            problems.append(Problem(Severity.NOTE, where, what))
        else:
            kept[notice.text] = notice
    return list(kept.values()), problems


def _named_apart(
    activities: Iterable[Activity], source: str
) -> tuple[tuple[Activity, ...], list[Problem]]:
    """Give notices of one party and number that differ ids of their own; both count."""
    kept: dict[tuple[str, str], Activity] = {}
    problems: list[Problem] = []
    for activity in activities:
        name, count = activity.id, 1
        while (activity.party, name) in kept:
            count += 1
            name = f"{activity.id} ({count})"
        if count > 1:
            where = f"{source}, NOTAM {activity.id}"
            what = f"another notice of that number says something else; both count, as {name!r}."
            problems.append(Problem(Severity.PARTIAL, where, what, "Ask the issuer which holds."))
            activity = replace(activity, id=name)  # noqa: PLW2901
        kept[activity.party, name] = activity
    return tuple(kept.values()), problems
