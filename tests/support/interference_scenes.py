"""Reports of interference between north and south, and the steps of their cases.

async with two_nodes() as pair:
    await opened(pair.north, cease=True); await pair.settle()
    (case,) = await cases_of(pair.south)
"""

import asyncio
import math

from two_nodes import T0, two_nodes

from wideberth.model.command import AnswerCease, CloseCase, ObserveCase, OpenCase, RequestCease
from wideberth.model.interference import Bearing, CeaseAnswer, Effect, Outcome, Report, Service
from wideberth.model.span import FrequencyBand, TimeWindow
from wideberth.node import cases

CLOCK = {"cease request", "cease unanswered", "cease promise not kept"}
GPS = FrequencyBand(1_563.42e6, 1_587.42e6)


def a_report(**different):
    """Return a report of GPS lost, from a minute before T0 on."""
    fields = {
        "system": "GPS of two helicopters",
        "service": Service.GNSS,
        "band": GPS,
        "effect": Effect.LOST,
        "when": TimeWindow(T0 - 60.0, math.inf),
        "role": "duty officer",
        "bearing": Bearing(45.0, (33.0, 34.0)),
    }
    return Report(**(fields | different))


async def opened(node, *, case="GPS-1", cease=False, report=None, peer=None):
    """Have a node open a case with the other; return the case."""
    peer = peer or {"north": "south", "south": "north"}[node.party]
    command = OpenCase(peer, report or a_report(), "ann", case=case, cease=cease)
    return (await node.do(command)).case


async def asked(node, case="GPS-1", **different):
    command = RequestCease(**({"case": case, "role": "duty officer", "by": "ann"} | different))
    return (await node.do(command)).case


async def answered(node, answer=CeaseAnswer.CEASED, *, opener="north", case="GPS-1", **different):
    fields = {"role": "spectrum manager", "by": "bob"} | different
    return (await node.do(AnswerCease(opener, case, answer, **fields))).case


async def observed(node, words="it comes and goes", *, opener="north", case="GPS-1", **different):
    fields = {"role": "watch", "by": "cem", "words": words} | different
    return (await node.do(ObserveCase(opener, case, **fields))).case


async def closed(node, outcome=Outcome.CEASED, *, case="GPS-1", words="gone since 12:04"):
    command = CloseCase(case, outcome, "duty officer", "ann", words)
    return (await node.do(command)).case


async def cases_of(node, *, is_open=False):
    """Return what a node holds of cases, closed ones too."""
    return (await node.desk.read(lambda reader: cases.cases(reader, is_open=is_open)))[0]


def said(case):
    """Return what both sides must hold alike of a case: who said what, in the order of their own.

    Without what each node knows for itself: its clock, its ledger, who gave it there.
    """
    own = {}
    for step in case.steps:
        words = (step.kind, step.said_s, step.role, step.words, step.answer, step.when_s)
        line = (*words, step.effect, step.bearing, step.outcome, step.message)
        own.setdefault(step.party, []).append(line)
    return (case.opener, case.id, case.other, case.report, case.state, case.outcome, own)


def played(scene, agreement=None):
    async def whole():
        async with two_nodes(agreement) as pair:
            result = await scene(pair)
            assert pair.network.failures == []
            return result

    return asyncio.run(whole())


async def red(node):
    """Return the kinds of alarms about cases that last at a node."""
    kinds = {"interference", "will not cease", *CLOCK}
    return sorted(kinds & set(await node.alarms()))
