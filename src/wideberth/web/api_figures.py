"""The figures of a period and the score board of drills, as this node's ledger and store have them.

Figures that are given to the other side are a matter: POST /api/v1/council/review (ADR 13).
"""

from functools import partial
from typing import Final

from msgspec import Struct

from wideberth.council.drill_score import Score
from wideberth.council.figures import Figures, Period, canonical, digest_of
from wideberth.node.council.drill_board import board_of
from wideberth.node.council.figures_read import figures_here
from wideberth.node.people import Permission
from wideberth.node.refusals import NotAllowedError, NotFoundError
from wideberth.peering.strict import Instant
from wideberth.web.api_forms import Form
from wideberth.web.api_route import Asked, v1, v1_read


class OfPeriod(Form, frozen=True):
    """From when up to before when, seconds UTC."""

    from_s: Instant
    to_s: Instant


class Given(Struct, frozen=True, kw_only=True):
    """Figures as a review gives them: their canonical JSON, and its SHA-256."""

    from_s: float
    to_s: float
    figures: str
    digest: str


async def figures(asked: Asked) -> Figures:
    """Return the figures of a period with a party; raises NotAllowedError for one that is none."""
    desk, both, query = asked.desk, (asked.desk.party, _other(asked)), asked.query
    if not query.from_s < query.to_s <= desk.clock.now_s():
        raise NotAllowedError("a period ends after it begins, and is over.")
    period, agreement = Period(query.from_s, query.to_s), desk.agreement
    return await desk.read(partial(figures_here, parties=both, agreement=agreement, period=period))


async def given(asked: Asked) -> Given:
    """Return the figures of a period in the form in which they are given."""
    text = canonical(await figures(asked))
    return Given(
        from_s=asked.query.from_s,
        to_s=asked.query.to_s,
        figures=text.decode(),
        digest=digest_of(text),
    )


async def score(asked: Asked) -> tuple[Score, ...]:
    """Return the score board of all drills with a party."""
    desk, both = asked.desk, (asked.desk.party, _other(asked))
    now_s, agreement = desk.clock.now_s(), desk.agreement
    return await desk.read(partial(board_of, parties=both, agreement=agreement, now_s=now_s))


def _other(asked: Asked) -> str:
    party = asked.path("party")
    others = [one for one in asked.desk.agreement.parties if one != asked.desk.party]
    if party not in others:
        raise NotFoundError("there is no such other party.", remedy=f"Others: {', '.join(others)}.")
    return party


ROUTES: Final = (
    v1_read(
        "/parties/{party}/drill-score",
        "The score board of drills with a party",
        score,
        tuple[Score, ...],
        says=(404,),
    ),
    v1(
        "GET",
        "/parties/{party}/figures",
        Permission.COUNCIL,
        "The figures of a period with a party, from the ledger",
        handle=figures,
        query=OfPeriod,
        gives=Figures,
        says=(404,),
    ),
    v1(
        "GET",
        "/parties/{party}/figures/given",
        Permission.COUNCIL,
        "The figures of a period in the form in which a review gives them",
        handle=given,
        query=OfPeriod,
        gives=Given,
        says=(404,),
    ),
)
