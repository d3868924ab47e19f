"""Every example runs, and a check of it says what its expected.json, reasoned by hand, says."""

import dataclasses
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from example_oracle import conflicting_pairs

from wideberth.checking import check
from wideberth.formats.gathering import gather
from wideberth.formats.reading import ReadOptions
from wideberth.formats.sniff import read_any

EXAMPLES = Path(__file__).parents[1] / "examples"
SCENARIOS = sorted(
    path.parent.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.rglob("expected.json")
)
ALONE = {"planning-sheet.csv", "assignments.csv", "assignments.sfaf", "demo.py", "README.md"}
TENTH_DB = 0.1
BY_HAND = ("two-nodes", "working-group", "caution-area")  # played by tests/journeys, with two nodes
WITH_ERRORS = {  # file: the exit code of a check with north's plan, and what must be said
    "slips.geojson": (
        2,
        (
            "feature 1 (activity 'S-302'): unknown key 'lowr_ft'. Did you mean 'lower_ft'?",
            "feature 1 (activity 'S-302'): lower limit of height missing.",
            "feature 2 (activity 'S-303'): end: time '2027-04-14T09:00:00' has no zone.",
            "feature 2 (activity 'S-303'): height runs backwards:",
        ),
    ),
    "crossed.geojson": (2, ("ring crosses itself: the edges after position 0 and position 2",)),
    "doubtful-notices.txt": (
        1,  # no agreement is given, and a radio trial of the north emits in the guarded L1 band
        (
            "item D names sunrise or sunset, which is not computed; the whole day counts.",
            "beyond the Q line's circle; both count.",
        ),
    ),
}


@dataclass(frozen=True)
class Scenario:
    folder: Path
    expected: dict
    parties: dict

    @classmethod
    def of(cls, name):
        folder = EXAMPLES / name
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        given = dict(zip(expected["options"], expected["options"][1:], strict=False))
        assert given["--agreement"] == "agreement.toml"
        parties = dict(o.split("=") for o in expected["options"] if "=" in o)
        return cls(folder, expected, parties)

    def reading(self, name, data=None):
        data = (self.folder / name).read_bytes() if data is None else data
        return read_any(data, name, ReadOptions(self.parties.get(name)))

    def result(self, changed=None, *, agreement=None):
        """Return a check of the scenario; changed: {file: bytes} in place of what is there."""
        readings = [self.reading(n, (changed or {}).get(n)) for n in self.expected["files"]]
        assert not [p for r in readings for p in r.problems if p.severity == "error"]
        activities, links, _ = gather(readings)
        return check(activities, agreement or self.agreement, links=links)

    @property
    def agreement(self):
        return self.reading("agreement.toml").agreement


def wideberth(*arguments, cwd=EXAMPLES):
    return subprocess.run(
        [sys.executable, "-m", "wideberth", *arguments],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def named(volume):
    return (volume["party"], volume["activity"], volume["volume"])


def pair_of(entry):
    return (tuple(entry["a"]), tuple(entry["b"]))


def found_as(entry, conflicts):
    """Return the conflict of a result that an entry speaks of."""
    wanted = (*pair_of(entry), entry["rule"])
    [found] = [c for c in conflicts if (reference(c.a), reference(c.b), c.finding.rule) == wanted]
    return found


def reference(ref):
    return (ref.party, ref.activity, ref.volume)


@pytest.fixture(scope="module", params=SCENARIOS)
def scenario(request):
    return Scenario.of(request.param)


def checked(scenario, files):
    options = (*scenario.expected["options"], "--format", "json")
    run = wideberth("check", *files, *options, cwd=scenario.folder)
    assert run.returncode == scenario.expected["exit"], run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def printed(scenario):
    return checked(scenario, scenario.expected["files"])


@pytest.fixture(scope="module")
def answer(printed):
    return json.loads(printed)


def test_a_check_finds_the_expected_conflicts_and_no_other(scenario, answer):
    found = {(named(c["a"]), named(c["b"]), c["rule"], c["clause"]) for c in answer["conflicts"]}
    expected = {(*pair_of(e), e["rule"], e["clause"]) for e in scenario.expected["conflicts"]}
    assert found == expected
    assert len(answer["conflicts"]) == len(expected)


def test_the_gaps_found_are_those_worked_out_by_hand(scenario, answer):
    by_pair = {(named(c["a"]), named(c["b"]), c["rule"]): c for c in answer["conflicts"]}
    for entry in scenario.expected["conflicts"]:
        found = by_pair[(*pair_of(entry), entry["rule"])]
        assert found["lateral_m"] == pytest.approx(entry["lateral_m"], abs=5.0), entry["because"]
        assert found["time_s"] == entry["time_s"], entry["because"]
        by_links = "budget" in entry  # there heights and bands may be left to the budget
        if not (by_links and "vertical_m" not in entry):
            near = pytest.approx(entry["vertical_m"], abs=0.5)
            assert found["vertical_m"] == near, entry["because"]
        if not (by_links and "freq_hz" not in entry):
            assert found.get("freq_hz") == entry.get("freq_hz"), entry["because"]


def test_the_figures_of_a_link_are_those_worked_out_by_hand(scenario):
    conflicts = scenario.result().conflicts
    for entry in scenario.expected["conflicts"]:
        if "budget" not in entry:
            continue
        found, by_hand = found_as(entry, conflicts).finding.budget, entry["budget"]
        assert found.case == by_hand["case"]
        assert found.verdict == entry.get("verdict", "exceeded")
        for name in ("eirp_dbm", "rejection_db", "gain_dbi", "limit_dbm"):
            near = pytest.approx(by_hand[name], abs=TENTH_DB)
            assert getattr(found, name) == near, (name, entry["because"])
        if "loss_at_least_db" in by_hand:
            assert found.loss_db >= by_hand["loss_at_least_db"] - TENTH_DB
            assert found.interference_dbm > found.limit_dbm
        else:
            assert found.loss_db == pytest.approx(by_hand["loss_db"], abs=TENTH_DB)
        if "arrives_dbm" in by_hand:
            near = pytest.approx(by_hand["arrives_dbm"], abs=TENTH_DB)
            assert found.interference_dbm == near, entry["because"]


def test_what_a_rule_on_interference_finds_is_worked_out_as_a_link(scenario):
    for entry in scenario.expected["conflicts"]:
        assert ("budget" in entry) == is_of_links(entry["rule"]), entry


def test_what_a_model_clears_free_space_alone_would_report(scenario):
    expected = scenario.expected.get("cleared", [])
    cleared = scenario.result().cleared
    found = {(reference(c.a), reference(c.b), c.finding.rule) for c in cleared}
    assert found == {(*pair_of(e), e["rule"]) for e in expected}
    spectrum = dataclasses.replace(scenario.agreement.spectrum, refine=False)
    agreement = dataclasses.replace(scenario.agreement, spectrum=spectrum)
    reported = scenario.result(agreement=agreement).conflicts
    for entry in expected:
        budget = found_as(entry, cleared).finding.budget
        assert budget.limit_dbm == pytest.approx(entry["limit_dbm"], abs=TENTH_DB)
        assert budget.interference_dbm < budget.limit_dbm < entry["free_space_dbm"]
        assert budget.inputs
        budget = found_as(entry, reported).finding.budget
        near = pytest.approx(entry["free_space_dbm"], abs=TENTH_DB)
        assert budget.interference_dbm == near, entry["because"]


NEEDED = [
    pytest.param(name, entry, gone, id=" ".join(gone))
    for name in SCENARIOS
    for entry in Scenario.of(name).expected["conflicts"]
    for gone in entry.get("needs", [])
]


@pytest.mark.parametrize(("name", "entry", "gone"), NEEDED)
def test_without_any_one_of_the_emissions_there_is_no_such_finding(name, entry, gone):
    scenario = Scenario.of(name)
    [changed] = [
        {file: json.dumps(plan | {"features": kept}).encode()}
        for file in scenario.expected["files"]
        for plan in [json.loads((scenario.folder / file).read_text(encoding="utf-8"))]
        for kept in [[f for f in plan["features"] if at(f["properties"]) != tuple(gone)]]
        if len(kept) == len(plan["features"]) - 1
    ]
    rules = [(c.finding.rule, reference(c.b)) for c in scenario.result(changed).conflicts]
    assert (entry["rule"], tuple(entry["b"])) not in rules


def test_the_example_of_the_spectrum_shows_what_it_is_there_for():
    """A jammer, two radars side by side, a sum, a mixture, and a power that nobody declared."""
    conflicts = Scenario.of("eastern-mediterranean/spectrum").expected["conflicts"]
    shown = {
        (e["rule"], e["budget"]["case"], e.get("verdict", "")) for e in conflicts if "budget" in e
    }
    assert shown == {
        ("air_spectrum", "in band", ""),
        ("interference", "out of band", ""),
        ("interference aggregate", "aggregate", ""),
        ("interference intermodulation", "intermodulation", ""),
        ("interference", "in band", "no model"),
    }


def test_no_frequency_is_typed_for_the_flight_that_is_jammed():
    file = EXAMPLES / "eastern-mediterranean" / "spectrum" / "north.geojson"
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    [flight] = [f["properties"] for f in features if f["properties"]["activity"] == "N-401"]
    assert flight["equipage"] == "ifr_transport"
    assert not [key for key in flight if "mhz" in key or "khz" in key]


def test_every_entry_gives_its_reason(scenario):
    for entry in (*scenario.expected["conflicts"], *scenario.expected["apart"]):
        assert len(entry["because"]) > 20


def test_what_is_linked_and_what_is_not_judged_is_as_expected(scenario, answer):
    links = [[[m["party"], m["activity"]] for m in link["members"]] for link in answer["links"]]
    assert links == scenario.expected["links"]
    assert all(link["disagreements"] for link in answer["links"])
    assert [n["arenas"] for n in answer["not_judged"]] == scenario.expected["not_judged"]


def test_a_slow_check_written_apart_finds_the_same_pairs(scenario):
    readings = [scenario.reading(name) for name in scenario.expected["files"]]
    activities, _, _ = gather(readings)
    found = conflicting_pairs(activities, scenario.agreement)
    expected = scenario.expected["conflicts"]  # what links do has oracles of its own
    assert found == {pair_of(e) for e in expected if not is_of_links(e["rule"])}


def is_of_links(rule):
    return rule.startswith(("interference", "air_spectrum", "sea_spectrum"))


def test_pairs_said_to_be_apart_exist_and_are_apart(scenario, answer):
    result = scenario.result()
    there = {(a.party, a.id, v.id) for a in result.activities for v in a.volumes}
    replaced = {("range", "B0050/27", "0")}  # a notice that another one replaced
    agreement = f"agreement {result.agreement.id}"
    there |= {(agreement, r.id, r.id) for r in result.agreement.restrictions}
    conflicts = {(named(c["a"]), named(c["b"])) for c in answer["conflicts"]}
    for entry in scenario.expected["apart"]:
        a, b = pair_of(entry)
        assert {a, b} - there <= replaced
        assert (a, b) not in conflicts
        assert (b, a) not in conflicts


CLOSER = [
    pytest.param(name, entry, id=f"{entry['a'][1]} and {entry['b'][1]} {entry['b'][2]}")
    for name in SCENARIOS
    for entry in Scenario.of(name).expected["apart"]
    if "closer" in entry
]


@pytest.mark.parametrize(("name", "entry"), CLOSER)
def test_the_least_step_closer_makes_a_conflict_of_a_pair_just_apart(name, entry):
    scenario = Scenario.of(name)
    result = scenario.result(changed=moved_closer(scenario, entry["closer"]))
    found = {frozenset(((c.a.activity, c.a.volume), (c.b.activity, c.b.volume))) for c in
             result.conflicts}  # fmt: skip
    assert frozenset(tuple(ref[1:]) for ref in pair_of(entry)) in found


def at(properties):
    return (properties["activity"], properties.get("volume"))


def moved_closer(scenario, closer):
    """Return the plan file that holds an activity, with the volume's properties changed."""
    for name in scenario.expected["files"]:
        if not name.endswith(".geojson"):
            continue
        plan = json.loads((scenario.folder / name).read_text(encoding="utf-8"))
        for feature in plan["features"]:
            properties = feature["properties"]
            if at(properties) == (closer["activity"], closer["volume"]):
                assert any(properties.get(key) != value for key, value in closer["set"].items())
                properties.update(closer["set"])
                return {name: json.dumps(plan).encode()}
    raise AssertionError(closer)


def test_the_order_of_the_files_does_not_change_a_byte(scenario, printed):
    assert checked(scenario, scenario.expected["files"][::-1]) == printed


def test_the_planning_sheet_is_read_without_a_remark_but_for_its_own_words():
    sheet = read_any((EXAMPLES / "planning-sheet.csv").read_bytes(), "sheet.csv", ReadOptions())
    assert {p.severity.value for p in sheet.problems} <= {"note"}
    assert [len(a.volumes) for a in sheet.activities] == [2]
    assert wideberth("check", "planning-sheet.csv").returncode == 0


def test_the_assignments_are_the_same_in_a_sheet_and_in_sfaf(tmp_path):
    """What the one cannot say the other holds; both are checked without an error."""
    for name in ("assignments.csv", "assignments.sfaf"):
        assert wideberth("check", name).returncode == 0
        run = wideberth("convert", name, "--to", str(tmp_path / f"{name}.csv"))
        assert run.returncode in (0, 1)
    stations = [
        {
            (activity.id, volume.role, volume.freq, volume.footprint.centre)
            for activity in read_any(path.read_bytes(), path.name, ReadOptions()).activities
            for volume in activity.volumes
        }
        for path in sorted(tmp_path.iterdir())
    ]
    assert len(stations) == 2
    assert len(stations[0]) == 3
    assert {one[:3] for one in stations[0]} == {one[:3] for one in stations[1]}


@pytest.mark.parametrize("file", WITH_ERRORS)
def test_what_is_wrong_in_an_example_is_said_with_its_place(file):
    code, wanted = WITH_ERRORS[file]
    run = wideberth("check", f"with-errors/{file}", "eastern-mediterranean/north.geojson")
    said = " ".join(run.stdout.split())
    assert run.returncode == code
    assert [words for words in wanted if words not in said] == []


def test_no_example_file_is_left_out():
    used = {
        f"{name}/{file}"
        for name in SCENARIOS
        for file in (*Scenario.of(name).expected["files"], "agreement.toml", "expected.json")
    }
    errors = {f"with-errors/{file}" for file in WITH_ERRORS}
    files = {
        p.relative_to(EXAMPLES).as_posix()
        for p in EXAMPLES.rglob("*")
        if p.is_file() and p.parent.name not in BY_HAND
    }
    assert {f for f in files if "__pycache__" not in f} == used | ALONE | errors


def test_the_demo_draws_a_page_for_every_scenario(tmp_path):
    run = subprocess.run(
        [sys.executable, str(EXAMPLES / "demo.py"), str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    pages = [f"{name.replace('/', '-')}.html" for name in SCENARIOS]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(pages)
    assert run.stdout.count("conflicts among") == len(SCENARIOS)
    for page in tmp_path.iterdir():
        assert str(page.resolve()) in run.stdout
