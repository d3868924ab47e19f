"""Each screen, in each theme and right to left: complete, readable, usable, and kept as a picture.

WIDEBERTH_SCREENS=all (`make screens`) looks at every size and language; the pictures, and all that
axe says, are in build/screens.
"""

import os

import pytest
from console_looks import GRAVE, Look
from console_places import EXAMPLES, places

from console import LANGUAGES, SHOTS, SIZES, THEMES, signed_in

SMALL, LARGE = SIZES
DAY = THEMES[:1]
FEW = [(THEMES, SMALL, "en"), (DAY, SMALL, "he")]
ALL = [
    *((THEMES, size, "en") for size in SIZES),
    *((DAY, size, language) for size in SIZES for language in LANGUAGES if language != "en"),
]
ASKED = ALL if os.environ.get("WIDEBERTH_SCREENS") == "all" else FEW


AREAS = {"watch", "plan", "spectrum", "council", "admin"}
LEAST = 30


def test_a_person_with_every_role_has_every_area_and_no_screen_twice(chromium, two_nodes):
    north, _south = two_nodes
    with signed_in(chromium, north) as console:
        found = [name for name, _address in places(console)]
    assert {name.split("/")[0] for name in found} == AREAS
    assert len(found) == len(set(found)) >= LEAST
    assert set(EXAMPLES) <= set(found)


@pytest.mark.parametrize(("themes", "size", "language"), ASKED)
def test_every_screen_reads_as_one_finished_tool(chromium, two_nodes, themes, size, language):
    north, _south = two_nodes
    faults, said = [], []
    with signed_in(chromium, north, language=language, size=SIZES[size]) as console:
        look = Look(console.page)
        for name, address in [("first", ""), *places(console)]:
            if address:
                console.go(address)
            faults += [f"{name}: {one}" for one in look.faults(language)]
            for theme in themes:
                console.turn_to(theme)
                console.shoot(f"{theme}/{size}/{language}/{name}")
                found = [
                    (impact, f"{theme}: {name}: {impact}: {what}")
                    for impact, what in look.hard_to_use(whole=theme == "day")
                ]
                said += [what for _impact, what in found]
                faults += [what for impact, what in found if impact in GRAVE]
            console.turn_to("day")
    (SHOTS / f"axe-{size}-{language}.txt").write_text("\n".join(said) + "\n", encoding="utf-8")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("theme", THEMES)
def test_the_way_in_reads_as_one_finished_tool(chromium, two_nodes, theme):
    north, _south = two_nodes
    with signed_in(chromium, north, theme=theme, way_in=True) as console:
        console.shoot(f"{theme}/{SMALL}/en/sign-in")
        found = Look(console.page).hard_to_use()
        assert Look(console.page).faults() == []
        assert [what for impact, what in found if impact in GRAVE] == []
