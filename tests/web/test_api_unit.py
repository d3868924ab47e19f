import html
import re

import pytest
from web_scenes import NOTICE, Node, held, notice_of

from wideberth.model.command import UnitAcknowledge
from wideberth.node import tables
from wideberth.node.people import Role
from wideberth.node.records import Way

OTHER = "cd" * 32


def words_of(page):
    """Return what a page says, without its marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split())


@pytest.fixture
def node():
    node = Node()
    node.keep(*notice_of(), *notice_of(OTHER, units=("Bravo",), index=8), held())
    return node


def names(client, token):
    got = client.get(f"/unit/{token}", headers={"accept": "application/json"}).json()
    return [one["notice"] for one in got["notices"]]


def test_a_unit_sees_what_was_passed_to_it_and_nothing_else(node):
    assert names(node.client(), node.unit_token("Alfa")) == [NOTICE]
    assert names(node.client(), node.unit_token("Bravo")) == [OTHER]
    assert names(node.client(), node.unit_token("Charlie")) == []


def test_a_notice_of_ours_to_the_peer_is_not_shown_to_a_unit(node):
    node.keep(*notice_of(way=Way.OUT))
    assert names(node.client(), node.unit_token("Alfa")) == []


def test_the_page_has_a_button_that_works_without_scripts(node):
    client, token = node.client(), node.unit_token()
    page = client.get(f"/unit/{token}").text
    assert f'action="/unit/{token}/acknowledge"' in page
    assert "<script" not in page
    form = {"notice": NOTICE}
    answer = client.post(f"/unit/{token}/acknowledge", data=form, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/unit/{token}")
    assert node.desk.asked == [UnitAcknowledge(notice=NOTICE, unit="Alfa", by="unit Alfa")]


def test_a_program_of_the_unit_acknowledges_by_json(node):
    url = f"/unit/{node.unit_token()}/acknowledge"
    assert node.client().post(url, json={"notice": NOTICE}).json() == {"count": 1}


@pytest.mark.parametrize(("notice", "status"), [(OTHER, 404), ("00" * 32, 404), ("x", 422)])
def test_a_unit_acknowledges_only_what_was_passed_to_it(node, notice, status):
    url = f"/unit/{node.unit_token()}/acknowledge"
    for body in ({"json": {"notice": notice}}, {"data": {"notice": notice}}):
        assert node.client().post(url, **body).status_code == status
    assert node.desk.asked == []


def test_an_acknowledged_notice_has_no_button(node):
    node.keep(*notice_of(acknowledged_s=1_800_000_200.0))
    page = node.client().get(f"/unit/{node.unit_token()}").text
    assert "<form" not in page
    assert "Acknowledged 2027-01-15T08:03:20Z" in words_of(page)


def test_what_waits_is_shown_however_old_it_is(node):
    node.keep((tables.WAITING, NOTICE, b""))
    rows = ((tables.NOTICE_IN_ORDER, tables.key(100 + n), OTHER.encode()) for n in range(600))
    node.keep(*rows)
    assert names(node.client(), node.unit_token("Alfa")) == [NOTICE]


def test_a_title_cannot_write_the_page(node):
    table, key, record = held()
    evil = record.activity.__class__(
        **{f: getattr(record.activity, f) for f in record.activity.__struct_fields__}
        | {"title": "<script>alert(1)</script>"}
    )
    bad = record.__class__(activity=evil, declared_s=0.0, changed_s=0.0, contact="x")
    node.keep((tables.REVISION, tables.key("south", "S1", 1), bad), (table, key, bad))
    page = node.client().get(f"/unit/{node.unit_token()}").text
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("token", ["x", "wbu_wrong", "%00", "wb_" + "a" * 43])
def test_a_wrong_link_shows_nothing_and_leaves_a_row(node, token):
    assert node.client().get(f"/unit/{token}").status_code == 404
    (row,) = node.audit()
    assert (row.what, row.why) == ("GET /unit/{token}", "unit link")


def test_the_watch_makes_and_revokes_a_units_link(node):
    watch = node.as_role(Role.WATCH)
    first = watch.post("/api/v1/unit-tokens", json={"unit": "Alfa"}).json()
    second = watch.post("/api/v1/unit-tokens", json={"unit": "Alfa"}).json()
    assert node.client().get(first["path"]).status_code == 404
    assert node.client().get(second["path"]).status_code == 200
    assert watch.delete(f"/api/v1/unit-tokens/{second['id']}").status_code == 204
    assert node.client().get(second["path"]).status_code == 404
    for stranger in ("Sierra", "Zulu"):
        assert watch.post("/api/v1/unit-tokens", json={"unit": stranger}).status_code == 404


def test_the_watch_cannot_revoke_a_programs_token(node):
    token_of = node.as_role(Role.ADMIN)
    watch = node.as_role(Role.WATCH)
    (program, *_more) = token_of.get("/api/v1/tokens").json()
    assert watch.delete(f"/api/v1/unit-tokens/{program['id']}").status_code == 404
