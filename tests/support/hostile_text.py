"""Texts that a peer may send to mislead a reader, and ordinary ones in several scripts."""

from hypothesis import strategies as st

ACTING = (
    "\x1b[2J", "\x1b]0;owned\x07", "\x9b31m", "\r", "\x08", "\x00", "\x7f", "\x85", "\u2028",
    "\u2029", "\u202e", "\u202d", "\u202a", "\u2066", "\u2067", "\u2068", "\u2069", "\u200e",
    "\u200f", "\u061c", "\u200b", "\u200d", "\ufeff", "\u2060", "\u00ad", "\U000e0041", "\ufe0f",
    "\u034f", "\u3164", "\u2800", "\u00a0", "\u3000", "\n", "\t", "\ue000",
)  # fmt: skip
WORDS = (
    "north", "N-SURVEY", "[red]", "[/red]", ":smile:", "[bold]x[/]", "{{ 7*7 }}", "<b>", "&amp;",
    "=1+1", "@SUM", "'=x", "אבג", "שָׁלוֹם", "العربية", "١٢٣", "12", "Привет", "n\u043erth",
    "日本", "e\u0301", "a" + "\u0301" * 40, "\u0301", "\u20e3", " ", ", ", "(", ")", "/", "%2F",
    "x" * 90,
)  # fmt: skip
hostile = st.lists(st.sampled_from(ACTING + WORDS) | st.text(max_size=4), max_size=8).map("".join)
names = hostile.map(lambda text: f"n{text}"[:60].encode("utf-8", "ignore").decode()) | (
    st.sampled_from(("אבג דהו", "العربية", "n\u043erth", "\u202eN-1", "\u2068א\u2069", "א\u2069ב"))
)
EVERYTHING = "".join(ACTING) + "".join(WORDS)
