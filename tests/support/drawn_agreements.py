"""Agreements drawn at random: everything an agreement can say, and figures near the edges."""

import dataclasses
import math
from pathlib import Path

from hypothesis import strategies as st

from wideberth.formats import agreement_toml
from wideberth.formats.reading import ReadOptions
from wideberth.model.agreement import Channel, Minima, NoticePeriod, Separation
from wideberth.model.binding import CautionArea, Force, ProhibitedAct, ProtectedVolume, Signatory
from wideberth.model.clause import Clause, Section
from wideberth.model.council_clocks import (
    AssuranceRules,
    DrillRules,
    MeetingRules,
    QuestionRules,
    TermRules,
)
from wideberth.model.council_rules import ChecklistItem, CouncilRules, HotlineRules, Lead
from wideberth.model.footprint import Circle, Polygon
from wideberth.model.notice import Deadline, EscalationStep, NoticeRules, Reaction, Rung, Unit
from wideberth.model.span import Datum, HeightBand, HeightLimit, TimeWindow
from wideberth.model.volume import Arena

EXAMPLES = Path(__file__).parents[2] / "examples"
YEAR_S = 366.0 * 86400.0


def example(name="working-group", file="agreement.toml"):
    """Return the agreement of an example."""
    path = EXAMPLES / name / file
    agreement = agreement_toml.read(path.read_bytes(), path.name, ReadOptions()).agreement
    assert agreement is not None
    return agreement


BASE = example()
CITED = ("S1", "S2", "H1")
PARTIES = ("north", "south")
texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).filter(str.strip)
clauses = st.sampled_from(("", *CITED))
cited = st.sampled_from(CITED)
waits = st.one_of(
    st.sampled_from([1.0, 59.0, 60.0, 90.0, 3600.0, 86400.0, YEAR_S, 0.1, 1e-3]),
    st.floats(1e-3, YEAR_S),
)
instants = st.one_of(st.integers(0, 7_258_118_399), st.integers(0, 10**15).map(lambda i: i / 1e6))
places = st.builds(
    Circle,
    st.tuples(st.floats(-180.0, 180.0), st.floats(0.5, 89.0)),
    st.one_of(st.floats(0.0, 1e6), st.sampled_from([1852.0, 9260.0, 500.0])),
) | st.just(Polygon.of([(33.0, 33.5), (36.0, 33.5), (36.0, 36.0)]))
lengths = st.one_of(st.floats(0.0, 1e6), st.sampled_from([0.0, 304.8, 1852.0, 5 * 1852.0, 1e3]))


@st.composite
def windows(draw):
    start_s, end_s = sorted((float(draw(instants)), float(draw(instants))))
    start_s = -math.inf if draw(st.booleans()) else start_s
    return TimeWindow(start_s, math.inf if draw(st.booleans()) or start_s == end_s else end_s)


@st.composite
def heights(draw):
    low, high = sorted((draw(lengths), draw(lengths)))
    datums = draw(st.sampled_from(Datum)), draw(st.sampled_from(Datum))
    if draw(st.booleans()):
        high = math.inf
    return HeightBand(HeightLimit(low, datums[0]), HeightLimit(high, datums[1]))


@st.composite
def steps(draw, roles):
    waits_s = sorted(draw(st.lists(waits, min_size=len(roles), max_size=len(roles), unique=True)))
    return tuple(
        EscalationStep(role, after_s, draw(clauses))
        for role, after_s in zip(roles, waits_s, strict=True)
    )


@st.composite
def councils(draw):
    urgent_s, answer_s = sorted((draw(waits), draw(waits)))
    times = sorted(draw(st.sets(st.sampled_from(["00:00", "09:00", "16:00", "23:59"]))))
    items = draw(st.lists(texts, max_size=3, unique=True))
    return CouncilRules(
        leads=tuple(
            Lead(party, draw(texts), draw(clauses)) for party in PARTIES[draw(st.integers(0, 2)) :]
        ),
        question=QuestionRules(answer_s, urgent_s, draw(clauses)),
        assurance=AssuranceRules(draw(waits), draw(waits), draw(clauses)),
        hotline=HotlineRules(flash=draw(steps(("duty officer", "deputy"))), clause=draw(clauses)),
        drills=DrillRules(tuple(times), answer_s=draw(waits)),
        meetings=MeetingRules(standing_agenda=tuple(draw(st.lists(texts, max_size=3)))),
        term=TermRules(draw(waits), 0.0, draw(clauses)),
        resume_checklist=tuple(ChecklistItem(name, draw(texts), draw(clauses)) for name in items),
        clause=draw(clauses),
    )


@st.composite
def notice_rules(draw):
    link_s = draw(st.floats(61.0, YEAR_S))
    return NoticeRules(
        effective=draw(st.sampled_from(Rung)),
        effective_clause=draw(clauses),
        deadlines=tuple(
            Deadline(rung, 60.0, draw(cited))
            for rung in draw(st.sampled_from([(), (Rung.READ,), (Rung.DELIVERED, Rung.READ)]))
        ),
        escalation=draw(steps(("duty officer", "deputy")) | st.just(())),
        reactions=tuple(
            Reaction(party, draw(waits)) for party in PARTIES[draw(st.integers(0, 2)) :]
        ),
        link_down_after_s=link_s,
        units=(Unit("north", draw(texts), draw(st.sampled_from(["", "A flight"]))),),
    )


@st.composite
def separations(draw):
    pairs = draw(
        st.lists(
            st.sampled_from([("air", "air"), ("sea", "air"), ("spectrum", "spectrum")]),
            min_size=1,
            unique=True,
        )
    )
    return tuple(
        Separation(
            (Arena(one), Arena(other)),
            draw(cited),
            Minima(
                draw(lengths),
                math.inf if one == "spectrum" and draw(st.booleans()) else draw(lengths),
                draw(waits),
                draw(lengths) if one == "spectrum" else 0.0,
            ),
        )
        for one, other in pairs
    )


@st.composite
def drawn_agreements(draw):
    """Return an agreement with the example's protection data and everything else at random."""
    languages = draw(st.sampled_from([(), ("en",), ("ru", "en"), ("he", "zh-Hant", "fr")]))
    ids = (
        *CITED,
        *draw(st.lists(texts, max_size=2, unique=True).map(lambda t: ["X" + x for x in t])),
    )
    said = {name: tuple((tongue, draw(texts)) for tongue in languages) for name in ids}
    acts = draw(st.lists(texts, max_size=2, unique=True))
    areas = draw(st.lists(texts, max_size=2, unique=True))
    return dataclasses.replace(
        BASE,
        id=draw(texts),
        version=draw(st.integers(1, 2**53 - 1)),
        title=draw(texts),
        languages=languages,
        clauses=tuple(
            Clause(
                name,
                said[name][0][1] if languages else draw(texts),
                draw(st.sampled_from(Section)),
                said[name],
            )
            for name in ids
        ),
        separations=draw(separations()),
        notice_periods=tuple(
            NoticePeriod(kind, draw(cited), draw(waits))
            for kind in draw(st.lists(texts, max_size=2))
        ),
        restrictions=tuple(
            dataclasses.replace(one, clause="S2", area=draw(places), window=draw(windows()))
            if one.clause
            else one
            for one in BASE.restrictions
        ),
        spectrum=dataclasses.replace(
            BASE.spectrum, clause=draw(clauses), margin_db=draw(st.floats(0.0, 100.0))
        ),
        channels=(Channel("A", draw(texts), draw(clauses)),),
        theatre=draw(st.none() | places),
        named_points=tuple(
            (draw(texts), (draw(st.floats(-180.0, 180.0)), 1.5))
            for _ in range(draw(st.integers(0, 1)))
        ),
        validity=draw(
            st.none()
            | windows().filter(lambda w: math.isfinite(w.start_s) or math.isfinite(w.end_s))
        ),
        notice=draw(notice_rules()),
        council=draw(councils()),
        forces=tuple(
            Force(draw(st.sampled_from(PARTIES)), draw(texts), w.start_s, w.end_s, draw(clauses))
            for w in draw(st.lists(windows(), max_size=2))
        ),
        caution_areas=tuple(
            CautionArea(
                name,
                draw(st.sampled_from(["", "The narrows"])),
                draw(cited),
                draw(places),
                draw(windows()),
                draw(waits),
                draw(st.none() | heights()),
                draw(st.booleans()),
                draw(st.sampled_from(["", "A"])),
            )
            for name in areas
        ),
        protected=tuple(
            ProtectedVolume(
                name,
                draw(st.sampled_from(["", "The approach"])),
                draw(cited),
                draw(places),
                draw(windows()),
                draw(st.none() | heights()),
                tuple(draw(st.lists(texts, max_size=2))),
                draw(st.sampled_from(["", "tower"])),
            )
            for name in draw(st.lists(texts, max_size=1))
        ),
        prohibited=tuple(ProhibitedAct(code, draw(texts), draw(cited)) for code in acts),
        signatories=tuple(
            Signatory(party, draw(texts), draw(st.sampled_from([1, 2])), draw(clauses))
            for party in PARTIES[draw(st.integers(0, 2)) :]
        ),
    )
