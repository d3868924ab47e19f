"""All bodies of the council's messages."""

from wideberth.peering.council.action import ActionBody
from wideberth.peering.council.agreement import AgreementBody
from wideberth.peering.council.assurance import AssuranceBody
from wideberth.peering.council.call import CallBody
from wideberth.peering.council.caveat import CaveatBody
from wideberth.peering.council.concern import ConcernBody
from wideberth.peering.council.consent import ConsentBody
from wideberth.peering.council.decision import DecisionBody
from wideberth.peering.council.drill import DrillBody
from wideberth.peering.council.incident import IncidentBody
from wideberth.peering.council.meeting import MeetingBody
from wideberth.peering.council.review import ReviewBody

CouncilBody = (
    ActionBody
    | AgreementBody
    | AssuranceBody
    | CallBody
    | CaveatBody
    | ConcernBody
    | ConsentBody
    | DecisionBody
    | DrillBody
    | IncidentBody
    | MeetingBody
    | ReviewBody
)
