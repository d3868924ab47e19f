"""A budget in JSON says all that is needed to reckon it again, and nothing else passes."""

import json
from dataclasses import fields

import pytest
from figures_scenes import some_figures
from hypothesis import given
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.formats.budget_json import DIGITS, budget_fields, read_budget
from wideberth.interference.budgets import again
from wideberth.model.budget import Case, Contributor, LinkBudget, Verdict
from wideberth.spectrum.mask import Mask

levels_db = st.floats(-400.0, 400.0) | st.sampled_from([0.0, -0.0, 1e-9])
maybe_db = st.none() | levels_db
lengths_m = st.floats(0.0, 2e7) | st.sampled_from([0.0, 1.0, 1e300])
words = st.text(max_size=12)
digests = st.text("0123456789abcdef", min_size=64, max_size=64)


@st.composite
def budgets(draw):
    return LinkBudget(
        case=draw(st.sampled_from(Case)),
        verdict=draw(st.sampled_from(Verdict)),
        service=draw(words),
        source=draw(words),
        verified=draw(st.booleans()),
        freq_hz=draw(st.floats(1.0, 1e12)),
        distance_m=draw(lengths_m),
        eirp_dbm=draw(maybe_db),
        loss_db=draw(maybe_db),
        rejection_db=draw(maybe_db),
        gain_dbi=draw(levels_db),
        interference_dbm=draw(maybe_db),
        limit_dbm=draw(maybe_db),
        model=draw(words),
        inputs=tuple(draw(st.dictionaries(words, levels_db | words, max_size=4)).items()),
        data=tuple(draw(st.lists(st.tuples(words, digests), max_size=2))),
        contributors=tuple(
            draw(st.lists(st.builds(Contributor, words, words, words, maybe_db), max_size=3))
        ),
        need_m=draw(st.none() | lengths_m),
        need_dbm=draw(maybe_db),
        assumed=tuple(draw(st.lists(words, max_size=2))),
    )


def written(budget):
    return json.loads(json.dumps(budget_fields(budget), allow_nan=False))


def rounded(value):
    if isinstance(value, float):
        return round(value, DIGITS) + 0.0
    if isinstance(value, Contributor):
        return Contributor(value.party, value.activity, value.volume, rounded(value.power_dbm))
    return tuple(map(rounded, value)) if isinstance(value, tuple) else value


@given(budgets())
def test_a_budget_comes_back_whole_to_six_decimals(budget):
    found = read_budget(written(budget))
    for field in fields(LinkBudget):
        assert getattr(found, field.name) == rounded(getattr(budget, field.name)), field.name
    assert {**written(found), "margin_db": 0.0} == {**written(budget), "margin_db": 0.0}


@given(
    st.sampled_from([Case.IN_BAND, Case.OUT_OF_BAND, Case.BLOCKING]),
    st.floats(30e6, 20e9),
    st.floats(1.0, 1e6),
    st.floats(0.0, 1e8),
    st.floats(-100.0, 100.0),
)
def test_a_budget_that_was_written_is_reckoned_again_alike(
    case, freq_hz, distance_m, gap_hz, eirp_dbm
):
    skirt = Mask(((0.0, 0.0), (12_500.0, 40.3), (62_500.1, 60.0)), 60.0)
    figures = some_figures(
        case=case,
        freq_hz=freq_hz,
        distance_m=distance_m,
        eirp_dbm=eirp_dbm,
        gap_hz=gap_hz,
        emission_skirt=skirt,
        selectivity_skirt=skirt,
        gain_dbi=2.15,
    )
    budget = LinkBudget(
        *(case, Verdict.EXCEEDED, "ear", "nowhere", False, freq_hz, distance_m, eirp_dbm),
        *(None, None, 2.15, None, -100.0, "any"),
        inputs=figures.inputs(),
    )
    assert abs(again(read_budget(written(budget))) - again(budget)) < 1e-3


WHOLE = written(
    LinkBudget(
        *(Case.AGGREGATE, Verdict.EXCEEDED, "ear", "nowhere", False, 1e8, 1.0, 1.0, 1.0, 1.0, 1.0),
        *(-80.0, -100.0, "any"),
        inputs=(("eirp_dbm", 1.0),),
        data=(("N35E033.hgt", "0" * 64),),
        contributors=(Contributor("north", "J-1", "0", -83.0),),
        assumed=("much",),
    )
)


@pytest.mark.parametrize("name", sorted(set(WHOLE) - {"margin_db"}))
def test_a_field_that_is_missing_or_odd_is_refused_by_its_name(name):
    lacking = {key: value for key, value in WHOLE.items() if key != name}
    with pytest.raises(ImpossibleValueError, match=name):
        read_budget(lacking)
    for odd in ({"odd": [1]}, [3], object):
        with pytest.raises(ImpossibleValueError):
            read_budget({**WHOLE, name: odd})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), True, "12", 10**400, None])
def test_a_figure_that_is_no_finite_number_is_refused(value):
    with pytest.raises(ImpossibleValueError, match="freq_hz"):
        read_budget({**WHOLE, "freq_hz": value})
    if value is not None and value != "12":
        with pytest.raises(ImpossibleValueError, match="eirp_dbm"):
            read_budget({**WHOLE, "inputs": {"eirp_dbm": value}})


@pytest.mark.parametrize("given", [None, [], "budget", 3.0])
def test_what_is_no_object_is_no_budget(given):
    with pytest.raises(ImpossibleValueError, match="object"):
        read_budget(given)
