"""A matter as a node keeps it: every step that any party said of it, in one order for all sides.

Nothing of a matter is ever deleted. What stands is worked out from the steps (council/stand.py).
Times are seconds UTC by this node's clock unless the name says otherwise.
"""

from msgspec import Struct

from wideberth.peering.council.bodies import CouncilBody


class Delivery(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A step of ours on its way to one party: its message, and its entry in our ledger.

    delivered_s: when the peer's receipt came; received_s: when its node had the message, by its
    clock; problems: why the peer did not accept it.
    """

    peer: str
    message: str
    index: int
    delivered_s: float | None = None
    received_s: float | None = None
    problems: tuple[str, ...] = ()


class Step(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that one party said.

    known_s: when it was known here. message, index: of a peer's step, its message and its entry in
    our ledger; of our own, see deliveries. by: who gave it here, which no peer is told.
    """

    party: str
    said: CouncilBody
    known_s: float
    message: str = ""
    index: int = -1
    by: str = ""
    deliveries: tuple[Delivery, ...] = ()

    @property
    def order(self) -> tuple[int, str]:
        """Return the place of the step among all of its matter, the same on every side."""
        return self.said.turn, self.party

    @property
    def is_delivered(self) -> bool:
        """Return whether every party has it, as far as is known here."""
        return all(one.delivered_s is not None for one in self.deliveries)


class Matter(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A matter and its steps in order; the first is its opening.

    raised: alarms about it that last; dismissed: those that a person here has dealt with.
    """

    kind: str
    opener: str
    id: str
    parties: tuple[str, ...]
    opened_s: float
    steps: tuple[Step, ...]
    raised: tuple[str, ...] = ()
    dismissed: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """Return the name by which other matters refer to this one."""
        return f"{self.kind}/{self.opener}/{self.id}"

    @property
    def opening(self) -> CouncilBody:
        """Return what it was opened with."""
        return self.steps[0].said

    @property
    def last_turn(self) -> int:
        """Return the greatest turn that is known here."""
        return max(step.said.turn for step in self.steps)

    def others(self, party: str) -> tuple[str, ...]:
        """Return all parties but one."""
        return tuple(one for one in self.parties if one != party)

    def with_step(self, step: Step) -> "Matter":
        """Return the matter with one more step, in its place."""
        steps = tuple(sorted((*self.steps, step), key=lambda one: one.order))
        return Matter(
            kind=self.kind,
            opener=self.opener,
            id=self.id,
            parties=self.parties,
            opened_s=self.opened_s,
            steps=steps,
            raised=self.raised,
            dismissed=self.dismissed,
        )
