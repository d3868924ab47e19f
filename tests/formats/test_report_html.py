"""The page: self-contained, safe with any name, complete or cut in words, and well contrasted."""

import base64
import hashlib
import re
from collections import Counter
from html.parser import HTMLParser
from importlib.resources import files

import interference_samples as radio
import pytest
import report_samples as samples
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats import report_html
from wideberth.formats.reading import Problem, Reading, Severity

VOID = {"meta", "br", "input", "img", "link", "hr"}
SELF_CLOSED = {"path", "rect", "circle"}


class Page(HTMLParser):
    """Elements, attributes and visible words of a page; complains about unbalanced tags."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements, self.words, self.inline, self._open = [], [], {}, []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID | SELF_CLOSED or (tag in SELF_CLOSED and self._is_open()):
            self._open.append(tag)

    def _is_open(self):
        return not self.get_starttag_text().endswith("/>")

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if self._open and self._open[-1] in ("style", "script"):
            self.inline[self._open[-1]] = data
        else:
            self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]


def page(result, readings=()):
    return Page(report_html.render(result, readings))


SAMPLES = {
    "everything": (samples.everything(), samples.some_readings()),
    "nothing found": (samples.nothing_found(), ()),
    "no volume": (samples.a_result([]), ()),
    "antimeridian": (samples.over_the_antimeridian(), ()),
    "pole": (samples.about_the_pole(), ()),
    "spectrum": (samples.spectrum_only(), ()),
    "restricted": (samples.restricted_band(), ()),
    "worldwide": (samples.worldwide(), ()),
    "open": (samples.open_ended(), ()),
    "interference": (radio.interfered(), ()),
    "hostile": samples.hostile(),
    "hostile radio": radio.hostile(),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_page_asks_nothing_of_a_network_and_runs_only_its_own_script(name):
    found = page(*SAMPLES[name])
    policy = found.all("meta")[1]["content"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for kind, text in found.inline.items():
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert [tag for tag, _ in found.elements].count("script") == 1
    for tag, attrs in found.elements:
        assert tag not in {"img", "iframe", "link", "object", "embed", "form", "image", "use"}
        assert not any(key.startswith("on") or key in {"style", "src"} for key in attrs)
        assert attrs.get("href", "#").startswith("#")
    assert "@import" not in found.inline["style"]
    assert re.findall(r"url\(([^)#]*)\)", found.inline["style"]) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_ids_are_unique_and_every_reference_lands(name):
    found = page(*SAMPLES[name])
    ids = [attrs["id"] for _, attrs in found.elements if "id" in attrs]
    assert len(set(ids)) == len(ids)
    for _, attrs in found.elements:
        targets = attrs.get("aria-labelledby", "").split() + attrs.get("for", "").split()
        targets += [attrs["href"][1:]] if attrs.get("href") else []
        assert set(targets) <= set(ids)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_figure_drawn_is_finite(name):
    for _, attrs in page(*SAMPLES[name]).elements:
        for key in ("d", "x", "y", "width", "height", "transform", "data-look", "viewbox"):
            assert not re.search(r"nan|inf", attrs.get(key) or "", re.IGNORECASE)


@settings(max_examples=12, deadline=None)
@given(st.text(min_size=1).filter(str.strip), st.text(min_size=1).filter(str.strip))
def test_no_name_can_become_markup_or_break_the_file(party, name):
    def tags(party, name):
        a = samples.an_activity(f"{party}.", name, title=name)
        b = samples.an_activity("other", "B")
        result = samples.a_result([a, b], [samples.a_conflict(a, b, why=name)])
        html = report_html.render(result, ())
        html.encode("utf-8")
        return Counter(tag for tag, _ in Page(html).elements)

    assert tags(party, name) == tags("north", "N-1")


def test_a_hostile_name_is_shown_as_it_is_spelt():
    found = page(*samples.hostile())
    assert "</script><img src=x onerror=alert(1)>" in found.text
    assert r"{{ 7 * 7 }}\x1b[31m\u202e" in found.text
    assert found.all("img") == []


def test_the_answer_comes_first_with_a_sign_that_is_not_colour_alone():
    found = page(samples.everything(), samples.some_readings())
    words = found.text.partition("Skip the pictures")[2]
    assert words.index("Conflicts found") < words.index("4 conflicts between north and south")
    assert words.index("4 conflicts between") < words.index("34°22.80'N 033°19.80'E")
    assert "This check is not complete. 1 piece of the input could not be read" in words


def test_the_list_tells_who_where_when_how_close_and_why():
    words = page(samples.everything()).text
    for told in (
        "34°48.60'N 033°24.00'E",
        "2026-11-22 09:05 to 09:22 Z",
        "0.39 NM apart, 1 NM wanted, 0.61 NM (1,112 m) short",
        "S3 Firing at sea and aircraft keep 1 NM, 500 ft or 5 min apart.",
        "Areas 0.4 NM apart (1 NM needed); heights overlap.",
        "Flight levels and heights above the sea were compared with 210 m in doubt.",
        "200 m deep to surface",
        "2.9 GHz to 3.1 GHz",
        "surface to no upper limit",
        "from 2026-11-22 06:00 Z until further notice",
    ):
        assert told in words


def test_nothing_found_never_reads_as_clear():
    words = page(samples.nothing_found()).text
    assert "No conflict found among the volumes judged." in words
    assert "and of nothing else" in words
    assert not re.search(r"\b(safe|clear to|all clear|no danger)\b", words)


def test_a_conflict_a_person_must_settle_is_told_under_what_needs_a_person():
    words = page(samples.everything(), samples.some_readings()).text
    tail = words[words.rindex("What needs a person") :]
    for told in (
        "south.geojson, feature 3 height runs backwards: 900 m to 300 m. Swap lower and upper.",
        "VICINITY OF THE HEADLAND",
        "air against spectrum: 2 pairs of volumes that meet in place and time.",
        "They disagree: one ends at 11:00 Z, the other at 12:00 Z",
        "datum not given: mean sea level taken.",
        "cancelled by HYDROLANT 20/26.",
    ):
        assert told in tail


def test_two_thousand_volumes_stay_usable_and_what_is_left_out_is_said():
    html = report_html.render(samples.crowded(), ())
    assert len(html) < 1_500_000
    assert "1,800 other volumes drawn as dots" in html
    assert "40 more conflicts not drawn here; the first 60 are." in html


def test_lists_that_are_cut_say_by_how_much():
    a, b = samples.an_activity("north", "A-1"), samples.an_activity("south", "B-1")
    many = tuple(Problem(Severity.ASSUMED, f"{i:03}", "datum assumed.") for i in range(350))
    result = samples.a_result([a, b], [samples.a_conflict(a, b)] * 1003)
    words = page(result, [Reading("w.txt", "navwarn", problems=many)]).text
    assert "3 more conflicts not listed here; --format json lists all." in words
    assert "853 more conflicts as small squares; the first 150 in full." in words
    assert "50 more remarks not listed here; --format json lists all." in words
    assert "Assumed; confirm if it matters: 350" in words


@given(st.permutations(samples.some_readings()))
@settings(max_examples=6, deadline=None)
def test_the_bytes_do_not_depend_on_the_order_of_files(readings):
    result = samples.everything()
    first = report_html.render(result, samples.some_readings())
    assert report_html.render(result, readings) == first


def test_a_band_kept_free_everywhere_has_no_name_at_some_spot_of_the_map():
    html = report_html.render(samples.restricted_band(), ())
    assert "1 volume fills the whole Earth and is not drawn." in html
    drawing = html.partition('<svg id="map-picture"')[2].partition("</svg>")[0]
    assert "R-1" in drawing
    assert "GUARD-1" not in drawing


def test_a_volume_that_is_not_listed_does_not_stop_the_report():
    result = samples.one_conflict()
    words = page(samples.a_result(result.activities[:1], result.conflicts)).text
    assert "unknown volume 0" in words


# Contrast, WCAG 2.2: 1.4.3 (text 4.5:1) and 1.4.11 (graphics 3:1) ---------------------------------


def themes():
    css = files("wideberth.formats").joinpath("templates", "report.css").read_text("utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    assert len(blocks) == 2
    return [dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", block)) for block in blocks]


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", themes(), ids=["light", "dark"])
def test_colours_keep_the_contrast_that_the_standard_asks_for(theme):
    for party in ("p0", "p1", "p2", "p3", "p4", "p5"):
        assert contrast(theme[party], theme["sea"]) >= 4.5
        assert contrast(theme[party], theme["page"]) >= 3.0
    for text in ("ink", "soft", "link"):
        for ground in ("page", "panel", "sea"):
            assert contrast(theme[text], theme[ground]) >= 4.5
    for sign in ("bad", "open", "good"):
        assert contrast(theme[sign], theme[f"{sign}-page"]) >= 4.5
        assert contrast(theme["ink"], theme[f"{sign}-page"]) >= 4.5
        assert contrast(theme["link"], theme[f"{sign}-page"]) >= 4.5
