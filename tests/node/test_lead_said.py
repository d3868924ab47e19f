"""How much notice was given is said in words."""

import pytest

from wideberth.node.lead_said import lead_said


@pytest.mark.parametrize(
    ("given_s", "words"),
    [
        (21.0, "21 s of notice"),
        (1740.0, "29 min of notice"),
        (9000.0, "2.5 h of notice"),
        (0.0, "notice 0 s after its start"),
        (-21.0, "notice 21 s after its start"),
        (-600.0, "notice 10 min after its start"),
    ],
)
def test_notice_that_came_late_is_never_a_negative_figure(given_s: float, words: str) -> None:
    assert lead_said(given_s) == words
