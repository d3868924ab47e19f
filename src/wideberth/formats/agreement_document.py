"""An agreement as the tables of its file, every figure said, in SI units; the reader reads it back.

What comes with the program (rows of protection data, guards) is left out unless the agreement says
it itself, so that the document is what the parties said and nothing else.
"""

import math
from dataclasses import fields as parts_of
from typing import Any, Final

from wideberth.formats.agreement_document_places import Table, area, instant, window
from wideberth.formats.agreement_document_radio import protections_of, restrictions_of, spectrum_of
from wideberth.model.agreement import Agreement, Contact, NoticePeriod, Separation
from wideberth.model.binding import CautionArea, Force, ProtectedVolume
from wideberth.model.clause import Clause
from wideberth.model.council_rules import CouncilRules, HotlineRules
from wideberth.model.footprint import Point
from wideberth.model.notice import CeaseRules, NoticeRules
from wideberth.model.span import HeightBand

_CLOCKS: Final = (
    "question", "assurance", "incident", "watch", "drills", "meetings", "action", "caveat", "term",
)  # fmt: skip


def document(agreement: Agreement) -> Table:
    """Return the tables of an agreement's file.

    Raises UnsayableError for shapes and values that a file has no words for.
    """
    said: Table = {
        "id": agreement.id,
        "version": agreement.version,
        "title": agreement.title,
        "parties": list(agreement.parties),
        "languages": list(agreement.languages),
        "validity": window(agreement.validity) if agreement.validity else {},
        "theatre": area(agreement.theatre) if agreement.theatre else {},
        "heights": _heights(agreement),
        "clause": [_clause(one) for one in agreement.clauses],
        "separation": [_separation(one) for one in agreement.separations],
        "notice": [_notice(one) for one in agreement.notice_periods],
        "notices": _notices(agreement.notice),
        "unit": [_plain(one) for one in agreement.notice.units],
        "channel": [_plain(one) for one in agreement.channels],
        "contact": [_contact(one) for one in agreement.contacts],
        "named_point": [_point(name, at) for name, at in agreement.named_points],
        "force": [_force(one) for one in agreement.forces],
        "caution_area": [_caution_area(one) for one in agreement.caution_areas],
        "protected_volume": [_protected(one) for one in agreement.protected],
        "prohibited": [_plain(one) for one in agreement.prohibited],
        "signatory": [_plain(one) for one in agreement.signatories],
        "restricted": restrictions_of(agreement),
        "spectrum": spectrum_of(agreement.spectrum),
        **protections_of(agreement.spectrum),
        "council": _council(agreement.council),
    }
    return {key: value for key, value in said.items() if value not in ([], {})}


def _plain(value: Any) -> Table:
    """Return the fields of a flat value, without texts that say nothing."""
    said = {part.name: getattr(value, part.name) for part in parts_of(value)}
    return {key: one for key, one in said.items() if one != ""}


def _clause(clause: Clause) -> Table:
    text: Any = dict(clause.texts) if clause.texts else clause.text
    return {"id": clause.id, "section": clause.section.value, "text": text}


def _heights(agreement: Agreement) -> Table:
    ranges = agreement.heights
    return {
        "qnh_hpa": list(ranges.qnh_hpa),
        "terrain_m": list(ranges.terrain_m),
        "isa_deviation_k": list(ranges.isa_deviation_k),
    }


def _separation(separation: Separation) -> Table:
    least = separation.minima
    said: Table = {
        "arenas": [arena.value for arena in separation.arenas],
        "clause": separation.clause,
        "lateral_m": least.lateral_m,
        "vertical_m": least.vertical_m,
        "time_s": least.time_s,
        "freq_hz": least.freq_hz,
    }
    if math.isinf(least.vertical_m):
        del said["vertical_m"]
    if "spectrum" not in said["arenas"] and not least.freq_hz:
        del said["freq_hz"]
    return said


def _notice(period: NoticePeriod) -> Table:
    return {"kind": period.kind, "clause": period.clause, "lead_s": period.lead_s}


def _notices(rules: NoticeRules) -> Table:
    said: Table = {
        "effective": rules.effective.value,
        "clause": rules.effective_clause,
        "heartbeat_s": rules.heartbeat_s,
        "link_down_after_s": rules.link_down_after_s,
        "reconcile_s": rules.reconcile_s,
        "skew_s": rules.skew_s,
        "deadline": [
            {"rung": one.rung.value, "within_s": one.within_s, "clause": one.clause}
            for one in rules.deadlines
        ],
        "escalation": [_plain(one) for one in rules.escalation],
        "reaction": [_plain(one) for one in rules.reactions],
        "cease": _plain(rules.cease),
    }
    if rules.cease == CeaseRules():  # a file that changes it cites its clause
        del said["cease"]
    return {key: one for key, one in said.items() if one != "" and (one or key == "escalation")}


def _contact(contact: Contact) -> Table:
    return {"party": contact.party, "role": contact.role, "how": contact.how}


def _point(name: str, at: Point) -> Table:
    return {"name": name, "lon": at[0], "lat": at[1]}


def _force(force: Force) -> Table:
    said: Table = {"party": force.party, "name": force.name}
    ends = (("start", force.from_s), ("end", force.until_s))
    said |= {key: instant(end_s) for key, end_s in ends if math.isfinite(end_s)}
    return said | ({"clause": force.clause} if force.clause else {})


def _caution_area(one: CautionArea) -> Table:
    said: Table = {
        "id": one.id,
        "title": one.title,
        "clause": one.clause,
        "area": area(one.area),
        **window(one.window),
        **(_height(one.heights) if one.heights else {}),
        "lead_s": one.lead_s,
        "consent": one.consent,
        "channel": one.channel,
    }
    return {key: value for key, value in said.items() if value != ""}


def _protected(one: ProtectedVolume) -> Table:
    said: Table = {
        "id": one.id,
        "title": one.title,
        "clause": one.clause,
        "area": area(one.area),
        **window(one.window),
        **(_height(one.heights) if one.heights else {}),
        "kinds": list(one.kinds),
        "contact": one.contact,
    }
    return {key: value for key, value in said.items() if value not in ("", [])}


def _height(band: HeightBand) -> Table:
    said: Table = {}
    for end, limit in (("lower", band.lower), ("upper", band.upper)):
        is_open = math.isinf(limit.height_m)
        said |= {f"{end}_unlimited": True} if is_open else {f"{end}_m": limit.height_m}
        said[f"{end}_datum"] = limit.datum.value
    return said


def _council(rules: CouncilRules) -> Table:
    said: Table = {name: _clock(getattr(rules, name)) for name in _CLOCKS}
    return {
        **({"clause": rules.clause} if rules.clause else {}),
        **({"lead": [_plain(one) for one in rules.leads]} if rules.leads else {}),
        **said,
        "hotline": _hotline(rules.hotline),
        "resume": [_plain(one) for one in rules.resume_checklist],
    }


def _clock(rules: Any) -> Table:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in _plain(rules).items()}


def _hotline(rules: HotlineRules) -> Table:
    return {
        **({"clause": rules.clause} if rules.clause else {}),
        "roles": list(rules.roles),
        "flash": [_plain(one) for one in rules.flash],
        "answer": [_plain(one) | {"precedence": one.precedence.value} for one in rules.answers],
    }
