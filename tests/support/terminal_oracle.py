"""A terminal that looks for trouble: what bytes would do to a screen, judged without our code.

It knows the few escape sequences that set a colour, and refuses every other thing that acts, hides
or reorders beyond one row: it is written from the Unicode and ECMA-48 tables, not from `shown`.
"""

import re
import unicodedata

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_ISOLATES = {"\u2067": 1, "\u2068": 1, "\u2069": -1}
_CONTROLS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_NOT_SEEN = {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10)}
MOST_MARKS = 5


def seen(text, *, color=True):
    """Return the rows a person sees; AssertionError where one could be misled."""
    text.encode("utf-8")
    if color:
        text = _COLOUR.sub("", text)
    rows = text.split("\n")
    for row in rows:
        check_row(row)
    return rows


def check_row(row):
    """Look at one row: nothing acts, nothing hides, every isolate is closed where it opened."""
    depth, marks = 0, 0
    for place, one in enumerate(row):
        if one in _ISOLATES:
            depth += _ISOLATES[one]
            assert depth in (0, 1, 2), f"isolates nest too deep or close twice: {row!a}"
            continue
        kind = unicodedata.category(one)
        assert kind not in _CONTROLS, f"{one!a} reaches the screen: {row!a}"
        assert ord(one) not in _NOT_SEEN, f"{one!a} hides on the screen: {row!a}"
        assert kind != "Zs" or one == " ", f"{one!a} passes for a space: {row!a}"
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        assert marks <= MOST_MARKS, f"a flood of marks: {row!a}"
        assert not marks or place, f"a mark falls on what stands before: {row!a}"
        if unicodedata.bidirectional(one) in ("R", "AL", "AN"):
            assert depth, f"{one!a} may move the words around it: {row!a}"
    assert depth == 0, f"an isolate stays open: {row!a}"
