"""What the desk answers to a command."""

from msgspec import Struct

from wideberth.council.matter import Matter
from wideberth.node.case_records import InterferenceCase
from wideberth.node.promise_records import Broken
from wideberth.node.records import Held, Met, Notice


class NotJudged(Struct, frozen=True, kw_only=True):
    """A pair of arenas that no rule covers while both are in use: not clear, not looked at."""

    arenas: tuple[str, str]
    why: str


class Answer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a command did. Only what the command was about is there; the rest is empty.

    conflicts: all that the activity has now; broken: the assurances that it acts against. reply:
    envelope to give to the peer that asked; refusal: why there is none, where something had to be
    kept all the same (two histories). notices: as queued by this command. case: of interference,
    matter: of the council, as they are now. advice: what the asker should know (a late notice,
    say).
    """

    activity: Held | None = None
    conflicts: tuple[Met, ...] = ()
    broken: tuple[Broken, ...] = ()
    not_judged: tuple[NotJudged, ...] = ()
    notices: tuple[Notice, ...] = ()
    case: InterferenceCase | None = None
    matter: Matter | None = None
    advice: tuple[str, ...] = ()
    reply: bytes = b""
    refusal: str = ""
    count: int = 0
