"""Annual reviews: agreed when both sides' figures are the same to the last digit (R29)."""

import msgspec
from msgspec import Struct

from wideberth.council.clocks import joined, watch_dues
from wideberth.council.figures import Figures, digest_of, read_figures
from wideberth.council.figures_differ import Difference, differences, unlike
from wideberth.council.matter import Matter
from wideberth.council.refusals import NotFittingError
from wideberth.council.stand import Alert, Due, Idle, Kind, Seen, Stand, Watch
from wideberth.formats.times import show_utc
from wideberth.model.agreement import Agreement
from wideberth.peering.council.review import ReviewAnswered, ReviewOpened
from wideberth.peering.council.said import Said


class Given(Struct, frozen=True, kw_only=True):
    """Which figures a party gave: the digest of their canonical form, and when."""

    party: str
    digest: str
    at_s: float


class ReviewStand(Stand, frozen=True, kw_only=True, omit_defaults=True):
    """state: opened (one side has given its figures), agreed or differs.

    sides: in the order of the values in `differences`. why: what explains them, in words.
    """

    from_s: float
    to_s: float
    sides: tuple[str, str]
    given: tuple[Given, ...] = ()
    differences: tuple[Difference, ...] = ()
    why: tuple[str, ...] = ()


def stand(matter: Matter, agreement: Agreement) -> ReviewStand:
    """Return where a review stands."""
    opening = matter.opening
    assert isinstance(opening, ReviewOpened), "a review opens with figures"
    newest: dict[str, ReviewOpened | ReviewAnswered] = {}
    idle: list[Idle] = []
    for step in matter.steps:
        said = step.said
        assert isinstance(said, ReviewOpened | ReviewAnswered)
        if _is_agreed(newest):
            late = "the figures were agreed already"
            idle.append(Idle(turn=said.turn, party=step.party, why=late))
            continue
        newest[step.party] = said
    other = matter.others(matter.opener)[0]
    sides = (matter.opener, other)
    state = "agreed" if _is_agreed(newest) else "differs" if len(newest) > 1 else "opened"
    differ: tuple[Difference, ...] = ()
    why: tuple[str, ...] = ()
    if state == "differs":
        differ, why = _differences(sides, newest)
    question = agreement.council.question
    due_s = opening.at_s + question.answer_s
    due = Due(what="figures of the review", party=other, at_s=due_s, clause=question.clause)
    given = (Given(party=p, digest=s.digest, at_s=s.at_s) for p, s in newest.items())
    return ReviewStand(
        state=state,
        title=title_of(opening.from_s, opening.to_s),
        is_open=state != "agreed",
        dues=(due,) if state == "opened" else (),
        idle=tuple(idle),
        from_s=opening.from_s,
        to_s=opening.to_s,
        sides=sides,
        given=tuple(given),
        differences=differ,
        why=why,
    )


def title_of(from_s: float, to_s: float) -> str:
    """Return what a review is called."""
    return f"Review from {show_utc(float(int(from_s)))} to {show_utc(float(int(to_s)))}"


def figures_given(matter: Matter, party: str) -> Figures | None:
    """Return the newest figures that a party gave; None: it gave none."""
    said = [step.said for step in matter.steps if step.party == party]
    texts = [one.figures for one in said if isinstance(one, ReviewOpened | ReviewAnswered)]
    return read_figures(texts[-1]) if texts else None


def _is_agreed(newest: dict[str, ReviewOpened | ReviewAnswered]) -> bool:
    return len(newest) > 1 and len({said.digest for said in newest.values()}) == 1


def _differences(
    sides: tuple[str, str], newest: dict[str, ReviewOpened | ReviewAnswered]
) -> tuple[tuple[Difference, ...], tuple[str, ...]]:
    ours, theirs = (read_figures(newest[side].figures) for side in sides)
    return differences(sides, ours, theirs), unlike(sides, ours, theirs)


def may(matter: Matter | None, said: Said, party: str, _agreement: Agreement) -> None:
    """Refuse figures that are none: not of this period and these parties, or not in their form."""
    assert isinstance(said, ReviewOpened | ReviewAnswered)
    if matter is None:
        assert isinstance(said, ReviewOpened)
        if len(said.parties) != 2 or party not in said.parties:
            raise NotFittingError("a review is between two parties.", remedy="Name the other.")
        if not said.from_s < said.to_s <= said.at_s:
            raise NotFittingError("a review is of a time that is over, and ends after it begins.")
    opening = said if matter is None else matter.opening
    assert isinstance(opening, ReviewOpened)
    parties = opening.parties
    if digest_of(said.figures.encode()) != said.digest:
        raise NotFittingError("the digest is not that of the figures.")
    try:
        figures = read_figures(said.figures)
    except (msgspec.MsgspecError, ValueError):
        raise NotFittingError("the figures are not in the form that is compared.") from None
    period = (opening.from_s, opening.to_s)
    is_ours = list(figures.parties) == sorted(parties)
    if not is_ours or (figures.from_s, figures.to_s) != period:
        raise NotFittingError("the figures are of other parties, or of another time.")


def fits(matter: Matter, _said: Said, _party: str, agreement: Agreement) -> None:
    """Refuse what comes after both have agreed."""
    if not stand(matter, agreement).is_open:
        raise NotFittingError("the figures are agreed.", remedy="Open another review.")


def watch(matter: Matter, seen: Seen) -> Watch:
    """Return its alarms: figures that are owed, and figures that differ."""
    found = stand(matter, seen.agreement)
    owed = watch_dues(matter, found, seen)
    if found.state != "differs":
        return owed
    count = len(found.differences)
    text = f"review {matter.opener}/{matter.id}: {count} figures differ between the two ledgers."
    return joined(owed, Watch((Alert("figures differ", text, dismissible=True),)))


KIND = Kind(
    name="review",
    prefix="R",
    opening=ReviewOpened,
    steps={"answer": ReviewAnswered},
    stand=stand,
    may=may,
    fits=fits,
    watch=watch,
)
