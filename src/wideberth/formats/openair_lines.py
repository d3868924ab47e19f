"""An OpenAir text cut into records and airspaces; nothing is understood yet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

ATTRIBUTES: Final = frozenset(["AC", "AN", "AH", "AL", "AY", "AF", "AG", "AA", "AI", "AX", "TP"])
SHAPES: Final = frozenset(["V", "DP", "DA", "DB", "DC", "DY"])
LOOKS: Final = frozenset(["SP", "SB", "AT"])
TERRAIN: Final = frozenset(["TO", "TC"])
KNOWN: Final = ATTRIBUTES | SHAPES | LOOKS | TERRAIN

_RECORD: Final = re.compile(r"([A-Za-z]{1,2})(?:\s+(.*)|$)", re.DOTALL)
_WORDS: Final = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Record:
    """One line: its number from 1, its code in capitals ("" where it has none), and the rest."""

    line: int
    code: str
    value: str

    def __str__(self) -> str:
        return f"line {self.line}"


@dataclass(frozen=True, slots=True)
class Block:
    """The records of one airspace (or piece of terrain), and the comments written among them."""

    records: tuple[Record, ...]
    comments: tuple[str, ...]

    def all_of(self, code: str) -> tuple[Record, ...]:
        """Return the records of one code, in order."""
        return tuple(r for r in self.records if r.code == code)


def blocks_of(text: str) -> tuple[Block, tuple[Block, ...]]:
    """Return what stands before the first airspace, and one block for each AC, TO or TC record."""
    heads: list[list[Record]] = [[]]
    comments: list[list[str]] = [[]]
    for line, content in enumerate(text.splitlines(), start=1):
        words, _, comment = content.partition("*")
        record = _record(line, words.strip())
        if record is not None and (record.code == "AC" or record.code in TERRAIN):
            heads.append([])
            comments.append([])
        if record is not None:
            heads[-1].append(record)
        if _WORDS.search(comment):
            comments[-1].append(comment.strip("* \t"))
    blocks = [Block(tuple(r), tuple(c)) for r, c in zip(heads, comments, strict=True)]
    return blocks[0], tuple(blocks[1:])


def _record(line: int, words: str) -> Record | None:
    if not words:
        return None
    match = _RECORD.fullmatch(words)
    if match is None:
        return Record(line, "", words)
    return Record(line, match[1].upper(), (match[2] or "").strip())


def looks_like_openair(text: str) -> bool:
    """Say whether a text is OpenAir: all starts with a known record, and an airspace has a shape.

    Only the first record decides on the start, so a slip farther on is still told as a problem.
    """
    head, blocks = blocks_of(text)
    first = next(_all_records((head, *blocks)), None)
    if first is None or first.code not in KNOWN:
        return False
    codes = {r.code for block in blocks for r in block.records}
    return "AC" in codes and bool(codes & {"AH", "AL", *SHAPES})


def _all_records(blocks: tuple[Block, ...]) -> Iterator[Record]:
    for block in blocks:
        yield from block.records
