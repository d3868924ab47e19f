"""What changed from one agreement to another: clause by clause, in words and numbers.

Nothing is left out: the list is empty if and only if the two have the same canonical bytes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from wideberth.formats.agreement_items import Item, items_of
from wideberth.formats.agreement_words import more_or_less, name_of, value_words
from wideberth.formats.shown import plain
from wideberth.model.agreement import Agreement

_SHOWN_UNCHANGED: Final = frozenset({"lateral_m", "vertical_m", "time_s", "freq_hz", "radius_m"})
_NO_CLAUSE: Final = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One leaf that differs; old None: it is new, new None: it is gone.

    clause: that the table cites now, or did (empty: none). table: what people call it. is_new,
    is_gone: of the whole table.
    """

    clause: str
    table: str
    leaf: str
    old: Any
    new: Any
    is_new: bool = False
    is_gone: bool = False

    @property
    def words(self) -> str:
        """Return it for a person: lateral 5 NM -> 3 NM (-2 NM)."""
        name = name_of(self.leaf)
        if self.is_new:
            return f"{name} {value_words(self.leaf, self.new)}"
        if self.is_gone:
            return f"{name} {value_words(self.leaf, self.old)}"
        old, new = value_words(self.leaf, self.old), value_words(self.leaf, self.new)
        by = more_or_less(self.leaf, self.old, self.new)
        return f"{name} {old} -> {new}{f' ({by})' if by else ''}"


def differences(old: Agreement, new: Agreement) -> tuple[Change, ...]:
    """Return every leaf that differs, in the order of the new agreement, what is gone last.

    Raises UnsayableError for an agreement that no file can say.
    """
    before, after = items_of(old), items_of(new)
    changes = [change for key, item in after.items() for change in _changed(before.get(key), item)]
    gone = [item for key, item in before.items() if key not in after]
    changes += [change for item in gone for change in _gone(item)]
    return (*changes, *_reordered(before, after))


def report(old: Agreement, new: Agreement) -> str:
    """Return what changed for a person: clause by clause, then what cites none."""
    changes = differences(old, new)
    if not changes:
        return "No difference.\n"
    clauses = {clause.id: clause.text for clause in (*old.clauses, *new.clauses)}
    before = items_of(old)
    names = {item.name: item for item in before.values()}
    order = sorted(
        {c.clause for c in changes}, key=lambda c: (c == "", list(clauses).index(c) if c else 0)
    )
    lines: list[str] = []
    for clause in order:
        lines.append(
            f"Clause {plain(clause)}: {plain(clauses[clause])}" if clause else "No clause cited:"
        )
        of_clause = [change for change in changes if change.clause == clause]
        for table in dict.fromkeys(change.table for change in of_clause):
            lines += _table_lines([c for c in of_clause if c.table == table], names.get(table))
    return "\n".join(lines) + "\n"


def _table_lines(changes: list[Change], before: Item | None) -> Iterator[str]:
    """Yield the lines of one table: its heading, and each change."""
    first = changes[0]
    mark = "new" if first.is_new else "gone" if first.is_gone else ""
    yield f"  {first.table}{f': {mark}' if mark else ''}"
    for change in changes:
        yield f"    {change.words}"
    same = {} if before is None or mark else _same(before, {change.leaf for change in changes})
    if same:
        said = ", ".join(f"{name_of(leaf)} {value_words(leaf, v)}" for leaf, v in same.items())
        yield f"    unchanged: {said}"


def _same(item: Item, changed: set[str]) -> Mapping[str, Any]:
    """Return the figures of a table that stay as they are, to be read beside those that change."""
    if not changed & _SHOWN_UNCHANGED:
        return {}
    return {
        leaf: value
        for leaf, value in item.leaves.items()
        if leaf in _SHOWN_UNCHANGED and leaf not in changed
    }


def _changed(old: Item | None, new: Item) -> Iterator[Change]:
    was: Mapping[str, Any] = {} if old is None else old.leaves
    for leaf in dict.fromkeys((*new.leaves, *was)):
        before, after = was.get(leaf), new.leaves.get(leaf)
        if before != after or (old is None):
            yield Change(new.clause, new.name, leaf, before, after, is_new=old is None)


def _gone(item: Item) -> Iterator[Change]:
    for leaf, value in item.leaves.items():
        yield Change(item.clause, item.name, leaf, value, None, is_gone=True)


def _reordered(
    before: Mapping[tuple[str, str], Item], after: Mapping[tuple[str, str], Item]
) -> Iterator[Change]:
    """Yield where tables of one kind stand in another order, which changes what is signed."""
    for path in dict.fromkeys(path for path, _about in after):
        old = [about for at, about in before if at == path and (at, about) in after]
        new = [about for at, about in after if at == path and (at, about) in before]
        if old != new:
            yield Change(_NO_CLAUSE, path.replace(".", " "), "order", old, new)
