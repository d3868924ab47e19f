"""What the two sides of the demonstration say to each other around the day's activities."""

from typing import Final

from wideberth.assembly.demo_nodes import DemoNode
from wideberth.assembly.demo_people import DUTY
from wideberth.council.matter import Matter
from wideberth.model.command import ClearAlarm, OpenCase
from wideberth.model.council_rules import Precedence
from wideberth.model.footprint import Circle
from wideberth.model.interference import Effect, Report, Service, Source
from wideberth.model.span import FrequencyBand, TimeWindow
from wideberth.model.volume import Arena
from wideberth.node import queries
from wideberth.node.council.saying import Say
from wideberth.node.people import Role
from wideberth.peering.council.assurance import AssuranceGiven
from wideberth.peering.council.bodies import CouncilBody
from wideberth.peering.council.call import CallAnswered, CallMade, CallTaken
from wideberth.peering.council.concern import Cited, ConcernAnswered, ConcernRaised, Evidence
from wideberth.peering.council.meeting import MeetingCalled, MeetingPoint, When
from wideberth.peering.wire_footprint import WireCircle
from wideberth.peering.wire_scope import WireScope
from wideberth.units import METRES_PER_NAUTICAL_MILE

_DAY_S: Final = 86_400.0
_NM: Final = METRES_PER_NAUTICAL_MILE
_DEPUTY: Final = "deputy"
_LANE: Final = (25.95, 35.95)


async def open_talk(north: DemoNode, south: DemoNode) -> tuple[Matter, ...]:
    """Open the matters of the day, each at the side that begins it."""
    now_s = north.desk.clock.now_s()
    lane = await _opened(
        north,
        Role.SECRETARY,
        ConcernRaised(
            role=_DEPUTY,
            title="Firing beside the ferry lane",
            words="Twice this month firing was declared within sight of the ferry. Will the lane"
            " stay clear while the ferry sails?",
            clause="S1",
            evidence=(
                Cited(kind=Evidence.ACTIVITY, what="south/S-FIRING", vouched_by=DUTY),
                Cited(
                    kind=Evidence.PRESS,
                    what="A harbour paper writes of smoke seen from the ferry",
                    vouched_by=_DEPUTY,
                    source="The harbour paper",
                    reported_s=now_s - _DAY_S,
                ),
            ),
        ),
    )
    relay = await _opened(
        north,
        Role.SECRETARY,
        ConcernRaised(
            role=_DEPUTY,
            title="The relay shares our data link's channel",
            words="Can the relay use another channel while the patrol flies?",
            without_clause=True,
            evidence=(Cited(kind=Evidence.ACTIVITY, what="south/S-RELAY", vouched_by=DUTY),),
        ),
    )
    clear = await _opened(south, Role.SECRETARY, _assurance(now_s))
    meeting = await _opened(
        south,
        Role.SECRETARY,
        MeetingCalled(
            role=_DEPUTY,
            title="Channels and lanes for the summer",
            when=When(start_s=now_s + 3.0 * _DAY_S, end_s=now_s + 3.0 * _DAY_S + 7200.0),
            place="The island's harbour office",
            head=_DEPUTY,
        ),
    )
    asked = await _opened(
        south,
        Role.WATCH,
        CallMade(
            role=DUTY,
            to_role=DUTY,
            precedence=Precedence.PRIORITY,
            words="Our ferry is half an hour late. Does your towed sonar cross its lane?",
            language="en",
        ),
    )
    noon = await _opened(
        north,
        Role.WATCH,
        CallMade(
            role=DUTY,
            to_role=DUTY,
            precedence=Precedence.ROUTINE,
            words="Two aircraft of the patrol are back at noon; one goes on alone.",
            language="en",
        ),
    )
    await north.desk.do(OpenCase("south", _interference(now_s), Role.SPECTRUM.value, cease=True))
    return lane, relay, clear, meeting, asked, noon


async def go_on(north: DemoNode, south: DemoNode, opened: tuple[Matter, ...]) -> None:
    """Answer some of what was opened, once both sides know of it; the rest waits for people."""
    lane, _relay, clear, meeting, asked, _noon = opened
    words = "It will; the firing was moved, and we give an assurance for the lane."
    answer = ConcernAnswered(
        opener=lane.opener, matter=lane.id, role=_DEPUTY, words=words, assurance=clear.ref
    )
    point = MeetingPoint(
        opener=meeting.opener, matter=meeting.id, role=_DEPUTY, title="A lane for the ferry"
    )
    taken = CallTaken(opener=asked.opener, matter=asked.id, role=DUTY)
    reply = CallAnswered(
        opener=asked.opener,
        matter=asked.id,
        role=DUTY,
        words="It does not; it stays five miles to the west until dusk.",
        language="en",
    )
    await south.desk.do(Say(answer, Role.SECRETARY.value))
    for said, by in ((point, Role.SECRETARY), (taken, Role.WATCH), (reply, Role.WATCH)):
        await north.desk.do(Say(said, by.value))


async def deal_with_late(node: DemoNode) -> None:
    """Have the watch deal with all but one of the alarms of what came too late to act."""
    late = [one for one in await node.desk.read(queries.alarms) if one.kind == "too late to act"]
    how = "Told by voice on the hotline before it began; our units keep clear."
    for alarm in late[1:]:
        await node.desk.do(ClearAlarm(alarm.id, Role.WATCH.value, how))


async def _opened(node: DemoNode, by: Role, opening: CouncilBody) -> Matter:
    answer = await node.desk.do(Say(opening, by.value))
    assert answer.matter is not None, "an opening opens a matter"
    return answer.matter


def _assurance(now_s: float) -> AssuranceGiven:
    return AssuranceGiven(
        role=_DEPUTY,
        title="No firing within 5 miles of the ferry lane",
        clause="S1",
        scope=WireScope(
            start_s=now_s,
            end_s=now_s + 6.0 * _DAY_S,
            arenas=(Arena.SEA,),
            kinds=("firing",),
            area=WireCircle(centre=_LANE, radius_m=5.0 * _NM),
        ),
    )


def _interference(now_s: float) -> Report:
    return Report(
        system="data link of the patrol flights",
        service=Service.DATA_LINK,
        band=FrequencyBand(312.0e6, 312.2e6),
        effect=Effect.DEGRADED,
        when=TimeWindow(now_s - 900.0, float("inf")),
        role="spectrum manager",
        place=Circle((25.6, 36.2), 8.0 * _NM),
        source=Source("south", "S-RELAY", "It began with the relay's trial."),
        action="Moved to the spare channel, which is noisy.",
    )
