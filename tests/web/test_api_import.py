"""A file is read into items that a person accepts one by one; the request leaves no trace."""

import asyncio
import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from web_scenes import Node, a_form, held

from wideberth.node import queries
from wideberth.node.people import Role

URL = "/api/v1/import"
EXAMPLES = Path(__file__).parents[2] / "examples"
OCTETS = "application/octet-stream"


@pytest.fixture
def node():
    return Node(rate=Node.FREE)


def read(node, data, name="", media=OCTETS, query="", role=Role.PLANNER, status=200):
    answer = node.as_role(role).post(
        f"{URL}?name={name}{query}", content=data, headers={"content-type": media}
    )
    assert answer.status_code == status, answer.text
    return answer.json()


@pytest.mark.parametrize(
    ("path", "kind", "count"),
    [
        ("eastern-mediterranean/north.geojson", "plan", 11),
        ("planning-sheet.csv", "sheet", 1),
        ("assignments.sfaf", "sfaf", 2),
        ("eastern-mediterranean/notam.txt", "notam", 2),
        ("eastern-mediterranean/navwarn.txt", "navwarn", 2),
        ("multinational-exercise/maple.kml", "kml", 3),
        ("multinational-exercise/willow.txt", "openair", 2),
    ],
)
def test_whatever_convert_reads_is_read(node, path, kind, count):
    data = (EXAMPLES / path).read_bytes()
    answer = read(node, data, Path(path).name)
    assert (answer["format"], len(answer["items"])) == (kind, count)
    assert answer["sha256"] == hashlib.sha256(data).hexdigest()
    for item in answer["items"]:
        assert [one["volume"] for one in item["outlines"]] == [
            volume["id"] for volume in item["activity"]["volumes"]
        ]


def test_rows_that_were_pasted_from_a_spreadsheet_are_a_sheet(node):
    rows = (EXAMPLES / "planning-sheet.csv").read_text(encoding="utf-8").replace(",", "\t")
    answer = read(node, rows.encode(), media="text/tab-separated-values; charset=utf-8")
    assert (answer["format"], len(answer["items"])) == ("sheet", 1)


def test_a_drawing_that_is_zipped_is_read(node):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("doc.kml", (EXAMPLES / "multinational-exercise/maple.kml").read_bytes())
    answer = read(node, packed.getvalue(), "maple.kmz")
    assert len(answer["items"]) == 3


def test_what_was_assumed_and_what_nothing_was_made_of_is_said_word_by_word(node):
    answer = read(node, (EXAMPLES / "with-errors/doubtful-notices.txt").read_bytes())
    assert {"where": "NOTAM C0077/27", "text": "SR-SS"} in answer["unread"]
    (item,) = [one for one in answer["items"] if one["activity"]["id"] == "C0077/27"]
    assert {"partial", "assumed"} <= {one["severity"] for one in item["problems"]}
    assert all("C0077/27" in one["where"] for one in item["problems"])


def test_a_plan_with_faults_gives_what_is_sound_and_every_fault(node):
    answer = read(node, (EXAMPLES / "with-errors/slips.geojson").read_bytes(), "slips.geojson")
    assert [one["activity"]["id"] for one in answer["items"]] == ["S-301"]
    errors = [one for one in answer["problems"] if one["severity"] == "error"]
    assert len(errors) > 2
    assert answer["problems"][: len(errors)] == errors
    assert [one["is_ours"] for one in answer["items"]] == [False]


def test_a_file_that_names_no_party_is_ours_unless_it_is_said(node):
    data = (EXAMPLES / "eastern-mediterranean/notam.txt").read_bytes()
    assert {one["is_ours"] for one in read(node, data)["items"]} == {True}
    theirs = read(node, data, query="&party=south")["items"]
    assert {one["activity"]["party"] for one in theirs} == {"south"}


def test_an_item_says_which_revision_of_its_name_is_in_force(node):
    data = (EXAMPLES / "planning-sheet.csv").read_bytes()
    assert [one["held"] for one in read(node, data)["items"]] == [None]
    node.keep(held("N-101", party="north"))
    assert [one["held"] for one in read(node, data)["items"]] == [1]


def test_nothing_is_declared(node):
    read(node, (EXAMPLES / "eastern-mediterranean/north.geojson").read_bytes())
    assert asyncio.run(node.desk.read(queries.activities)) == []
    assert node.desk.asked == []


@pytest.mark.parametrize(
    "data",
    [
        b" ",
        b"%PDF-1.7",
        b"\x00\x01\x02",
        b"PK\x03\x04 broken",
        b'{"type":' * 5000,
        b"<kml>" * 5000,
        b"<!DOCTYPE kml [<!ENTITY a 'b'>]><kml>&a;</kml>",
        b"id,title\n" + b'"' * 9999,
        b"(A0001/27 NOTAMN\nQ)" + b"(" * 9999,
        "שלום <script>alert(1)</script>".encode(),
    ],
)
@pytest.mark.parametrize("name", ["", "x.kml", "x.csv", "x.geojson", "x.xlsx", "x.sfaf"])
def test_a_file_that_nobody_can_read_is_a_problem_with_a_remedy_and_no_fault_of_ours(
    node, data, name
):
    answer = read(node, data, name)
    assert answer["items"] == []
    assert any(one["severity"] in ("error", "partial") for one in answer["problems"])


def test_who_may_not_declare_does_not_read_files_in(node):
    assert read(node, b"x", role=Role.OBSERVER, status=403)["status"] == 403


def test_a_body_of_another_kind_or_too_large_is_refused(node):
    assert read(node, b"x", media="image/png", status=415)["status"] == 415
    assert read(node, b"x" * (16 * 1024 * 1024 + 1), status=413)["status"] == 413


def test_an_item_that_was_read_can_be_declared_as_it_is(node):
    (item,) = read(node, (EXAMPLES / "planning-sheet.csv").read_bytes())["items"]
    form = a_form() | {"activity": item["activity"]}
    answer = node.as_role(Role.PLANNER).post("/api/v1/activities", json=form)
    assert answer.status_code == 201, answer.text
