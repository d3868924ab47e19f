"""What a unit reads on its page: places, heights and times as they are, what waits first."""

import base64
import hashlib
import html
import re
from dataclasses import replace

import pytest
from builders import a_volume, an_activity, an_agreement
from web_scenes import NOTICE, Node, held, notice_of

from wideberth.formats.notation import opens
from wideberth.model.activity import State
from wideberth.model.footprint import Circle, Corridor
from wideberth.model.span import HeightBand, TimeWindow
from wideberth.node.refusals import NotAllowedError
from wideberth.peering.wire import to_wire
from wideberth.web.api_unit_page import page
from wideberth.web.api_views import UnitNotice

NOW_S = 1_800_000_000.0


def words_of(text):
    """Return what a page says, without its marks and its style."""
    bare = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", bare)).split())


def a_notice(name="S1", volume=None, **different):
    wire = to_wire(an_activity(volume or a_volume(), name=name, party="south"))
    fields = {
        "notice": "ab" * 32,
        "owner": "south",
        "activity": name,
        "revision": 1,
        "state": State.ACCEPTED,
        "passed_s": NOW_S,
        "volumes": wire.volumes,
    }
    return UnitNotice(**(fields | different))


def shown(*notices):
    return page("wing", notices, an_agreement(), action="/unit/x/acknowledge", now_s=NOW_S)


def test_a_place_is_shown_in_degrees_and_mgrs_and_both_mean_the_place():
    place = (33.25, -34.5)
    text = words_of(shown(a_notice(volume=replace(a_volume(), footprint=Circle(place, 1852.0)))))
    dms = re.search(r"\d\d-\d\d-[\d.]+S \d{3}-\d\d-[\d.]+E", text)[0]
    mgrs = re.search(r"\d\d[A-Z] [A-Z]{2} \d{5} \d{5}", text)[0]
    for said in (dms, mgrs):
        assert opens(said).point == pytest.approx(place, abs=2e-5)
    assert "1,852 m (1 NM)" in text


def test_heights_are_in_metres_and_feet_and_times_in_utc():
    volume = replace(
        a_volume(), height=HeightBand.of(304.8, 609.6), time=TimeWindow(NOW_S, NOW_S + 3600.0)
    )
    text = words_of(shown(a_notice(volume=volume)))
    assert "304.8 m (1,000 ft)" in text
    assert "609.6 m (2,000 ft)" in text
    assert "2027-01-15T08:00:00Z to 2027-01-15T09:00:00Z" in text


def test_what_waits_comes_first_and_only_that_has_a_button():
    text = shown(
        a_notice("DONE", acknowledged_s=NOW_S),
        a_notice("REPLACED", superseded=True),
        a_notice("WAITS"),
    )
    words = words_of(text)
    order = [words.index(f"south {name}") for name in ("WAITS", "DONE", "REPLACED")]
    assert order == sorted(order)
    assert "1 to acknowledge" in words
    assert "A newer notice replaces this one." in words
    assert re.findall(r"Acknowledge (\w+)", words) == ["WAITS"]
    assert text.count("<form") == text.count('class="open"') == 1


def test_a_button_pressed_too_late_leads_back_to_the_page():
    node = Node()
    node.keep(*notice_of(), held())
    node.desk.refusal = NotAllowedError("revision 1 was superseded.")
    url = f"/unit/{node.unit_token()}/acknowledge"
    client = node.client()
    pressed = client.post(url, data={"notice": NOTICE}, follow_redirects=False)
    assert pressed.status_code == 303
    assert client.post(url, json={"notice": NOTICE}).status_code == 403


def test_where_nothing_waits_it_says_so():
    assert "Nothing waits for you" in words_of(shown(a_notice(acknowledged_s=NOW_S)))
    assert "Nothing was passed to you yet" in words_of(shown())


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.ENDED])
def test_what_is_over_is_said_to_be_over(state):
    assert f"{state.value}: no longer in force." in words_of(shown(a_notice(state=state)))
    assert "no longer in force" not in words_of(shown(a_notice()))


def test_the_browser_is_allowed_this_style_and_no_script():
    node = Node()
    node.keep(*notice_of(), held())
    answer = node.client().get(f"/unit/{node.unit_token()}")
    policy = answer.headers["content-security-policy"]
    (style,) = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert " style=" not in answer.text


@pytest.mark.parametrize(("count", "left_out"), [(40, ""), (41, "1 more places"), (50, "10 more")])
def test_a_unit_reads_every_place_or_how_many_are_left_out(count, left_out):
    line = Corridor(tuple((33.0 + n / 100, 34.0) for n in range(count)), 1852.0)
    text = words_of(shown(a_notice(volume=replace(a_volume(), footprint=line))))
    assert text.count("34-00-00.00N") == min(count, 40)
    assert left_out in text
    assert ("not shown" in text) is bool(left_out)
