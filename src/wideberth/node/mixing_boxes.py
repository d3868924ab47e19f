"""Boxes about the bands in which emissions of a site mix, as a store looks for them."""

import math
from collections.abc import Collection, Sequence
from dataclasses import replace

from wideberth.engine.boxes import box_rows
from wideberth.interference.product_bands import product_bands
from wideberth.interference.rule import interference_rules
from wideberth.interference.zones import ALL_BANDS
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement
from wideberth.model.volume import Role
from wideberth.node.ports import Box

Name = tuple[str, str]


def mixing_boxes(
    activities: Sequence[Activity], agreement: Agreement, about: Collection[Name]
) -> dict[Name, list[Box]]:
    """Return the boxes of each activity that mixes with one of those asked about, by name.

    About the whole Earth, in the products' bands, while the emission lasts. All that an activity
    asked about mixes with must be among those given; what another mixes with need not.
    """
    emitting = [one for one in activities if _emits(one)]
    if not any((one.party, one.id) in about for one in emitting):
        return {}
    windows = {
        (one.party, one.id, place): volume.time
        for one in emitting
        for place, volume in enumerate(one.volumes)
    }
    found: dict[Name, list[Box]] = {}
    for ref, bands in product_bands(emitting, agreement, about).items():
        window = windows[ref.party, ref.activity, ref.place]
        boxes = [
            Box(-180.0, -90.0, 180.0, 90.0, -math.inf, math.inf, window.start_s, window.end_s, *hz)
            for hz in bands
        ]
        found.setdefault((ref.party, ref.activity), []).extend(boxes)
    return found


def site_boxes(activities: Sequence[Activity], agreement: Agreement) -> list[Box]:
    """Return boxes that meet those of all emissions that one of the activities may mix with."""
    emitting = [
        replace(one, volumes=tuple(volume for volume in one.volumes if volume.role is Role.EMIT))
        for one in activities
        if _emits(one)
    ]
    found = box_rows(emitting, interference_rules("", "", agreement), agreement.heights)
    last_hz = ALL_BANDS[1]
    return [Box(*row) for rows in found for row in rows if row[-1] >= last_hz]


def _emits(activity: Activity) -> bool:
    is_over = activity.is_over
    return not is_over and any(volume.role is Role.EMIT for volume in activity.volumes)
