"""Which state of an activity may follow which (ASTM F3548-21, 4.4), and Withdrawn."""

from typing import Final

from wideberth.model.activity import State

_NEXT: Final = {
    State.ACCEPTED: frozenset(
        {State.ACTIVATED, State.NONCONFORMING, State.CONTINGENT, State.ENDED, State.WITHDRAWN}
    ),
    State.ACTIVATED: frozenset({State.NONCONFORMING, State.CONTINGENT, State.ENDED}),
    State.NONCONFORMING: frozenset({State.ACTIVATED, State.CONTINGENT, State.ENDED}),
    State.CONTINGENT: frozenset({State.ENDED}),
    State.ENDED: frozenset[State](),
    State.WITHDRAWN: frozenset[State](),
}


def next_states(state: State) -> frozenset[State]:
    """Return the states that may follow; none, where the activity is over."""
    return _NEXT[state]
