"""What stands of a matter: the same on every side that has the same steps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from wideberth.council.matter import Matter
from wideberth.model.agreement import Agreement
from wideberth.peering.council.said import Opening, Said


class Due(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something owed: what, by whom, until when, under which clause of the agreement."""

    what: str
    party: str
    at_s: float
    clause: str = ""


class Idle(Struct, frozen=True, kw_only=True):
    """A step that stays in the record and changes nothing: messages crossed; why."""

    turn: int
    party: str
    why: str


class Stand(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a matter stands; kinds add what they need. It never depends on the time it is asked.

    title: short, for lists. is_open: somebody has still to do something. dues: clocks that run.
    """

    state: str
    title: str = ""
    is_open: bool = True
    dues: tuple[Due, ...] = ()
    idle: tuple[Idle, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """From where a matter is looked at: by which party, when, under which agreement.

    heard_s: by party, when its node last sent anything at all; a party never heard is not there.
    """

    party: str
    now_s: float
    agreement: Agreement
    heard_s: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Alert:
    """An alarm that should last now. name: its kind, unique within the matter.

    dismissible: a person who has dealt with it may clear it; about: with what, so that another of
    its kind is an alarm again. The text names no undisclosed thing.
    """

    name: str
    text: str
    roles: tuple[str, ...] = ()
    dismissible: bool = False
    about: str = ""

    @property
    def dismissal(self) -> str:
        """Return by what it is noted that a person has dealt with it."""
        return f"{self.name}: {self.about}" if self.about else self.name


@dataclass(frozen=True, slots=True)
class Watch:
    """The alarms that should last now, and when to look again (None: at the next step)."""

    alerts: tuple[Alert, ...] = ()
    again_s: float | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of matter; all of it pure.

    prefix: of the names that a node makes ("D-1"). steps: what may be said after the opening, by
    the word that the API's path has for it. stand: the fold over the ordered steps. may: raises
    NotAllowedError where that party may never say that in this matter (asked of peers' steps too;
    the matter is None for an opening). fits: raises it where it does not fit now (asked of our own
    steps alone: a peer's may have crossed one of ours). watch: alarms at this party's side.
    """

    name: str
    prefix: str
    opening: type[Opening]
    steps: Mapping[str, type[Said]]
    stand: Callable[[Matter, Agreement], Stand]
    may: Callable[[Matter | None, Any, str, Agreement], None]
    fits: Callable[[Matter, Any, str, Agreement], None]
    watch: Callable[[Matter, Seen], Watch]
