import json
import math
import re
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.navwarn import looks_like_navwarn, read
from wideberth.formats.reading import ReadOptions, Severity
from wideberth.model.footprint import Circle, Corridor, Polygon
from wideberth.model.volume import Arena

NM = 1852.0
SINGLE = re.compile(r"(?<![0-9.])(\d{1,3})-(\d{1,2}(?:\.\d+)?)(?:-(\d{1,2}))?([NSEW])(?![A-Z0-9])")
RING = "21-10.00N 118-20.00E, 21-10.00N 118-40.00E, 21-30.00N 118-40.00E, 21-30.00N 118-20.00E"
SAMPLES = (
    f"""1. GUNNERY EXERCISES 0500Z TO 0900Z DAILY 18 THRU 20 APR IN AREA BOUND BY {RING}.
    2. CANCEL HYDROPAC 1/23.
    3. CANCEL THIS MSG 201000Z APR 23.""",
    """SURVEY OPERATIONS UNTIL 02 MAY ALONG TRACKLINE JOINING
    20-10.5S 118-20.5E, 20-11-30S 118-21-15E. TWO MILE BERTH REQUESTED.""",
    """1. ROCKET LAUNCHING 191218Z TO 191647Z APR, ALTERNATE
    201153Z TO 201622Z APR IN AREAS WITHIN THREE MILES OF:
    A. 13-26.00N 145-08.00E.
    B. 13-42.00N 90-36.0W.""",
    """1. WORK UNTIL FURTHER NOTICE:
    A. IN AREA BOUND BY
       20-26.10S 179-43.10E, 20-25.10S 179-44.00W, 20-24.00S 179-45.50E.
    B. IN VICINITY 20-26.60S 179-44.60E.
    WIDE BERTH REQUESTED.""",
    """GPS INTERFERENCE WITHIN 20 MILES OF 35-53N 014-27E, LIGHT 36-10.2N 014-06.5E UNLIT.
    CONTACT VHF CHANNEL 16, 2182 KHZ.""",
)


def as_json(*texts, issue="150600Z APR 2023"):
    rows = [
        {"navArea": "P", "msgNumber": 10 + i, "msgYear": 2023, "text": text, "issueDate": issue}
        for i, text in enumerate(texts)
    ]
    return json.dumps({"broadcast-warn": rows}).encode()


def read_one(text, **options):
    return read(as_json(text), "w.json", ReadOptions(**options))


def volumes(text, arena=Arena.SEA):
    return [v for a in read_one(text).activities for v in a.volumes if v.arena is arena]


def vertices(reading):
    for volume in (v for a in reading.activities for v in a.volumes):
        match volume.footprint:
            case Circle(centre, _):
                yield centre
            case Corridor(points, _):
                yield from points
            case Polygon(parts):
                yield from (p for part in parts for p in part.outer)


def lost(text, reading):
    """Return the coordinates of a text that are neither a vertex's nor in a problem's words."""
    known = list(vertices(reading))
    told = " ".join(p.text for p in reading.problems)
    for match in SINGLE.finditer(text.upper()):
        whole, minutes, seconds, hemisphere = match.groups()
        value = float(whole) + float(minutes) / 60.0 + float(seconds or 0.0) / 3600.0
        value = -value if hemisphere in "SW" else value
        axis = 1 if hemisphere in "NS" else 0
        if not any(abs(p[axis] - value) < 1e-6 for p in known) and match[0] not in told:
            yield match[0]


@st.composite
def mutated(draw):
    """A sample with some words dropped, doubled, moved or cut."""
    words = re.split(r"(\s+)", draw(st.sampled_from(SAMPLES)))
    for _ in range(draw(st.integers(0, 6))):
        i = draw(st.integers(0, len(words) - 1))
        how = draw(st.integers(0, 4))
        if how == 0:
            words[i] = ""
        elif how == 1:
            words.insert(i, words[i])
        elif how == 2:
            j = draw(st.integers(0, len(words) - 1))
            words[i], words[j] = words[j], words[i]
        elif how == 3:
            words[i] = words[i][: draw(st.integers(0, len(words[i])))]
        else:
            words[i] += draw(st.sampled_from([".", "0", "W", " IN ", " AND ", "\nB. ", " (", "-"]))
    return "".join(words)


@settings(max_examples=300, deadline=2000)
@given(mutated(), st.booleans())
def test_no_coordinate_of_a_damaged_message_is_lost(text, repair):
    reading = read_one(text, repair=repair)
    if not repair:
        assert list(lost(text, reading)) == []


@settings(max_examples=150, deadline=2000)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda t: t.encode())))
def test_no_bytes_raise(data):
    for head in (b"", b"HYDROPAC 1/23.\n", b"{", b"ZCZC EA01\n010203Z APR 23\n"):
        assert read(head + data, "w", ReadOptions()).format == "navwarn"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["broadcast-warn", "text", "navArea", "msgNumber", "msgYear", "issueDate"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=2000)
@given(JSON)
def test_no_json_raises(value):
    for whole in (value, [value], {"broadcast-warn": [value]}):
        read(json.dumps(whole).encode(), "w", ReadOptions())


@pytest.mark.parametrize(
    "piece", ["12-33.0S ", "(", "0500Z TO 0600Z DAILY ", "A. ", "CANCEL ", "1 APR THRU ", "9-9N 9"]
)
def test_a_long_repetition_is_read_in_bounded_time(piece):
    text = piece * 5000
    start_s = process_time()
    reading = read_one(text)
    assert process_time() - start_s < 10.0
    assert list(lost(text[:2000], reading)) == []


def test_an_area_of_very_many_corners_is_refused_soon_and_told():
    corners = [
        f"{i % 60:02d}-{i % 59:02d}.{i % 97:02d}N 010-{i % 58:02d}.00E" for i in range(20000)
    ]
    start_s = process_time()
    reading = read_one(f"EXERCISES IN AREA BOUND BY {', '.join(corners)}.")
    assert process_time() - start_s < 10.0
    assert reading.is_refused
    assert all(c in reading.problems[0].text for c in corners[::997])


def test_a_text_file_reads_like_json():
    text = "150600Z APR 23\nHYDROPAC 10/23(81).\n" + SAMPLES[0]
    one = read(text.encode(), "w", ReadOptions(party="p")).activities
    assert one == read(as_json(SAMPLES[0]), "w", ReadOptions(party="p")).activities
    assert looks_like_navwarn(text)
    assert looks_like_navwarn(as_json("X").decode())
    assert not looks_like_navwarn('{"type": "FeatureCollection"}')


def test_a_point_is_as_wide_as_half_its_last_digit_or_its_berth():
    radii = [
        volumes(f"WRECK IN 12-33{d}N 045-11{e}E{berth}.")[0].footprint.radius_m
        for d, e, berth in (
            ("", "", ""),
            (".1", ".2", ""),
            (".12", ".2", ""),
            (".12", ".21", ". 500 METER BERTH REQUESTED"),
            ("-10", "-20", ". ONE HALF MILE BERTH REQUESTED"),
        )
    ]
    assert radii == pytest.approx([926.0, 92.6, 92.6, 500.0, 926.0])


@pytest.mark.parametrize(
    ("text", "shape", "size_m"),
    [
        ("WITHIN 5 MILES OF 10-00N 020-00E", Circle, 5 * NM),
        ("WITHIN A RADIUS OF 500 YARDS OF 10-00N 020-00E", Circle, 457.2),
        ("IN 3 KILOMETER RADIUS OF 10-00N 020-00E", Circle, 3000.0),
        ("WITHIN 5 MILES OF 10-00N 020-00E. ONE MILE BERTH REQUESTED", Circle, 6 * NM),
        ("ALONG 4 MILE WIDE TRACKLINE JOINING 10-00N 020-00E AND 10-30N 020-00E", Corridor, 2 * NM),
        ("WITHIN 4 MILES OF LINE JOINING 10-00N 020-00E, 10-30N 020-00E", Corridor, 4 * NM),
        ("LINE JOINING PORT (10-00N 020-00E) AND CAPE (10-30N 020-00E)", Corridor, 926.0),
        ("IN AREA BOUND BY 10-00N 020-00E, 10-30N 020-00E", Corridor, 926.0),
    ],
)
def test_each_manner_of_place_has_its_shape_and_size(text, shape, size_m):
    (volume,) = volumes(f"HAZARDOUS OPERATIONS {text}.")
    assert type(volume.footprint) is shape
    size = "radius_m" if shape is Circle else "half_width_m"
    assert getattr(volume.footprint, size) == pytest.approx(size_m)


def test_a_bounded_area_takes_lines_and_following_positions_in_its_stride():
    for words in ("BOUNDED BY LINES JOINING", "BOUND BY THE FOLLOWING POSITIONS:", "BOUND BY:"):
        (volume,) = volumes(f"EXERCISES IN AREA {words}\n{RING}.")
        assert len(volume.footprint.parts[0].outer) == 4


def test_a_distance_to_an_area_widens_it():
    polygon, corridor = volumes(f"EXERCISES WITHIN 2 MILES OF AREA BOUND BY {RING}.")
    assert isinstance(polygon.footprint, Polygon)
    assert corridor.footprint.half_width_m == 2 * NM


def test_times_of_one_paragraph_are_not_those_of_another():
    text = (
        "1. OPERATIONS 0500Z TO 0600Z DAILY 18 APR IN 10-00N 020-00E.\n"
        "2. OPERATIONS 190700Z TO 190800Z APR IN 11-00N 020-00E.\n"
    )
    hours = [(v.id[0], v.time.start_s % 86400 / 3600) for v in volumes(text)]
    assert hours == [("1", 5.0), ("2", 7.0)]


def test_a_time_in_front_of_all_paragraphs_counts_for_each():
    text = (
        "OPERATIONS 0500Z TO 0600Z DAILY 18 APR.\n1. IN 10-00N 020-00E.\n"
        "2. IN 11-00N 020-00E, 190700Z TO 190800Z APR.\n"
    )
    hours = [(v.id[0], v.time.start_s % 86400 / 3600) for v in volumes(text)]
    assert hours == [("1", 5.0), ("2", 5.0), ("2", 7.0)]


def test_a_time_in_a_paragraph_without_a_place_is_told():
    reading = read_one("1. FIRING 0500Z TO 0600Z DAILY 18 APR.\n2. WRECK IN 10-00N 020-00E.\n")
    told = [p.text for p in reading.problems if "without a place" in p.what]
    assert told == ["0500Z TO 0600Z DAILY 18 APR"]
    assert {v.time.end_s for a in reading.activities for v in a.volumes} == {math.inf}


def test_a_launch_takes_the_air_up_to_its_ceiling():
    text = "ROCKET LAUNCHING UNTIL 20 APR IN 10-00N 020-00E"
    (free,) = volumes(f"{text}.", Arena.AIR)
    (capped,) = volumes(f"{text}. SURFACE TO ALTITUDE 5000 FEET.", Arena.AIR)
    assert free.height.upper.height_m == math.inf
    assert capped.height.upper.height_m == pytest.approx(1524.0)


def test_a_stated_depth_keeps_the_surface_free():
    (volume,) = volumes("SCIENTIFIC MOORING, TOP FLOAT 15 METERS BELOW SURFACE, IN 10-00N 020-00E.")
    assert (volume.height.lower.height_m, volume.height.upper.height_m) == (-math.inf, -15.0)


def test_very_many_windows_become_one_and_it_is_told():
    reading = read_one("FIRING 0500Z TO 0600Z DAILY 16 APR THRU 31 DEC IN 10-00N 020-00E.")
    assert len(reading.activities[0].volumes) == 2
    assert any("without a break" in p.what for p in reading.problems)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("VESSEL IN 10-00N.", "10-00N."),
        ("VESSEL IN 10-00N 020-00E, ALSO 11-61N 020-00E.", "11-61N 020-00E."),
        ("VESSEL IN 10-00N 020-00E, RANGE 20 MILES.", "20 MILES."),
        ("VESSEL IN 10-00N 020-00E, AT 011719 JAN.", "011719 JAN."),
        ("VESSEL IN 10-00N 020-00E, HF OFF AIR.", "HF"),
        ("VESSEL IN 10-00N 020-00E. WITHIN 5 MILES OF COAST.", "WITHIN 5 MILES"),
        ("VESSEL IN 10-00N 020-00E. CANCEL THIS MSG SOON.", "CANCEL"),
        ("NOTHING TO PLACE HERE.", "NOTHING TO PLACE HERE."),
    ],
)
def test_words_that_could_not_be_used_are_told(text, words):
    partial = [p.text for p in read_one(text).problems if p.severity is Severity.PARTIAL]
    assert words in partial


def test_an_area_with_an_unreadable_corner_is_refused_whole():
    reading = read_one(f"EXERCISES IN AREA BOUND BY {RING}, 21-70.00N 118-10.00E.")
    assert reading.is_refused
    assert reading.activities == ()


def test_assumptions_are_told_once_with_a_count():
    reading = read(as_json(*SAMPLES), "w.json", ReadOptions())
    assumed = [p.what for p in reading.problems if p.severity is Severity.ASSUMED]
    assert len(assumed) == len(set(assumed))
    assert any("WGS-84" in what and "5 messages" in what for what in assumed)


def test_two_texts_with_one_number_are_both_kept_and_a_repeat_once():
    rows = json.loads(as_json(SAMPLES[1], SAMPLES[2], SAMPLES[1]))["broadcast-warn"]
    for row in rows:
        row["msgNumber"] = 7
    reading = read(json.dumps(rows).encode(), "w.json", ReadOptions())
    assert [a.id for a in reading.activities] == ["HYDROPAC 7/23", "HYDROPAC 7/23 (2)"]
    assert any("the same message again" in p.what for p in reading.problems)


def test_the_example_of_the_user_page_reads_without_a_doubt():
    page = (Path(__file__).parents[2] / "docs" / "formats" / "navwarn.md").read_text()
    example = page.split("```")[1].strip()
    reading = read(example.encode(), "example.txt", ReadOptions())
    assert [len(a.volumes) for a in reading.activities] == [4]
    assert {p.severity for p in reading.problems} == {Severity.ASSUMED}


def test_a_beginning_after_the_end_is_no_error():
    text = "WORK 01 JUN UNTIL FURTHER NOTICE IN 10-00N 020-00E.\nCANCEL THIS MSG 210000Z MAY 23."
    (volume,) = volumes(text)
    assert volume.time.end_s == math.inf


def test_a_title_is_what_is_left_in_readable_words():
    (activity,) = read_one(SAMPLES[0]).activities
    assert activity.title == "GUNNERY EXERCISES"
    (activity,) = read_one("NORTH SEA.\nCHART 1.\n" + SAMPLES[1]).activities
    assert activity.title == "NORTH SEA. CHART 1. SURVEY OPERATIONS"


def test_a_told_party_stands_for_all():
    assert {a.party for a in read_one(SAMPLES[0], party="north").activities} == {"north"}
