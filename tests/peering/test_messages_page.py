"""The pages on activities and messages name every field there is, and none that there is not."""

import re
from pathlib import Path
from typing import get_args

import pytest
from builders import an_activity

from wideberth.peering.council.said import Said
from wideberth.peering.messages import Body
from wideberth.peering.payloads import Head, Receipt
from wideberth.peering.wire import WireActivity, WireFootprint, WireVolume, read_activity

PAGES = Path(__file__).parents[2] / "docs" / "protocol"
ACTIVITY = (PAGES / "activity.md").read_text(encoding="utf-8")
MESSAGES = (PAGES / "messages.md").read_text(encoding="utf-8")


def named(row: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", row))


def rows(page: str) -> list[list[str]]:
    return [line.split("|")[1:-1] for line in page.splitlines() if line.startswith("| `")]


def test_the_activity_on_the_page_is_read():
    (shown,) = re.findall(r"```json\n(.*?)\n```", ACTIVITY, re.DOTALL)
    assert read_activity(shown.encode()) == an_activity()


@pytest.mark.parametrize("kind", [WireActivity, WireVolume], ids=lambda kind: kind.__name__)
def test_every_field_of_an_activity_has_a_row(kind):
    told = set().union(*(named(row[0]) for row in rows(ACTIVITY)))
    assert set(kind.__struct_fields__) <= told


@pytest.mark.parametrize("kind", get_args(WireFootprint), ids=lambda kind: kind.__name__)
def test_every_footprint_has_its_row(kind):
    (row,) = [row for row in rows(ACTIVITY) if named(row[0]) == {kind.__struct_config__.tag}]
    assert set(kind.__struct_fields__) <= named(row[1])


PLAIN = [kind for kind in get_args(Body) if not issubclass(kind, Said)]  # matters: openapi.json


@pytest.mark.parametrize("kind", PLAIN, ids=lambda kind: kind.__name__)
def test_every_body_has_its_row_with_all_its_fields(kind):
    (row,) = [row for row in rows(MESSAGES) if kind.__struct_config__.tag in named(row[0])]
    assert set(kind.__struct_fields__) <= named(row[1])


@pytest.mark.parametrize("kind", [Head, Receipt], ids=lambda kind: kind.__name__)
def test_every_field_of_head_and_receipt_has_a_row(kind):
    told = set().union(*(named(row[0]) for row in rows(MESSAGES)))
    assert set(kind.__struct_fields__) <= told
