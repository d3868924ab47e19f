"""A matter with where it stands, as the API and the command line show it."""

from typing import Any

import msgspec
from msgspec import Struct, structs

from wideberth.council.kinds import KINDS, stand_of
from wideberth.council.matter import Matter
from wideberth.model.agreement import Agreement


class Shown(Struct, frozen=True, kw_only=True):
    """ref: kind/opener/id. stand: what stands, by kind (council/<kind>.py). matter: every step."""

    ref: str
    stand: dict[str, Any]
    matter: Matter


def shown(matter: Matter, agreement: Agreement, *, newest: bool = False) -> Shown:
    """Return a matter as it is shown; newest: with its newest step alone, for lists."""
    stand = msgspec.to_builtins(stand_of(matter, agreement))
    stand = {"is_open": True} | stand
    if newest:
        matter = structs.replace(matter, steps=matter.steps[-1:])
    return Shown(ref=matter.ref, stand=stand, matter=matter)


def word_of(said: object) -> str:
    """Return the word for what a step says: "open", or the word that its kind has for it."""
    kind = KINDS[type(said).kind]  # type: ignore[attr-defined]
    return next((word for word, body in kind.steps.items() if type(said) is body), "open")
