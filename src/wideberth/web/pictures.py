"""The outlines that were drawn last, kept by the footprint itself: one drawing serves every map."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from wideberth.errors import WideberthError
from wideberth.formats.outlines import Outline, outlines_of
from wideberth.model.footprint import Footprint, Part
from wideberth.peering.wire_footprint import WireFootprint, footprint_from_wire

MOST_BYTES: Final = 128 * 1024 * 1024
_TOGETHER: Final = 500

Drawing = Outline | WideberthError


class Pictures:
    """Draws footprints beside the node's own loop, one request at a time."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[WireFootprint, Outline] = OrderedDict()
        self._bytes = 0
        self._turn = asyncio.Semaphore(1)

    @property
    def kept_bytes(self) -> int:
        """Return how much is kept."""
        return self._bytes

    async def draw(
        self, footprints: Sequence[WireFootprint], *, is_checked: bool = False
    ) -> list[Drawing]:
        """Return the outline of each footprint, or why there is none.

        is_checked: they come from this node's own store; rings are not looked at again.
        """
        drawn: dict[WireFootprint, Drawing] = {}
        missing: list[WireFootprint] = []
        for wire in dict.fromkeys(footprints):
            outline = self._kept.get(wire)
            if outline is None:
                missing.append(wire)
            else:
                self._kept.move_to_end(wire)
                drawn[wire] = outline
        for start in range(0, len(missing), _TOGETHER):
            batch = missing[start : start + _TOGETHER]
            async with self._turn:
                found = await asyncio.to_thread(_draw, batch, is_checked=is_checked)
            for wire, one in zip(batch, found, strict=True):
                drawn[wire] = one
                if isinstance(one, Outline):
                    self._keep(wire, one)
        return [drawn[wire] for wire in footprints]

    def _keep(self, wire: WireFootprint, outline: Outline) -> None:
        if wire in self._kept:
            return
        self._kept[wire] = outline
        self._bytes += _size(outline)
        while self._bytes > self._most_bytes and len(self._kept) > 1:
            _wire, gone = self._kept.popitem(last=False)
            self._bytes -= _size(gone)


def _size(outline: Outline) -> int:
    """Return about what an outline takes, with the footprint that it is kept by."""
    return len(outline.coordinates) + 1000


def _draw(wires: Sequence[WireFootprint], *, is_checked: bool) -> list[Drawing]:
    found: dict[int, Drawing] = {}
    footprints: list[tuple[int, Footprint]] = []
    for i, wire in enumerate(wires):
        try:
            part = Part.as_checked if is_checked else Part
            footprints.append((i, footprint_from_wire(wire, part)))
        except WideberthError as error:
            found[i] = error
    outlines = outlines_of([one for _i, one in footprints])
    found |= {i: one for (i, _f), one in zip(footprints, outlines, strict=True)}
    return [found[i] for i in range(len(wires))]
