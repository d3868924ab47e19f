"""Where figures of two sides differ, field by field, and which messages only one side counts."""

from collections.abc import Iterator

from msgspec import Struct

from wideberth.council.figures import Counted, Figures


class Difference(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A figure that two sides have differently; values in the order of the parties given.

    lacking: the side that does not have the figure at all.
    """

    section: str
    about: str
    name: str
    values: tuple[float | None, float | None]
    lacking: str = ""


def differences(sides: tuple[str, str], ours: Figures, theirs: Figures) -> tuple[Difference, ...]:
    """Return the figures that differ, in the order of a page; sides: whose they are."""
    first = {line.key: line.value for line in ours.lines}
    second = {line.key: line.value for line in theirs.lines}
    return tuple(
        Difference(
            section=key[0],
            about=key[1],
            name=key[2],
            values=(first.get(key), second.get(key)),
            lacking=sides[0] if key not in first else sides[1] if key not in second else "",
        )
        for key in dict.fromkeys((*first, *second))
        if (key in first) is not (key in second) or first.get(key) != second.get(key)
    )


def unlike(sides: tuple[str, str], ours: Figures, theirs: Figures) -> tuple[str, ...]:
    """Return in words why figures differ: messages that one side alone counts, or other causes."""
    found = [*_agreements(sides, ours, theirs)]
    there = {one.sender: one for one in theirs.counted}
    for one in ours.counted:
        found += _entries(sides, one, there.get(one.sender, Counted(sender=one.sender, count=0)))
    if not found and ours.lines != theirs.lines:
        found.append(
            "both count the same messages under the same agreement: the two programs reckon"
            " differently, or one ledger was altered; verify both: `wideberth log verify`"
        )
    return tuple(found)


def _agreements(sides: tuple[str, str], ours: Figures, theirs: Figures) -> Iterator[str]:
    if ours.agreement_digest != theirs.agreement_digest:
        yield (
            f"{sides[0]} reckons under version {ours.version} of the agreement, {sides[1]} under"
            f" {theirs.version}, and they do not say the same"
        )


def _entries(sides: tuple[str, str], ours: Counted, theirs: Counted) -> Iterator[str]:
    """Yield which messages of one sender only one side counts; numbers run without a gap."""
    whose = f"{ours.sender}'s messages"
    if ours.last != theirs.last:
        more = sides[0] if ours.last > theirs.last else sides[1]
        first, last = sorted((ours.last, theirs.last))
        some = f"number {last}" if last == first + 1 else f"numbers {first + 1} to {last}"
        yield f"{whose}: {some} are counted by {more} alone; the other has no receipt for them yet"
    elif ours.last_message != theirs.last_message:
        yield f"{whose}: number {ours.last} is not the same on both sides: two histories"
    elif ours.count != theirs.count:
        more = f"{ours.count} and {theirs.count} up to number {ours.last}"
        yield f"{whose}: {sides[0]} and {sides[1]} count {more}"
