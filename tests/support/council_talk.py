"""A matter talked through by two parties without nodes: each step as a node would take it."""

from msgspec import structs
from two_nodes import T0, an_agreement

from wideberth.council.kinds import KINDS, stand_of
from wideberth.council.matter import Matter, Step
from wideberth.council.stand import Seen

AGREEMENT = an_agreement()


class Talk:
    """One matter, its clock moved by hand; `say` refuses what a node would refuse to say."""

    def __init__(self, opening, opener="north", agreement=AGREEMENT, now_s=T0):
        self.agreement, self.now_s = agreement, now_s
        kind = KINDS[opening.kind]
        parties = agreement.parties
        said = structs.replace(
            opening, opener=opener, matter="X-1", turn=1, at_s=now_s, parties=parties
        )
        kind.may(None, said, opener, agreement)
        step = Step(party=opener, said=said, known_s=now_s)
        self.matter = Matter(
            kind=kind.name, opener=opener, id="X-1", parties=parties, opened_s=now_s, steps=(step,)
        )

    def say(self, party, body, after_s=0.0):
        """Say something if it may be said and fits; return what stands then."""
        kind = KINDS[self.matter.kind]
        said = self._filled(body, after_s)
        kind.may(self.matter, said, party, self.agreement)
        kind.fits(self.matter, said, party, self.agreement)
        return self._taken(party, said)

    def hear(self, party, body, after_s=0.0, turn=None):
        """Take a step as from a peer's node, which may have crossed others."""
        said = self._filled(body, after_s, turn)
        KINDS[self.matter.kind].may(self.matter, said, party, self.agreement)
        return self._taken(party, said)

    def _filled(self, body, after_s, turn=None):
        self.now_s += after_s
        turn = turn or self.matter.last_turn + 1
        return structs.replace(body, opener="north", matter="X-1", turn=turn, at_s=self.now_s)

    def _taken(self, party, said):
        self.matter = self.matter.with_step(Step(party=party, said=said, known_s=self.now_s))
        return self.stand

    @property
    def stand(self):
        return stand_of(self.matter, self.agreement)

    def owed(self):
        """Return what is owed: (what, party, how long after the start of the talk)."""
        return [(due.what, due.party, due.at_s - T0) for due in self.stand.dues]

    def alarms(self, party, now_s):
        """Return the names of the alarms at a party's side at a time."""
        watch = KINDS[self.matter.kind].watch(self.matter, Seen(party, now_s, self.agreement))
        return {alert.name for alert in watch.alerts}
