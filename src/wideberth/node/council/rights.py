"""Who may say what in the council: the right that a kind of matter asks for, and exceptions."""

from collections.abc import Mapping
from typing import Final

from wideberth.node.people import Permission
from wideberth.peering.council.agreement import (
    AgreementResumed,
    AgreementSigned,
    AgreementSuspended,
    AgreementTerminated,
)
from wideberth.peering.council.drill import (
    DrillAcknowledged,
    DrillAnswered,
    DrillPassed,
    DrillRead,
)
from wideberth.peering.council.said import Said

_OF_KIND: Final[Mapping[str, Permission]] = {"call": Permission.HOTLINE}
_OF_BODY: Final[Mapping[type[Said], Permission]] = {
    AgreementSigned: Permission.SIGN,
    AgreementSuspended: Permission.SIGN,
    AgreementResumed: Permission.SIGN,
    AgreementTerminated: Permission.SIGN,
    DrillAnswered: Permission.ACKNOWLEDGE,
    DrillRead: Permission.ACKNOWLEDGE,
    DrillPassed: Permission.ACKNOWLEDGE,
    DrillAcknowledged: Permission.ACKNOWLEDGE,
}


def right_to(kind: str, body: type[Said]) -> Permission:
    """Return the right to say a body of a kind of matter."""
    return _OF_BODY.get(body, _OF_KIND.get(kind, Permission.COUNCIL))
