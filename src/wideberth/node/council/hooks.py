"""What a node does beside keeping a matter: by kind, after a step and when its time has come.

Each returns what this node says thereupon by itself, in the role it names. A hook may change its
own tables; the matter itself only changes by what is said. BEFORE is asked of what is about to be
said here in a matter that there is: it returns what is to be said, or refuses it. ASKED refuses
what we are asked to say, where that takes who gives it (the matter is None for an opening).
"""

from collections.abc import Callable, Mapping
from typing import Final

from wideberth.council.matter import Matter, Step
from wideberth.node.council import (
    agreeing,
    assuring,
    consenting,
    drilling,
    freezing,
    plenaries,
    ringing,
    third_parties,
    worrying,
)
from wideberth.node.work import Work
from wideberth.peering.council.bodies import CouncilBody
from wideberth.peering.council.said import Said

After = Callable[[Work, Matter, Step], tuple[CouncilBody, ...]]
Looked = Callable[[Work, Matter], tuple[CouncilBody, ...]]
Asked = Callable[[Work, Matter | None, Said, str], None]
Before = Callable[[Work, Matter, CouncilBody], CouncilBody]

AFTER: Final[Mapping[str, After]] = {
    "agreement": agreeing.after,
    "assurance": assuring.after,
    "call": ringing.after,
    "caveat": third_parties.after,
    "concern": worrying.after,
    "consent": consenting.after,
    "drill": drilling.after,
    "meeting": plenaries.after,
    "incident": freezing.after,
}
LOOKED: Final[Mapping[str, Looked]] = {
    "agreement": agreeing.looked,
    "assurance": assuring.looked,
    "call": ringing.looked,
    "drill": drilling.looked,
    "meeting": plenaries.looked,
}
ASKED: Final[Mapping[str, Asked]] = {"agreement": agreeing.asked}
BEFORE: Final[Mapping[str, Before]] = {"drill": drilling.before}
