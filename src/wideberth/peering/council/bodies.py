"""All bodies of the council's messages."""

from wideberth.peering.council.decision import DecisionBody

CouncilBody = DecisionBody
