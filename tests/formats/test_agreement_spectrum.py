"""What an agreement says of radio: laid over the shipped data, and nothing of it dropped unseen."""

import dataclasses
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.agreement_toml import read
from wideberth.formats.builtin import builtin_agreement
from wideberth.formats.protection_toml import shipped_data
from wideberth.formats.reading import ReadOptions, Severity
from wideberth.model.criterion_text import read as criterion
from wideberth.model.span import FrequencyBand
from wideberth.model.spectrum_rules import SpectrumRules
from wideberth.node.settings import Settings

LEAST = """
id = "example"
version = 1
title = "Example"
parties = ["north", "south"]
[[clause]]
id = "F1"
text = "Distress stays clear."
[[separation]]
arenas = ["air", "air"]
clause = "F1"
lateral_nm = 5
vertical_ft = 1000
time_min = 5
"""
SHIPPED = shipped_data()


def reading_of(extra):
    return read((LEAST + extra).encode(), "agreement.toml", ReadOptions())


def agreement_of(extra=""):
    reading = reading_of(extra)
    assert [p.what for p in reading.problems if p.severity is Severity.ERROR] == []
    return reading.agreement


def errors_of(extra):
    return [p for p in reading_of(extra).problems if p.severity is Severity.ERROR]


def row_of(extra, name):
    return agreement_of(extra).spectrum.protection(name)


def test_an_agreement_that_is_silent_on_radio_holds_all_of_the_shipped_data():
    agreement = agreement_of()
    assert agreement.spectrum == builtin_agreement().spectrum
    assert agreement.restrictions == builtin_agreement().restrictions == SHIPPED.guards
    assert agreement.spectrum == SpectrumRules(
        protections=SHIPPED.protections, equipages=SHIPPED.equipages
    )


def test_parameters_are_read_with_their_units():
    rules = agreement_of("""
        [spectrum]
        clause = "F1"
        refine = false
        time_percent = 5
        surface_refractivity_n = 340
        lapse_n_per_km = 60
        ground = "mixed"
        margin_db = 3
        undeclared_eirp_dbm = 70
        rejection_floor_db = 90
        site_nm = 2
    """).spectrum
    said = [getattr(rules, one.name) for one in dataclasses.fields(rules)]
    assert said[:10] == ["F1", False, 5.0, 340.0, 60.0, 0.5, 3.0, 70.0, 90.0, 3704.0]


@pytest.mark.parametrize(("ground", "share"), [("sea", 0.0), ("mixed", 0.5), ("land", 1.0)])
def test_the_ground_is_said_in_a_word_or_as_the_share_of_land(ground, share):
    one = agreement_of(f'[spectrum]\nground = "{ground}"')
    assert one == agreement_of(f"[spectrum]\nland_share = {share}")


def test_an_omitted_key_of_a_row_keeps_the_shipped_value():
    row = row_of('[[protection]]\nid = "gnss_l1"\ngain_dbi = 5', "gnss_l1")
    shipped = next(one for one in SHIPPED.protections if one.id == "gnss_l1")
    assert row == dataclasses.replace(
        shipped, gain_dbi=5.0, source=f"{shipped.source}; gain_dbi by the agreement"
    )


FIGURES = {
    "title": '"Another"', "criterion": '"-100 dBm"', "channel_khz": "5", "safety": "false",
    "noise_figure_db": "7", "gain_dbi": "1", "overload_dbm": "-9", "listens_mhz": "[]",
}  # fmt: skip


@given(
    st.sampled_from([row.id for row in SHIPPED.protections]),
    st.sets(st.sampled_from(sorted(FIGURES))),
)
@settings(max_examples=60, deadline=None)
def test_a_row_laid_over_keeps_all_that_is_not_said_and_is_verified_by_nobody(name, keys):
    lines = "\n".join(f"{key} = {FIGURES[key]}" for key in sorted(keys))
    rules = agreement_of(f'[[protection]]\nid = "{name}"\n{lines}').spectrum
    assert [row.id for row in rules.protections] == [row.id for row in SHIPPED.protections]
    for row, shipped in zip(rules.protections, SHIPPED.protections, strict=True):
        if row.id != name:
            assert row == shipped
            continue
        assert row.band == shipped.band
        assert row.title == ("Another" if "title" in keys else shipped.title)
        assert row.gain_dbi == (1.0 if "gain_dbi" in keys else shipped.gain_dbi)
        assert row.listens == (() if "listens_mhz" in keys else shipped.listens)
        wanted = criterion("-100 dBm") if "criterion" in keys else shipped.criterion
        assert row.criterion == wanted
        assert row.verified == (shipped.verified and keys <= {"title"})
        assert row.source.startswith(shipped.source)
        assert all(key in row.source.removeprefix(shipped.source) for key in keys - {"title"})


def test_what_the_parties_vouch_for_is_verified_as_they_say():
    row = row_of('[[protection]]\nid = "vor"\nsource = "Annex 10, 3.3"\nverified = true', "vor")
    assert (row.source, row.verified) == ("Annex 10, 3.3", True)
    row = row_of('[[protection]]\nid = "cbrs_esc"\nsource = "Annex 10, 3.3"', "cbrs_esc")
    assert not row.verified


def test_a_band_given_about_its_centre_takes_the_place_of_shipped_edges():
    row = row_of('[[protection]]\nid = "vor"\ncenter_mhz = 112\nbandwidth_khz = 2000', "vor")
    assert row.band == FrequencyBand(111e6, 113e6)


NEW_ROW = """
[[protection]]
id = "survey_link"
freq_low_mhz = 5030
freq_high_mhz = 5091
channel_khz = 5000
criterion = "I/N -10 dB, margin 3 dB"
source = "South"
listens_mhz = [[5040, 5050]]
"""


def test_a_new_row_and_a_craft_that_listens_with_it_come_behind_the_shipped_ones():
    craft = '[[equipage]]\nid = "drone"\narena = "air"\nreceivers = ["survey_link", "adsb"]\n'
    rules = agreement_of(NEW_ROW + craft).spectrum
    row = rules.protections[-1]
    assert (row.id, row.title, row.verified, row.safety) == ("survey_link", "", False, False)
    assert (row.noise_figure_db, row.gain_dbi, row.overload_dbm) == (5.0, 0.0, None)
    assert row.criterion == criterion("I/N -10 dB, margin 3 dB")
    assert row.listens == (FrequencyBand(5040e6, 5050e6),)
    assert rules.equipages[-1].receivers == ("survey_link", "adsb")
    assert rules.equipages[:-1] == SHIPPED.equipages


def test_a_craft_laid_over_keeps_its_place_and_takes_the_receivers_whole():
    rules = agreement_of('[[equipage]]\nid = "ferry"\nreceivers = ["ais"]').spectrum
    assert [craft.id for craft in rules.equipages] == [craft.id for craft in SHIPPED.equipages]
    assert (rules.equipage("ferry").receivers, rules.equipage("ferry").arena) == (("ais",), "sea")


def test_both_sides_notice_when_their_data_differ_by_one_figure():
    one, other = agreement_of(), agreement_of('[[protection]]\nid = "ais"\ngain_dbi = 6.5')
    digests = {Settings.of("north", each).agreement_digest for each in (one, other)}
    assert len(digests) == 2


@pytest.mark.parametrize(
    ("extra", "word"),
    [
        ('[spectrum]\nclause = "F9"', "'F9' is cited"),
        ("[spectrum]\ntime_percents = 5", "time_percent"),
        ("[spectrum]\ntime_percent = 0.5", "time_percent 0.5"),
        ("[spectrum]\nland_share = 1.5", "land_share 1.5"),
        ('[spectrum]\nground = "sand"', "sand"),
        ('[spectrum]\nground = "sea"\nland_share = 0', "both given"),
        ("[spectrum]\nsite_km = 1\nsite_m = 9", "both given"),
        ("[spectrum]\nsite_km = -1", "site_m -1000"),
        ("[spectrum]\nrefine = 1", "'refine'"),
        ('[spectrum]\nmargin_db = "3"', "'margin_db'"),
        ("[[spectrum]]\nmargin_db = 3", "[spectrum]"),
        ("[spectrum]\nprotections = 3", "unknown key 'protections'"),
        ('[[protection]]\nid = "vor"\ncriterion = "-6"', "what the number is"),
        ('[[protection]]\nid = "vor"\ncriterion = -6', "not text"),
        ('[[protection]]\nid = "vor"\nchannel_khz = 0', "above zero"),
        ('[[protection]]\nid = "vor"\ngain_db = 3', "gain_dbi"),
        ('[[protection]]\nid = "vor"\ngain_dbi = 300', "within -60 to 90"),
        ('[[protection]]\nid = "vor"\nlistens_mhz = [[100, 109]]', "not within the band"),
        ('[[protection]]\nid = "vor"\nlistens_mhz = [109]', "not a pair"),
        ('[[protection]]\nid = "vor"\nlistens_mhz = [[110, 109]]', "backwards"),
        ('[[protection]]\nid = "vor"\nlistens_mhz = [["a", 109]]', "not a number"),
        ('[[protection]]\nid = "vor"\nsource = " "', "'source' is missing"),
        ('[[protection]]\nid = "gnss_l1"\nfreq_high_mhz = 1580', "'freq_low_mhz' is missing"),
        ('[[protection]]\nid = "x"', "'source' is missing"),
        ('[[protection]]\nid = "x"', "'channel_khz' is missing"),
        ('[[protection]]\nid = "x"', "'criterion' is missing"),
        ("[[protection]]\ngain_dbi = 3", "'id' is missing"),
        ('[[protection]]\nid = "vor"\n[[protection]]\nid = "vor"', "called 'vor'"),
        ('[[equipage]]\nid = "ferry"\nreceivers = ["aiz"]', "Did you mean 'ais'"),
        ('[[equipage]]\nid = "ferry"\nreceivers = []', "not a list of rows"),
        ('[[equipage]]\nid = "ferry"\nreceivers = [3]', "not text"),
        ('[[equipage]]\nid = "ferry"\nreceivers = ["ais", "ais"]', "twice"),
        ('[[equipage]]\nid = "ferry"\narena = "spectrum"', "in the air or at sea"),
        ('[[equipage]]\nid = "kite"\nreceivers = ["ais"]', "'arena' is missing"),
        ('[[equipage]]\nid = "kite"\n[[equipage]]\nid = "kite"', "called 'kite'"),
        ('[[restricted]]\nid = "marine-16"', "'clause' is missing"),
        ('[[restricted]]\nid = "marine-16"\nclause = "F1"\nreview = "soon"', "RFC 3339"),
        ('[[restricted]]\nid = "marine-16"\nclause = "F1"\nreview = 3', "not a date"),
        ('[[restricted]]\nid = "marine-16"\nclause = "F1"\nreview = "2027-02-30"', "exist"),
        ('[[restricted]]\nid = "marine-16"\nclause = "F1"\nsource = "x"', "unknown key 'source'"),
    ],
)  # fmt: skip
def test_one_slip_is_refused_by_name(extra, word):
    found = errors_of(extra)
    assert any(word in problem.what + problem.remedy for problem in found)
    assert reading_of(extra).agreement is None


def test_all_slips_of_the_radio_tables_are_listed_at_once():
    found = errors_of("""
        [spectrum]
        margin = 3
        time_percent = 90
        lapse_n_per_km = 900
        [[protection]]
        id = "vor"
        criterion = "6"
        gain_dbi = 99
        [[equipage]]
        id = "ferry"
        receivers = ["aiz", "gnss"]
        [[restricted]]
        id = "ssr"
        clause = "F2"
        kind = "GUARDED"
    """)
    assert len(found) == 8


def test_a_row_that_is_refused_is_not_also_missed_by_the_craft_that_names_it():
    slip = NEW_ROW.replace("channel_khz = 5000", "channel_khz = -1")
    craft = '[[equipage]]\nid = "drone"\narena = "air"\nreceivers = ["survey_link"]\n'
    assert ["channel_khz" in p.what for p in errors_of(slip + craft)] == [True]


FULL = f"""
[spectrum]
clause = "F1"
refine = true
time_percent = 2
ground = "sea"
site_km = 4
{NEW_ROW}
[[protection]]
id = "gnss_l1"
criterion = "-120 dBm/MHz"
[[equipage]]
id = "drone"
arena = "air"
receivers = ["survey_link"]
[[restricted]]
id = "ais-1"
kind = "TABOO"
clause = "F1"
freq_low_mhz = 161.9
freq_high_mhz = 162
review = 2027-06-01
"""
LINES = FULL.splitlines()
PLACES = [place for place, line in enumerate(LINES) if " = " in line]


@given(
    st.sampled_from(PLACES),
    st.sampled_from(['"x"', "1", "-1", "nan", "[1]", "[[1]]", "true", "{a = 1}", '""', "1e400"]),
)
@settings(max_examples=200, deadline=None)
def test_any_value_replaced_gives_an_agreement_or_the_reasons(place, value):
    changed = re.sub(r"= .*", f"= {value}", LINES[place])
    reading = reading_of("\n".join([*LINES[:place], changed, *LINES[place + 1 :]]))
    assert (reading.agreement is None) == reading.is_refused
