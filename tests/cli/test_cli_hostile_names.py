"""What a peer has named and written reaches no terminal raw, whatever command prints it."""

import copy
import json
import logging

import pytest
import structlog
from hostile_text import EVERYTHING, hostile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from node_commands import TwoFolders
from terminal_oracle import seen

from wideberth.cli import council_said, interference_shown, notice_shown, screen, status
from wideberth.cli.node_folder import log_to_stderr
from wideberth.cli.outputs import RefusedError
from wideberth.council.matter import Delivery, Matter, Step
from wideberth.council.shown import shown
from wideberth.formats.builtin import builtin_agreement
from wideberth.model.activity import State
from wideberth.model.interference import Effect, Service
from wideberth.model.notice import Rung
from wideberth.node.case_records import CaseStep, InterferenceCase, StepKind
from wideberth.node.records import Notice, UnitStep, Way
from wideberth.peering.council.decision import DecisionProposed
from wideberth.peering.wire_interference import WireReport, WireSource

NAMES = ("אבג דהו", "n\u043erth", "A\u202e1", "[red]x :smile:", "=1+1", "ab\u2068\u2069\u2028c")
LAW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def nodes(tmp_path_factory):
    """Two nodes; north has said all it can in hostile words, and south has heard it."""
    made = TwoFolders.made(tmp_path_factory.mktemp("hostile"))
    plan = json.loads((made.at / "north.geojson").read_text())
    feature = plan["features"][0]
    plan["features"] = []
    for name in NAMES:
        one = copy.deepcopy(feature)
        one["properties"] |= {"activity": name, "title": EVERYTHING, "kind": f"k{EVERYTHING}"[:150]}
        plan["features"].append(one)
    (made.at / "hostile.geojson").write_text(json.dumps(plan))
    words = ("--doubt", EVERYTHING.replace("\x00", ""), "--contact", "אבג\u202e")
    made.north("activity", "declare", "hostile.geojson", *words)
    made.declare("south")
    made.settle()
    report = ("--system", "א\u202ex", "--service", "gnss", "--band", "1563-1587")
    seen_at = ("--effect", "lost", "--source", "\x1b[2Jא")
    made.north("interference", "open", "south", *report, *seen_at, "--cease", "--by", "ד\u200b")
    made.north("decision", "propose", "א\x1b[2J", "--text", "ב\u202e [red]", "--by", "ד\u202e")
    due = ("--owner", "south", "--role", "ד\u202e", "--due", "2031-01-01T00:00:00Z")
    made.north("action", "open", "א\u202e", *due, "--text", "ב\x1b[2J")
    made.north("meeting", "call", "א\u2068", "--place", "ב\u202e", "--words", "ד\x07")
    said = ("press", "א\u202e", "ב\x1b[2J", "2026-01-01T00:00:00Z", "ד\u200b")
    clause = ("--clause", "none", "--report", *said)
    made.north("concern", "raise", "א\u202e", "--words", "ב\x1b[2J", *clause)
    made.north("hotline", "call", "south", "--words", "א\u202e\x1b[2J", "--by", "ד\u202e")
    phrase = ("--phrase", "D3T; count=7; place=34-00-15.00N 033-00-00.00E")
    made.north("hotline", "call", "south", *phrase)
    about = ("--about", f"activity/north/{NAMES[0]}", "--third-parties", "ב\u202e", "--at", "now")
    made.north("incident", "report", "א\u202e", "--text", "ב\x1b[2J אב", *about)
    made.north("caveat", "raise", "א\u202e", "--about", "area/ב\x1b[2J")
    made.north("peer", "suspend", "south", "--reason", "א\x1b]0;x\x07")
    made.settle()
    return made


READ = (
    ("activity", "list", "--conflicts"),
    ("notice", "list"),
    ("notice", "show", NAMES[0]),
    ("notice", "read", NAMES[1]),
    ("notice", "pass", NAMES[0], "--unit", "frigate-2"),
    ("notice", "show", "no such \u202eא"),
    ("interference", "list"),
    ("interference", "show", "I-1"),
    ("interference", "answer", "I-1", "--ceasing", "--reason", "ב\u202e"),
    ("council", "list"),
    ("council", "show", "D-1"),
    ("decision", "list"),
    ("decision", "show", "D-1"),
    *(
        (family, "list")
        for family in ("action", "meeting", "concern", "assurance", "hotline", "incident", "caveat")
    ),
    *(
        (family, "show", name)
        for family, name in (
            ("action", "A-1"),
            ("meeting", "M-1"),
            ("concern", "CN-1"),
            ("hotline", "C-1"),
            ("hotline", "C-2"),
            ("incident", "IN-1"),
            ("caveat", "CV-1"),
            ("agreement", ""),
        )
    ),
    ("incident", "evidence", "IN-1"),
    ("alarm", "list"),
    ("peer", "list"),
    ("peer", "keys"),
    ("node", "status"),
    ("log", "verify"),
    ("log", "keys"),
    ("slip", "write", NAMES[0], "--party", "north"),
    ("unit", "token", "א\u202e"),
    ("user", "list"),
)


@pytest.mark.parametrize("command", READ, ids=lambda one: " ".join(one[:2]))
def test_no_command_prints_what_could_mislead(nodes, command):
    said = called(nodes, command)
    seen(said, color=False)
    assert said.strip()


@pytest.mark.parametrize(
    "command", [("activity", "list"), ("notice", "list"), ("council", "list"), ("alarm", "list")]
)
def test_json_is_ascii_and_exact(nodes, command):
    said = called(nodes, (*command, "--json"))
    assert said.isascii()
    json.loads(said)


def test_a_look_alike_name_is_taken_marked_and_alarmed(nodes):
    said = called(nodes, ("notice", "show", "n\u043erth"))
    assert "north n\u043erth {mixed scripts: n[U+043E]rth}, revision 1" in said
    alarms = nodes.json("south", "alarm", "list", code=1)
    texts = [alarm["text"] for alarm in alarms if alarm["kind"] == "look-alike name"]
    assert any("n[U+043E]rth and north: look-alike letters" in text for text in texts)
    assert any(one["activity"]["id"] == "n\u043erth" for one in held(nodes))


def test_what_a_check_and_a_conversion_print_cannot_mislead(nodes):
    for command in (
        ("check", "hostile.geojson", "south.geojson"),
        ("convert", "hostile.geojson", "--to", "-"),
        ("convert", "hostile.geojson", "--to", "out.csv"),
        ("spectrum", "occupancy", "hostile.geojson", "--band", "100-200", "--from",
         "2031-05-14T00:00Z", "--to", "2031-05-15T00:00Z"),
    ):  # fmt: skip
        for said in streams(nodes, command):
            seen(said, color=False)


def called(nodes, command):
    return "".join(streams(nodes, (*command, "--folder", "south")))


def streams(nodes, command):
    from node_commands import called as run  # noqa: PLC0415 - its other name is taken here

    result = run(list(command), nodes.at)
    return result.stdout, result.stderr


def held(nodes):
    return json.loads(called(nodes, ("activity", "list", "--json")))["activities"]


# Every view, over any text --------------------------------------------------------------------


@LAW
@given(hostile, hostile)
def test_a_notice_is_shown_safely(capsys, name, words):
    notice = Notice(
        way=Way.IN, peer=name, owner=name, activity=name, revision=1, state=State.ACCEPTED,
        message="ab" * 32, sequence=1, index=1, sent_s=1.0, rung=Rung.READ, read_s=2.0,
        read_by=name, delivered_s=1.0, problems=(words,), moved=words, differences=(words,),
        units=(UnitStep(unit=name, passed_s=1.0),),
    )  # fmt: skip
    notice_shown.show_notice(notice)
    screen.rows([notice_shown.row(notice), notice_shown.row(notice)])
    seen(capsys.readouterr().out, color=False)


@LAW
@given(hostile, hostile)
def test_a_case_of_interference_is_shown_safely(capsys, name, words):
    report = WireReport(
        system=f"s{words}", service=Service.GNSS, low_hz=1.5e9, high_hz=1.6e9, start_s=0.0,
        end_s=9.0, role="r", effect=Effect.LOST, action=words,
        source=WireSource(party=name, activity=name, words=f"w{words}"),
    )  # fmt: skip
    step = CaseStep(
        number=1, party=name, kind=StepKind.OPENED, said_s=1.0, known_s=1.0, role=name,
        message="ab" * 32, index=1, words=words, problems=(words,),
    )  # fmt: skip
    one = InterferenceCase(
        opener=name, id=name, other=name, report=report, opened_s=0.0, steps=(step,)
    )
    interference_shown.show_case(one, "south")
    screen.rows([interference_shown.row(one, "south")])
    interference_shown.said(one, "south")
    seen(capsys.readouterr().out, color=False)


@LAW
@given(hostile, hostile)
def test_a_matter_is_shown_safely(capsys, name, words):
    said = DecisionProposed(
        opener=name, matter=name, turn=1, role=name, words=words, title=words, text=words
    )
    step = Step(
        party=name, said=said, known_s=1.0,
        deliveries=(Delivery(peer=name, message="m", index=1, problems=(words,)),),
    )  # fmt: skip
    matter = Matter(
        kind="decision", opener=name, id=name, parties=(name, "south"), opened_s=0.0, steps=(step,)
    )
    council_said.show_whole(shown(matter, builtin_agreement()))
    council_said.show_brief(shown(matter, builtin_agreement()))
    seen(capsys.readouterr().out, color=False)


@LAW
@given(hostile, hostile)
def test_a_line_is_shown_safely(capsys, name, words):
    line = status.Line(
        party=name, url=words, waiting=1, last_heard_s=None, down_since_s=1.0, down_reason=words,
        suspended=words if len(words) % 2 else "", in_force_same=None, countersigned=0,
    )  # fmt: skip
    status._show_line(line, 10.0)
    seen(capsys.readouterr().out, color=False)


@LAW
@given(hostile, st.text(max_size=5))
def test_a_refusal_is_shown_safely(words, more):
    seen(RefusedError(f"there is no {words}{more}").format_message(), color=False)


@LAW
@given(hostile, hostile)
def test_a_log_line_is_one_row_that_cannot_mislead(capsys, words, name):
    log_to_stderr(logging.INFO)
    structlog.get_logger().info("alert", role=name, text=words, many=(words,))
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    seen(said, color=False)
