"""An opening of each kind of matter that every node takes, so that draws can go on from there."""

from dataclasses import replace

from drawn_bodies import T0
from two_nodes import an_agreement

from wideberth.council.figures import Period, digest_of
from wideberth.council.figures import canonical as written
from wideberth.council.figures_all import figures_of
from wideberth.formats.agreement_json import canonical
from wideberth.model.council_rules import Precedence
from wideberth.model.volume import Arena
from wideberth.peering.council.action import ActionOpened
from wideberth.peering.council.agreement import AgreementProposed
from wideberth.peering.council.assurance import AssuranceGiven
from wideberth.peering.council.call import CallMade
from wideberth.peering.council.caveat import CaveatRaised
from wideberth.peering.council.concern import ConcernRaised
from wideberth.peering.council.consent import ConsentAsked
from wideberth.peering.council.decision import DecisionProposed
from wideberth.peering.council.drill import DrillOpened, Exercise
from wideberth.peering.council.incident import IncidentForm, IncidentReported
from wideberth.peering.council.meeting import MeetingCalled, MeetingKind
from wideberth.peering.council.review import ReviewOpened
from wideberth.peering.council.said import Opening
from wideberth.peering.wire_footprint import WireCircle
from wideberth.peering.wire_scope import WireScope

_PERIOD = Period(T0 - 100.0, T0 - 10.0)
_FIGURES = written(figures_of((), ("north", "south"), an_agreement(), _PERIOD))
_NEXT = replace(an_agreement(), version=2)
_ROLE = {"role": "duty officer"}
_CIRCLE = WireCircle(centre=(33.0, 34.0), radius_m=20_000.0)
_SCOPE = WireScope(start_s=T0, end_s=T0 + 86_400.0, arenas=tuple(Arena), area=_CIRCLE)
_OPENINGS: tuple[Opening, ...] = (
    ActionOpened(title="Tell units", owner="south", owner_role="deputy", due_s=T0 + 60.0, **_ROLE),
    AgreementProposed(text=canonical(_NEXT).decode(), **_ROLE),
    AssuranceGiven(title="Nothing near", scope=_SCOPE, **_ROLE),
    CallMade(precedence=Precedence.FLASH, to_role="deputy", words="Hello.", language="en", **_ROLE),
    CaveatRaised(
        who="an airline", about="area/the strait", owed_by="south", owed_role="deputy", **_ROLE
    ),
    ConcernRaised(title="Low passes", words="Two.", without_clause=True, **_ROLE),
    ConsentAsked(activity="A1", area="C1", digest="ab" * 32, begins_s=T0 + 3600.0, **_ROLE),
    DecisionProposed(title="Frequencies", text="Use 243 MHz.", **_ROLE),
    DrillOpened(what=Exercise.END_TO_END, **_ROLE),
    IncidentReported(title="Loss", form=IncidentForm(text="It fell.", happened_s=T0), **_ROLE),
    MeetingCalled(title="First", meeting_kind=MeetingKind.WORKING_GROUP, **_ROLE),
    ReviewOpened(
        from_s=_PERIOD.from_s,
        to_s=_PERIOD.to_s,
        figures=_FIGURES.decode(),
        digest=digest_of(_FIGURES),
        **_ROLE,
    ),
)
SAMPLES = {one.kind: one for one in _OPENINGS}
