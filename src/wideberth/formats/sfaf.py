"""Frequency assignments in SFAF (MCEB Pub 7): each record an activity of spectrum volumes.

Item numbers and what they mean: docs/formats/sfaf.md, with the sources. A classified record is
refused whole, and nothing of it is shown.
"""

from dataclasses import replace
from functools import partial

from wideberth.formats.reading import Problem, Reading, ReadOptions, Severity, counted, read_words
from wideberth.formats.sfaf_records import CLASSIFICATION, Record, looks_like_sfaf, records_of
from wideberth.formats.sfaf_remarks import Remarks
from wideberth.formats.sfaf_stations import common_of, receivers_of, transmitters_of
from wideberth.model.activity import Activity
from wideberth.model.volume import Volume

__all__ = ["looks_like_sfaf", "read"]

_DELETION = "D"


def read(data: bytes, source: str, options: ReadOptions) -> Reading:
    """Return the activities of an SFAF text; what has no place in a plan is shown by its item."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"byte {error.start} is not UTF-8."
        problem = Problem(Severity.ERROR, "file", what, "Save it as plain text in UTF-8.")
        return Reading(source, "sfaf", problems=(problem,))
    records, problems = records_of(text)
    if any(map(_is_classified, records)):  # a line without a number may belong to such a record
        problems = tuple(replace(problem, text="") for problem in problems)
    told = list(problems)
    activities: dict[tuple[str, str], Activity] = {}
    for record in records:
        remarks = Remarks(f"line {record.line}")
        activity = _activity(record, options, remarks)
        told += remarks.problems
        if activity is None:
            continue
        key = (activity.party, activity.id)
        if key in activities:
            what = f"item 102: {activity.id!r} stands in an earlier record."
            told.append(Problem(Severity.ERROR, remarks.where, what, "Give each its own serial."))
        else:
            activities[key] = activity
    if not records:
        told.append(Problem(Severity.NOTE, "file", "the text holds no record."))
    found = tuple(activities.values())
    understood = read_words(counted(len(records), "record"), found)
    return Reading(source, "sfaf", found, tuple(told), (understood,))


def _activity(record: Record, options: ReadOptions, remarks: Remarks) -> Activity | None:
    if _is_classified(record):
        remarks.fail(
            "item 005 marks the record as classified; it is not read, and nothing of it is shown.",
            "Give unclassified records (item 005 U...); Wideberth keeps no classified ones.",
        )
        return None
    serial = record.text("102")
    remarks.where = f"record {serial!r}, line {record.line}" if serial else remarks.where
    if record.text("010").upper() == _DELETION:
        remarks.tell(Severity.PARTIAL, "item 010 asks to delete the assignment; it is not read.")
        return None
    party = options.party or record.text("200")
    record.text("200")
    for number, value, remedy in (
        ("102", serial, "Give the agency serial number."),
        ("200", party, "Give the agency, or name the party with --party."),
    ):
        if not value:
            remarks.fail(f"item {number} is missing.", remedy)
    common = common_of(record, remarks)
    volumes: list[Volume] = []
    if common is not None:
        volumes += transmitters_of(record, common, remarks)
        volumes += receivers_of(record, common, remarks)
    title, kind = record.lines("502"), record.text("113")
    _show_rest(record, remarks)
    if not serial or not party or not volumes:
        if not remarks.has_errors:
            remarks.fail("no station has coordinates.", "Give item 303 or 403.")
        return None
    return remarks.attempt(partial(Activity, party, serial, tuple(volumes), title=title, kind=kind))


def _is_classified(record: Record) -> bool:
    marking = record.text(CLASSIFICATION).upper()
    return bool(marking) and not marking.startswith("U")


def _show_rest(record: Record, remarks: Remarks) -> None:
    """Show the items that were not used, with their very words."""
    rest: list[str] = []
    for item, is_repeated in record.rest():
        number = item.number if item.which == 1 else f"{item.number}/{item.which:02d}"
        words = f"{number} {item.text}"
        if is_repeated:
            what = f"item {number} stands twice; the first is taken."
            remarks.tell(Severity.PARTIAL, what, "Keep one.", words)
        else:
            rest.append(words)
    if rest:
        what = f"{counted(len(rest), 'item')} not used: they have no place in a plan."
        remarks.tell(Severity.NOTE, what, text="; ".join(rest))
