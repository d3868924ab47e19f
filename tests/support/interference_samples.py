"""Results with interference to report on, built by hand, and any link budget at all."""

from dataclasses import replace

import report_samples as samples
from hypothesis import strategies as st

from wideberth.interference import words
from wideberth.model.agreement import Minima
from wideberth.model.budget import Case, Contributor, LinkBudget, Verdict
from wideberth.model.conflict import Conflict, Gaps
from wideberth.model.footprint import Circle
from wideberth.model.protection import Criterion, CriterionKind, Protection
from wideberth.model.radio import Radio
from wideberth.model.span import FrequencyBand
from wideberth.model.spectrum_rules import SpectrumRules
from wideberth.model.volume import Role

GNSS = Protection(
    "gnss_l1",
    "GNSS L1",
    FrequencyBand(1559e6, 1610e6),
    2e6,
    Criterion(CriterionKind.POWER, -109.5),
    source="ITU-R M.1903-1",
    verified=False,
)


def a_budget(**changes):
    fields = {
        "case": Case.IN_BAND,
        "verdict": Verdict.EXCEEDED,
        "service": "GNSS L1",
        "source": "ITU-R M.1903-1",
        "verified": False,
        "freq_hz": 1565e6,
        "distance_m": 9.5 * samples.NM,
        "eirp_dbm": 40.0,
        "loss_db": 121.4,
        "rejection_db": 0.0,
        "gain_dbi": 3.0,
        "interference_dbm": -94.4,
        "limit_dbm": -109.5,
        "model": "P.528-5, version 1",
        "inputs": (("gap_hz", 0.0), ("refine", "true")),
        "need_m": 54.0 * samples.NM,
        "need_dbm": 24.9,
    }
    return LinkBudget(**(fields | changes))


def an_emission(volume_id="0", low_hz=1565e6, high_hz=1585e6, **changes):
    place = Circle((33.2, 34.0), 0.0)
    fields = {"freq": FrequencyBand(low_hz, high_hz), "footprint": place, "eirp_dbm": 40.0}
    return samples.a_volume(volume_id, samples.SPECTRUM, **(fields | changes))


def a_craft(party, name, *volumes, service="gnss_l1", aboard=samples.AIR, **changes):
    """Return an activity with a receiver of its equipage at each of its volumes."""
    receivers = [
        samples.a_volume(
            f"{volume.id} {service}",
            samples.SPECTRUM,
            footprint=volume.footprint,
            height=volume.height,
            time=volume.time,
            freq=GNSS.band,
            role=Role.RECEIVE,
            radio=Radio(service=service, aboard=aboard.value),
        )
        for volume in volumes
    ]
    return samples.an_activity(party, name, *volumes, *receivers, **changes)


def interfered(changed_budget=None):
    """Return a flight and a ship that jammers, a set of unknown power and mixing signals harm.

    changed_budget: in place of that of the flight and the jammer.
    """
    flight = a_craft("north", "AZ1", samples.a_volume("leg"), title="Airliner")
    ship = a_craft(
        "north",
        "FERRY",
        samples.a_volume("lane", samples.SEA, footprint=Circle((33.3, 34.0), 2 * samples.NM)),
        samples.a_volume("berth", samples.SEA, footprint=Circle((33.4, 34.0), 1 * samples.NM)),
        aboard=samples.SEA,
    )
    jammer = samples.an_activity("south", "JAM", an_emission())
    unsaid = samples.an_activity("south", "UNSAID", an_emission(eirp_dbm=None))
    small = [samples.an_activity("south", f"P{i}", an_emission()) for i in range(15)]
    rules = SpectrumRules(protections=(GNSS,))
    return samples.a_result(
        [flight, ship, jammer, *small, unsaid],
        [
            _interference(flight, 1, jammer, changed_budget or a_budget()),
            _interference(
                flight,
                1,
                small[0],
                a_budget(
                    case=Case.AGGREGATE,
                    need_m=None,
                    contributors=tuple(
                        Contributor("south", f"P{i}", "0", -110.0 - i) for i in range(15)
                    ),
                ),
            ),
            _interference(
                ship,
                3,
                unsaid,
                a_budget(
                    verdict=Verdict.NO_MODEL, assumed=("the power is not declared: not cleared",)
                ),
            ),
        ],
        cleared=(
            _interference(
                ship,
                2,
                jammer,
                a_budget(verdict=Verdict.CLEARED, interference_dbm=-120.0, need_m=1.0),
            ),
            _interference(
                ship,
                3,
                jammer,
                a_budget(verdict=Verdict.CLEARED, interference_dbm=-110.0, need_m=1.0),
            ),
        ),
        agreement=samples.an_agreement(spectrum=rules),
    )


def _interference(craft, place, emitter, budget):
    return Conflict(samples.ref(craft, place), samples.ref(emitter), an_interference(budget))


def an_interference(budget, **changes):
    fields = {
        "rule": "air_spectrum",
        "clause": "E1",
        "gaps": Gaps(0.0, 0.0, 0.0, 0.0),
        "minima": Minima(budget.need_m or 0.0, samples.INF, 0.0),
        "why": words.why(budget),
        "notes": words.notes(budget),
        "budget": budget,
        "place": (33.2, 34.0),
    }
    return samples.a_finding(**(fields | changes))


_levels_db = st.floats(-400.0, 400.0) | st.sampled_from([0.0, -0.0, -0.04, 1e-9])
_maybe_db = st.none() | _levels_db
_lengths_m = st.floats(0.0, 4e7) | st.sampled_from([0.0, 0.01, 1851.999, 1852.0])
_texts = st.text(max_size=12) | st.sampled_from(["<b>", "x\x1b[2J", "\u202e", "\ud800", "a\nb"])


def budgets(texts=_texts):
    """Return a strategy of link budgets with any figures and names."""
    return st.builds(
        LinkBudget,
        case=st.sampled_from(Case),
        verdict=st.sampled_from(Verdict),
        service=texts,
        source=texts,
        verified=st.booleans(),
        freq_hz=st.floats(1.0, 1e12),
        distance_m=_lengths_m,
        eirp_dbm=_maybe_db,
        loss_db=_maybe_db,
        rejection_db=_maybe_db,
        gain_dbi=_levels_db,
        interference_dbm=_maybe_db,
        limit_dbm=_maybe_db,
        model=texts,
        inputs=st.lists(st.tuples(texts, _levels_db | texts), max_size=3).map(tuple),
        data=st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
        contributors=st.lists(
            st.builds(Contributor, texts, texts, texts, _maybe_db), max_size=14
        ).map(tuple),
        need_m=st.none() | _lengths_m,
        need_dbm=_maybe_db,
        assumed=st.lists(texts, max_size=2).map(tuple),
    )


def hostile():
    """Return the hostile result of `report_samples` with a budget whose every name is hostile."""
    result, readings = samples.hostile()
    name = "</script><img src=x onerror=alert(1)>"
    budget = a_budget(
        service=name,
        source=name,
        model=name,
        contributors=(Contributor(name, "\x1b[2J", "\u202e\ud800", None),),
        assumed=(name,),
    )
    a, b = (samples.ref(activity) for activity in result.activities)
    found = Conflict(a, b, an_interference(budget))
    return replace(result, conflicts=(found, *result.conflicts), cleared=(found,)), readings
