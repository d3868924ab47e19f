"""All kinds of matters, by name."""

from collections.abc import Mapping
from typing import Final

from wideberth.council import (
    action,
    agreement,
    assurance,
    call,
    caveat,
    concern,
    consent,
    decision,
    drill,
    incident,
    meeting,
    review,
)
from wideberth.council.matter import Matter
from wideberth.council.stand import Kind, Stand
from wideberth.model.agreement import Agreement

KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        action.KIND,
        agreement.KIND,
        assurance.KIND,
        call.KIND,
        caveat.KIND,
        concern.KIND,
        consent.KIND,
        decision.KIND,
        drill.KIND,
        incident.KIND,
        meeting.KIND,
        review.KIND,
    )
}


def stand_of(matter: Matter, agreement: Agreement) -> Stand:
    """Return where a matter stands."""
    return KINDS[matter.kind].stand(matter, agreement)
