"""One notice: which of its items make volumes, and every remark a person should see."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.formats.notam_codes import Meaning, meaning
from wideberth.formats.notam_frequencies import signals_in
from wideberth.formats.notam_items import Notice
from wideberth.formats.notam_places import places_in
from wideberth.formats.notam_qualifier import instant_of, places_of, qualifier_of
from wideberth.formats.notam_rest import rest_of
from wideberth.formats.notam_volumes import areas_of, band_for, bounded, volumes_of, windows_for
from wideberth.formats.reading import Cancellation, Problem, ReadOptions, Severity
from wideberth.model.activity import Activity
from wideberth.model.volume import Role

NO_NUMBER: Final = "no number"
_TITLE: Final = 60  # characters


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one notice gives: an activity or none, a cancellation or none, and the remarks."""

    activity: Activity | None
    cancellation: Cancellation | None
    problems: tuple[Problem, ...]


def outcome_of(notice: Notice, source: str, options: ReadOptions) -> Outcome:
    """Return what a notice gives; a refused one says why and carries its whole text."""
    where = f"{source}, NOTAM {notice.id or NO_NUMBER}"
    told: list[Problem] = []
    activity = cancellation = None
    try:
        cancellation = _cancellation(notice, where, told)
        if notice.kind != "C":
            activity = _activity(notice, where, options, told)
    except ImpossibleValueError as error:
        told.append(replace(Problem.of(error, where), text=notice.text))
    return Outcome(activity, cancellation, tuple(told))


def _cancellation(notice: Notice, where: str, told: list[Problem]) -> Cancellation | None:
    """Return what a NOTAMR or NOTAMC ends, from its item B on; raises as instant_of does."""
    if not notice.id:
        what = "the notice has no number; none can replace or cancel it."
        told.append(Problem(Severity.PARTIAL, where, what, "Ask for the whole text."))
    if notice.kind == "N":
        return None
    if notice.kind == "C":
        what = f"it cancels {notice.replaces or 'a notice'}; it takes up no room itself."
        told.append(Problem(Severity.NOTE, where, what, text=notice.text))
    if not notice.replaces:
        what = f"a NOTAM{notice.kind} that does not name the notice it ends; none is ended."
        told.append(Problem(Severity.PARTIAL, where, what, "Look at it.", notice.text))
        return None
    at_s = instant_of(notice.items.get("B", ""), "B")
    return Cancellation(notice.id, notice.replaces, at_s)


def _activity(
    notice: Notice, where: str, options: ReadOptions, told: list[Problem]
) -> Activity | None:
    items = notice.items
    text = items.get("E", "")
    qualifier, problems = qualifier_of(items.get("Q"), where)
    told.extend(problems)
    named, problems = places_of(items.get("A"), where)
    told.extend(problems)
    says = meaning(qualifier.code)
    phrase = f"{says.subject} {says.condition}".strip()
    if says.is_over:
        what = f"{phrase}: no volume is made."
        told.append(Problem(Severity.PARTIAL, where, what, "Look at the text.", notice.text))
        return None
    places = places_in(text, options, where)
    signals, problems = signals_in(text, where)
    in_air = says.is_airspace or places.is_area
    if not in_air and not any(s.role is Role.EMIT for s in signals):
        what = f"{phrase}: it takes up no airspace, so there is no volume."
        told.append(Problem(Severity.NOTE, where, what, text=notice.text))
        return None
    told.extend(problems)
    told.extend(rest_of(text, _title(text, says), where))
    if qualifier.code and not says.is_known:
        what = f"NOTAM code {qualifier.code} is not in the tables; it is kept as it stands."
        told.append(Problem(Severity.NOTE, where, what))
    areas = areas_of(places, qualifier.circle, where, told)
    band = band_for(items, qualifier, where, told)
    windows = windows_for(items, where, told)
    party = options.party or qualifier.fir or _first(named)
    if not areas:
        return None
    windows = bounded(windows, len(areas) * (in_air + len(signals)), where, told)
    volumes = volumes_of(areas, band, windows, signals, in_air=in_air)
    kind = says.subject or "unknown"
    return Activity(party, notice.id or NO_NUMBER, volumes, _title(text, says), kind)


def _first(named: Sequence[str]) -> str:
    if named:
        return named[0]
    raise ImpossibleValueError(
        "the notice names no FIR or aerodrome, so no party.", remedy="Say whose: --party NAME."
    )


def _title(text: str, says: Meaning) -> str:
    """Return the first sentence of item E, cut to 60 characters at a word; else the subject."""
    words = text.partition(". ")[0].strip(" .")
    if len(words) > _TITLE:
        words = words[: _TITLE - 3].rpartition(" ")[0].rstrip(" ,:-") + "..."
    return words or says.subject
