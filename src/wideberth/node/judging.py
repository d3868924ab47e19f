"""What the check finds about activities among those near them, in bounded work.

What cannot be judged together is judged apart: each alone, then against halves of what is near it.
So one activity that cannot be judged keeps no conflict of any other from being found, and one that
has thousands of volumes cannot keep everybody waiting. What was left out is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec
from shapely.errors import ShapelyError

from wideberth.checking import check
from wideberth.engine.boxes import box_rows
from wideberth.errors import WideberthError
from wideberth.interference.craft import equipped
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement
from wideberth.model.conflict import Conflict
from wideberth.node import tables
from wideberth.node.marks import EMITTING
from wideberth.node.mixing_boxes import mixing_boxes, site_boxes
from wideberth.node.ports import Box, Reader, StoreError
from wideberth.node.records import Held
from wideberth.node.settings import Settings
from wideberth.peering.wire import from_wire

Name = tuple[str, str]
Known = dict[Name, Activity]

MOST_PAIRS: Final = 10_000  # of volumes in one search; half a millisecond each, or so
MOST_NEARBY: Final = 20_000  # activities read for one search
MOST_TOO_LARGE: Final = 10  # of those near; after so many of them the rest is left out

UNJUDGEABLE: Final = (
    WideberthError,
    ArithmeticError,
    ValueError,
    TypeError,
    LookupError,
    RuntimeError,
    AssertionError,
    OSError,
    msgspec.MsgspecError,
    ShapelyError,
)


class TooMuchError(WideberthError):
    """So much is near an activity that judging all of it would keep everybody waiting."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found about some activities; near: among whom; is_whole: nothing was left out.

    why: what kept it from being whole, in words; it names no content. mixing: boxes about the bands
    in which emissions mix at a site, by activity: where they are to be found from now on.
    """

    about: tuple[Name, ...]
    conflicts: tuple[Conflict, ...]
    near: Known
    is_whole: bool = True
    why: str = ""
    mixing: Mapping[Name, Sequence[Box]] = field(default_factory=dict)


class _Bound:
    """How many pairs may still be judged; told before any of them is."""

    def __init__(self, most: int) -> None:
        self.left = most
        self.too_large = 0

    def __call__(self, step: str, done: int, total: int) -> None:
        if done or not step.startswith("judging"):
            return
        if total > self.left:
            raise TooMuchError(
                f"more than {MOST_PAIRS} volumes of others are near.",
                remedy="Split the activity into several.",
            )
        self.left -= total


def boxes_of(settings: Settings, activities: Sequence[Activity]) -> dict[Name, list[Box]]:
    """Return where each activity is looked for; none of one that has no place that can be told."""
    names = [(one.party, one.id) for one in activities]
    try:
        craft = [equipped(one, settings.agreement.spectrum) for one in activities]
        rows = box_rows(craft, settings.rules, settings.agreement.heights)
    except UNJUDGEABLE:
        if len(activities) == 1:
            return {}
        singly = [boxes_of(settings, [one]) for one in activities]
        return {name: those for found in singly for name, those in found.items()}
    return {name: [Box(*row) for row in those] for name, those in zip(names, rows, strict=True)}


def judge_all(
    reader: Reader, agreement: Agreement, present: Known, boxes: Mapping[Name, Sequence[Box]]
) -> list[Judged]:
    """Return what the check finds about those present; each of them is in one of the answers."""
    lost = [Judged((name,), (), {}, False, "no place") for name in present if name not in boxes]
    placed = {name: one for name, one in present.items() if name in boxes}
    if not placed:
        return lost
    try:
        return [*lost, _together(reader, agreement, placed, boxes)]
    except StoreError:
        raise
    except UNJUDGEABLE:
        singly = [_alone(reader, agreement, {name: one}, boxes) for name, one in placed.items()]
        return [*lost, *singly]


def _together(
    reader: Reader, agreement: Agreement, present: Known, boxes: Mapping[Name, Sequence[Box]]
) -> Judged:
    near, unread, mixing = _all_around(reader, agreement, present, boxes)
    conflicts = _judged(agreement, present, near, _Bound(MOST_PAIRS))
    why = "a record nearby cannot be read" if unread else ""
    return Judged(tuple(present), conflicts, near, not unread, why, mixing)


def _alone(
    reader: Reader, agreement: Agreement, present: Known, boxes: Mapping[Name, Sequence[Box]]
) -> Judged:
    """Return what is found about one activity, as far as it can be judged."""
    try:
        return _together(reader, agreement, present, boxes)
    except StoreError:
        raise
    except UNJUDGEABLE as error:
        why = _in_words(error)
    try:
        near, unread, mixing = _all_around(reader, agreement, present, boxes)
    except UNJUDGEABLE:
        return Judged(tuple(present), (), {}, False, why)
    conflicts, is_whole = _by_halves(agreement, present, list(near.items()), _Bound(MOST_PAIRS))
    is_whole = is_whole and not unread
    return Judged(tuple(present), conflicts, near, is_whole, "" if is_whole else why, mixing)


def _by_halves(
    agreement: Agreement, present: Known, near: list[tuple[Name, Activity]], bound: _Bound
) -> tuple[tuple[Conflict, ...], bool]:
    """Return the conflicts with those near, without those that cannot be judged; were there any."""
    try:
        return _judged(agreement, present, dict(near), bound), True
    except UNJUDGEABLE as error:
        if len(near) <= 1:
            bound.too_large += isinstance(error, TooMuchError)
            return (), False
    half = len(near) // 2
    first, is_first_whole = _by_halves(agreement, present, near[:half], bound)
    if bound.too_large >= MOST_TOO_LARGE:
        return first, False
    second, is_second_whole = _by_halves(agreement, present, near[half:], bound)
    return (*first, *second), is_first_whole and is_second_whole


def _judged(
    agreement: Agreement, present: Known, near: Known, bound: _Bound
) -> tuple[Conflict, ...]:
    everybody = [*present.values(), *near.values()]
    return check(everybody, agreement, about=frozenset(present), progress=bound).conflicts


def _all_around(
    reader: Reader, agreement: Agreement, present: Known, boxes: Mapping[Name, Sequence[Box]]
) -> tuple[Known, bool, dict[Name, list[Box]]]:
    """Return those near, was one unreadable, and the boxes in which emissions mix with others'.

    Who hears a product is in none of the emissions' own bands, and may be of any party.
    """
    near, unread = _around(reader, present, [box for name in present for box in boxes[name]])
    mixing, unread_sites = _mixing(reader, agreement, present, near)
    products = [box for name in present for box in mixing.get(name, ())]
    unread_too = False
    if products:
        more, unread_too = _around(reader, present | near, products, everybody=True)
        near = near | more
    return near, unread or unread_sites or unread_too, mixing


def _mixing(
    reader: Reader, agreement: Agreement, present: Known, near: Known
) -> tuple[dict[Name, list[Box]], bool]:
    """Return the boxes of all that mix with those present; was a record unreadable.

    What another mixes with at other times, when none of those present is on the air, counts too:
    its boxes take the place of those it had.
    """
    around = [*present.values(), *near.values()]
    mixing = mixing_boxes(around, agreement, present.keys())
    others = mixing.keys() - present.keys()
    if not others:
        return mixing, False
    sites = site_boxes([near[name] for name in sorted(others)], agreement)
    more, unread = _around(reader, present | near, sites, everybody=True)
    if more:
        whole = mixing_boxes([*around, *more.values()], agreement, mixing.keys())
        mixing = {name: those for name, those in whole.items() if name in mixing}
    return mixing, unread


def _around(
    reader: Reader, present: Known, boxes: Sequence[Box], *, everybody: bool = False
) -> tuple[Known, bool]:
    """Return the activities near any of those present, without them; and was one unreadable.

    everybody: also those of the party that asks.
    """
    keys = reader.near(boxes) - {tables.key(*name) for name in present} if boxes else frozenset()
    asking = {party for party, _id in present}
    if len(asking) == 1 and not everybody:  # not in conflict with itself, but emissions add up
        keys = frozenset(key for key in keys if _may_matter(reader, key, asking))
    if len(keys) > MOST_NEARBY:
        raise TooMuchError(
            f"more than {MOST_NEARBY} activities are near.", remedy="Split the activity."
        )
    near: Known = {}
    is_unread = False
    for key in sorted(keys):
        record = reader.get(tables.ACTIVITY, key)
        if record is None:
            continue
        try:
            wire = msgspec.json.decode(record, type=Held).activity
            near[wire.party, wire.id] = from_wire(wire, is_checked=True)
        except (msgspec.MsgspecError, WideberthError):
            is_unread = True
    return near, is_unread


def _may_matter(reader: Reader, key: str, asking: set[str]) -> bool:
    """Return whether an activity near is another party's, or radiates."""
    party, name = tables.parts(key)
    mark = tables.key(EMITTING, party, name)
    return party not in asking or reader.get(tables.PRESENT, mark) is not None


def _in_words(error: Exception) -> str:
    if isinstance(error, TooMuchError):
        return "too many volumes are near to look at all of them; split it into several"
    return f"the search failed ({type(error).__name__})"
