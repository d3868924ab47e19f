"""A meeting's pack for print: agenda, all that is open, the map of what is in force, the agreement.

Only what both sides know is in it. sections: further parts, as the figures of the annual review.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from wideberth.council.agenda import Item
from wideberth.council.assurance import AssuranceStand
from wideberth.council.calendars import offered
from wideberth.council.clocks import at
from wideberth.council.kinds import stand_of
from wideberth.council.matter import Matter
from wideberth.council.meeting_stand import MeetingStand
from wideberth.formats.map_svg import Area, activity_map
from wideberth.formats.pages import (
    Block,
    Heading,
    LedgerHead,
    Listing,
    NewPage,
    Pages,
    Paragraph,
    Picture,
    Table,
)
from wideberth.formats.report_words import window
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement
from wideberth.peering.wire_footprint import footprint_from_wire

_NOT_THIS = "This pack shows what both sides know. Silence is no agreement."


@dataclass(frozen=True, slots=True)
class Sources:
    """What a pack is made of. matters: the open ones; activities: as far as they are disclosed."""

    meeting: Matter
    agenda: tuple[Item, ...]
    matters: tuple[Matter, ...]
    activities: tuple[Activity, ...]
    heads: tuple[LedgerHead, ...]
    agreement: Agreement
    party: str
    now_s: float
    sections: tuple[Block, ...] = ()


def pack_of(sources: Sources) -> Pages:
    """Return the pack of a meeting."""
    now = stand_of(sources.meeting, sources.agreement)
    assert isinstance(now, MeetingStand)
    blocks = (
        *_meeting(now, sources),
        *_agenda(sources.agenda),
        *_open(sources),
        *_in_force(sources),
        *sources.sections,
        *_agreement(sources.agreement),
    )
    digest = sha256()
    for part in (sources.meeting, sources.agenda, sources.matters):
        digest.update(msgspec.json.encode(part))
    digest.update(repr((sources.activities, sources.agreement, *sources.sections)).encode())
    return Pages(
        title=now.title,
        subtitle=f"{sources.meeting.ref}: {now.meeting_kind.value.replace('-', ' ')}, {now.state}",
        blocks=blocks,
        made_s=sources.now_s,
        source=digest.hexdigest(),
        heads=sources.heads,
    )


def _meeting(now: MeetingStand, sources: Sources) -> Iterator[Block]:
    when, place = offered(now, sources.party)
    settled = "" if now.when == when else " (proposed)"
    time = "still open" if when is None else window(when.start_s, when.end_s) + settled
    where = f"{place}{'' if place == now.place else ' (proposed)'}" if place else "still open"
    rows = [("When", time), ("Where", where)]
    for party in sorted(now.holds):
        head = now.heads.get(party) or sources.agreement.council.lead(party).role
        others = ", ".join(now.members.get(party, ()))
        rows.append((f"For {party}", f"{head}{f', with {others}' if others else ''}"))
    yield Table(("", "The meeting"), tuple(rows), (1.0, 4.0))
    yield Paragraph(_NOT_THIS, is_small=True)


def _agenda(items: Sequence[Item]) -> Iterator[Block]:
    yield Heading("Agenda")
    rows = tuple(
        (str(number), item.title, item.rests_on, item.clause)
        for number, item in enumerate(items, start=1)
    )
    yield Table(("", "Item", "Rests on", "Clause"), rows, (0.5, 4.0, 5.0, 1.0))


def _open(sources: Sources) -> Iterator[Block]:
    yield Heading("Open between the parties")
    rows = []
    for one in sources.matters:
        if one.ref == sources.meeting.ref:
            continue
        stand = stand_of(one, sources.agreement)
        due = min(stand.dues, key=lambda d: d.at_s, default=None)
        owed = "" if due is None else f"{due.party}: {due.what}, {at(due.at_s)}"
        rows.append((one.ref, stand.title, stand.state, owed))
    if rows:
        yield Table(("Matter", "What", "State", "Owed"), tuple(rows), (2.0, 4.0, 1.2, 3.0))
    else:
        yield Paragraph("Nothing else.")


def _in_force(sources: Sources) -> Iterator[Block]:
    yield Heading("Activities in force")
    agreement = sources.agreement
    areas = [Area(area.title or area.id, area.area) for area in agreement.caution_areas]
    if agreement.theatre is not None:
        areas.insert(0, Area("theatre", agreement.theatre))
    areas += _promised(sources)
    svg = activity_map(sources.activities, areas)
    if svg is not None:
        yield Picture(svg, f"What is declared and not over at {at(sources.now_s)}.")
    if not sources.activities:
        yield Paragraph("None is known to both sides.")
        return
    rows = tuple(
        (one.party, one.id, one.title, one.state.value, _span(one)) for one in sources.activities
    )
    yield Table(("Party", "Activity", "What", "State", "When"), rows, (1.2, 1.6, 3.2, 1.2, 3.2))


def _promised(sources: Sources) -> Iterator[Area]:
    """Yield the areas of the assurances that stand."""
    for one in sources.matters:
        stand = stand_of(one, sources.agreement)
        if isinstance(stand, AssuranceStand) and stand.scope.area is not None:
            name = f"assurance {one.opener}/{one.id}"
            yield Area(name, footprint_from_wire(stand.scope.area))


def _span(activity: Activity) -> str:
    start_s = min(volume.time.start_s for volume in activity.volumes)
    return window(start_s, max(volume.time.end_s for volume in activity.volumes))


def _agreement(agreement: Agreement) -> Iterator[Block]:
    yield NewPage()
    yield Heading(f"The agreement: {agreement.title}")
    term = agreement.validity
    said = "" if term is None else f" In force: {window(term.start_s, term.end_s)}."
    yield Paragraph(f"{agreement.id}, version {agreement.version}.{said}")
    if not agreement.languages:
        yield Listing(tuple(f"{clause.id}: {clause.text}" for clause in agreement.clauses))
        return
    yield Paragraph(f"In {', '.join(agreement.languages)}: all equally authentic.", is_small=True)
    rows = tuple(
        (clause.id, *(text for _language, text in clause.texts)) for clause in agreement.clauses
    )
    widths = (1.0, *(4.0 for _language in agreement.languages))
    yield Table(("", *agreement.languages), rows, widths)
