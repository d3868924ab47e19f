"""NOTAM items: where a notice begins and ends, and which words belong to which item."""

from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.notam_items import looks_like_notam, notices_of

ITEMS = {
    "Q": "LCCC/QWMLW/IV/BO/W/000/100/3440N03310E012",
    "A": "LCCC LGGG",
    "B": "2611220800",
    "C": "2611221600",
    "D": "0800-1000",
    "E": "GUNNERY (LIVE) AT SEA",
    "F": "GND",
    "G": "FL100",
}


def notice(head: str = "A1234/26 NOTAMN", gap: str = "\n", **change: str) -> str:
    items = {**ITEMS, **change}
    return head + gap + gap.join(f"{k}) {v}" for k, v in items.items() if v)


@given(
    st.sampled_from(["\n", "\r\n", " ", "\n  "]), st.sampled_from(["{}", "({})"]), st.integers(1, 4)
)
@settings(max_examples=60, deadline=None)
def test_every_form_gives_the_same_items(gap: str, form: str, count: int) -> None:
    one = notice(gap=gap)
    text = gap.join([form.format(one)] * count)
    notices, around = notices_of(text)
    assert [dict(n.items) for n in notices] == [ITEMS] * count
    assert around == ()


@given(st.text(alphabet="QABEFG)( 01/26N\nOTAMLC", max_size=80))
@settings(max_examples=150, deadline=None)
def test_no_word_of_a_text_is_lost(text: str) -> None:
    notices, around = notices_of(text)
    kept = " ".join([*around, *(n.text for n in notices), *(" ".join(n.items) for n in notices)])
    for word in text.split():
        assert word.strip("()[]=-.") in kept


def test_letters_of_a_list_stay_in_item_e() -> None:
    (found,), _ = notices_of(notice(E="CLOSED: A) TWY B) APRON F) STAND", F="", G=""))
    assert found.items["E"] == "CLOSED: A) TWY B) APRON F) STAND"


def test_text_around_is_handed_back() -> None:
    notices, around = notices_of(f"GG LCNCYNYX\n({notice()})\nEND OF LIST\n{notice()}")
    assert len(notices) == 2
    assert around == ("GG LCNCYNYX", "END OF LIST")


def test_a_bracket_in_item_e_does_not_close_a_notice() -> None:
    (found,), around = notices_of(f"({notice(E='GUNNERY (LIVE) AT SEA', F='', G='')}")
    assert (found.items["E"], around) == ("GUNNERY (LIVE) AT SEA", ())


def test_replacement_and_cancellation_name_the_old_number() -> None:
    (new,), _ = notices_of(notice("A1235/26 NOTAMR A1234/26"))
    (end,), _ = notices_of(notice("A1236/26 NOTAMC A1235/26", C=""))
    assert (new.kind, new.replaces) == ("R", "A1234/26")
    assert (end.kind, end.replaces) == ("C", "A1235/26")


def test_a_q_line_without_a_number_begins_a_notice() -> None:
    notices, around = notices_of(notice() + "\n" + notice(head=""))
    assert [n.id for n in notices] == ["A1234/26", ""]
    assert around == ()


def test_only_a_number_or_a_q_line_looks_like_a_notam() -> None:
    assert looks_like_notam(notice().lower())
    assert looks_like_notam(notice(head=""))
    assert not looks_like_notam("NAVAREA III 123/26. SEE NOTAM A1234/26.")
