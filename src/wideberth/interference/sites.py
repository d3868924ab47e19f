"""Emitters so near one another that their signals mix in each other's last stages: a site."""

from collections.abc import Sequence

import numpy as np

from wideberth.engine.columns import NO_LINK, ROLES
from wideberth.engine.field import Field
from wideberth.engine.near import candidates
from wideberth.engine.separation import Reach
from wideberth.model.volume import Role


def sites(field: Field, within_m: float) -> list[tuple[int, ...]]:
    """Return sets of emissions on the air at one time and place, as far as one hangs on another.

    A chain of emitters, each within reach of the next, counts as one site: more products are
    looked at than can be, never fewer. Those of one activity, or of linked ones, count too.
    Places in the field, ascending; sites of one are left out.
    """
    members = np.flatnonzero(field.columns.role == ROLES.index(Role.EMIT))
    reach = Reach(lateral_m=within_m, vertical_m=np.inf, time_s=0.0, freq_hz=np.inf)
    first, second = candidates(field.columns, members, members, reach, within=True)
    pairs = [*zip(first.tolist(), second.tolist(), strict=True), *_own(field, members.tolist())]
    return _joined(members.tolist(), pairs)


def _own(field: Field, members: Sequence[int]) -> list[tuple[int, int]]:
    """Return emissions of one activity or of linked ones, which no search for conflicts pairs."""
    columns = field.columns
    found = []
    for codes, nobody in ((columns.activity, None), (columns.link, NO_LINK)):
        those: dict[int, int] = {}
        for member in members:
            code = int(codes[member])
            if code != nobody and code in those:
                found.append((those[code], member))
            those[code] = member
    return found


def _joined(members: Sequence[int], pairs: Sequence[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Return the sets that pairs join."""
    root = {member: member for member in members}

    def root_of(member: int) -> int:
        while root[member] != member:
            root[member] = root[root[member]]
            member = root[member]
        return member

    for one, other in pairs:
        root[max(root_of(one), root_of(other))] = min(root_of(one), root_of(other))
    found: dict[int, list[int]] = {}
    for member in members:
        found.setdefault(root_of(member), []).append(member)
    return [tuple(those) for those in found.values() if len(those) > 1]
