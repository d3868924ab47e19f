"""An agreement's tables, each under a name of its own, so that two agreements can be held together.

A table of a list is named by what it is about (its id, its pair of arenas, its party, ...), and by
a number where two are about the same.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from wideberth.formats.agreement_document import document
from wideberth.formats.shown import plain
from wideberth.model.agreement import Agreement

_TOP: Final = "agreement"
_INLINE: Final = frozenset({"area"})
_ABOUT: Final[Mapping[str, tuple[str, ...]]] = {
    "separation": ("arenas",),
    "notice": ("kind",),
    "notices.deadline": ("rung",),
    "notices.escalation": ("role",),
    "notices.reaction": ("party",),
    "unit": ("party", "id"),
    "contact": ("party", "role"),
    "named_point": ("name",),
    "force": ("party", "name"),
    "prohibited": ("code",),
    "signatory": ("party",),
    "council.lead": ("party",),
    "council.hotline.flash": ("role",),
    "council.hotline.answer": ("precedence",),
}


@dataclass(frozen=True, slots=True)
class Item:
    """A table: where it stands, what it is about, the clause it cites, and what it says by name."""

    path: str
    about: str
    clause: str
    leaves: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Return how people call it: separation air-air."""
        return f"{self.path.replace('.', ' ').replace('_', ' ')} {plain(self.about)}".strip()


def items_of(agreement: Agreement) -> dict[tuple[str, str], Item]:
    """Return every table of an agreement by its path and what it is about, in the file's order.

    Raises UnsayableError for what no agreement file can say.
    """
    return {(item.path, item.about): item for item in _items(document(agreement), "")}


def _items(values: Mapping[str, Any], path: str) -> Iterator[Item]:
    inner = {key: value for key, value in values.items() if _is_inner(key, value, path)}
    leaves = {key: value for key, value in values.items() if key not in inner}
    if leaves:
        yield _item(path, "", leaves)
    for key, value in inner.items():
        deeper = f"{path}.{key}" if path else key
        if isinstance(value, list):
            yield from _listed(deeper, value)
        else:
            yield from _items(value, deeper)


def _listed(path: str, tables: list[dict[str, Any]]) -> Iterator[Item]:
    seen: Counter[str] = Counter()
    for table in tables:
        about = _about(path, table)
        seen[about] += 1
        yield _item(path, about if seen[about] == 1 else f"{about} ({seen[about]})", table)


def _about(path: str, table: Mapping[str, Any]) -> str:
    said = [table[key] for key in _ABOUT.get(path, ("id",))]
    return " ".join("-".join(sorted(one)) if isinstance(one, list) else str(one) for one in said)


def _item(path: str, about: str, values: Mapping[str, Any]) -> Item:
    """Return a table as an item; a clause is about itself, and its texts are leaves by language."""
    leaves = dict(values)
    if isinstance(leaves.get("text"), dict):
        texts = leaves.pop("text")
        leaves |= {f"text ({language})": text for language, text in texts.items()}
    clause = about if path == "clause" else str(values.get("clause", ""))
    return Item(path or _TOP, about, clause, leaves)


def _is_inner(key: str, value: Any, path: str) -> bool:
    if isinstance(value, dict):
        return key not in _INLINE and not (path == "" and key == "theatre")
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)
