"""Read-back (R4) between nodes: what was repeated, held against what is kept here."""

from collections.abc import Sequence

import msgspec

from wideberth.council import repeated
from wideberth.council.repeated import said_places
from wideberth.model.agreement import Agreement
from wideberth.node.records import Held
from wideberth.peering.disclosed import disclosed
from wideberth.peering.messages import SaidVolume
from wideberth.peering.wire import from_wire

__all__ = ["misread", "said_places"]


def misread(
    record: bytes | None, said: Sequence[SaidVolume], agreement: Agreement
) -> tuple[str, ...]:
    """Return where what was read back does not stand for the notice, in words; none: it does."""
    if record is None:
        return ("the notice that was read back is not kept here",)
    held = msgspec.json.decode(record, type=Held)
    seen = disclosed(from_wire(held.activity, is_checked=True))
    if seen is None:
        return ("an undisclosed activity was read back",)
    return repeated.misread(seen, said, agreement)
