"""The differences between two lists of what is in force, kept name by name until they are gone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import msgspec
from msgspec import structs

from wideberth.node import tables
from wideberth.node.work import Work

Whose = Literal["ours", "theirs"]  # our list as the peer holds it, or the peer's as we hold it
Lines = dict[str, tuple[str, ...]]  # name of an activity -> what differs

MOST_NAMES: Final = 500  # of either list; beyond that a stretch is kept as one line
MOST_LINES: Final = 100  # are shown


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a list of activities, in the order of the store; empty: from or to its end."""

    first: str = ""
    before: str = ""

    def keys(self, party: str) -> tuple[str, str]:
        """Return from where to before where the stretch lies under a party."""
        low, high = tables.under(party)
        return (
            tables.key(party, self.first) if self.first else low,
            tables.key(party, self.before) if self.before else high,
        )

    def holds(self, name: str) -> bool:
        """Return whether an activity of that name belongs to the stretch."""
        key = tables.key(name)
        after = tables.key(self.first) <= key
        return after and (not self.before or key < tables.key(self.before))


def differences(work: Work, party: str, whose: Whose) -> Lines:
    """Return what differs in a list, by the names of the activities."""
    record = work.draft.get(tables.META, tables.key("differs", whose, party))
    return {} if record is None else msgspec.json.decode(record, type=Lines)


def note(
    work: Work, party: str, whose: Whose, stretch: Stretch, found: Mapping[str, tuple[str, ...]]
) -> None:
    """Write down what differs in a stretch of a list; the alarm lasts while anything differs."""
    before = differences(work, party, whose)
    kept = {name: lines for name, lines in before.items() if not stretch.holds(name)}
    if len(kept) + len(found) > MOST_NAMES:
        found = {stretch.first: (f"{len(found)} activities differ from {stretch.first!r} on",)}
    now = kept | dict(found) if found else kept
    if now != before:
        record = msgspec.json.encode(now)
        work.draft.put(tables.META, tables.key("differs", whose, party), record)
    _show(work, party)


def _show(work: Work, party: str) -> None:
    both = [*differences(work, party, "theirs").items(), *differences(work, party, "ours").items()]
    lines = tuple(dict.fromkeys(line for _name, some in both for line in some))
    peer = work.peer(party)
    shown = lines[:MOST_LINES]
    changed = peer.compared_same is not (not lines) or peer.in_force_differences != shown
    peer = structs.replace(
        peer, compared_s=work.now_s, compared_same=not lines, in_force_differences=shown
    )
    work.save_peer(peer, tell=changed)
    if lines:
        more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
        work.raise_alarm("in force differs", party, f"{party}: {lines[0]}{more}")
    else:
        work.clear_alarm("in force differs", party, "both lists are equal again")
