"""What is said over a telephone: a phrase as it was typed, a declaration as groups read aloud."""

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct, field

from wideberth.errors import WideberthError
from wideberth.formats.phrase_voice import TITLE
from wideberth.formats.phrases import phrase_book
from wideberth.formats.slip import write_slip
from wideberth.formats.spelling import spoken
from wideberth.node import queries
from wideberth.node.people import Permission
from wideberth.node.refusals import NotFoundError
from wideberth.peering.wire import Text, from_wire
from wideberth.web.api_activities import is_shown
from wideberth.web.api_forms import Form
from wideberth.web.api_route import Asked, v1, v1_read
from wideberth.web.problems import Fault

Spelt = Literal["", "en", "ru", "he", "ar", "fr"]
_MOST_VALUES: Final = 20


class AloudForm(Form, frozen=True):
    """party: whose activity; empty: ours. language: to spell the groups in; empty: not spelt."""

    party: Text = ""
    language: Spelt = ""


class TypedForm(Form, frozen=True):
    """A phrase's code or name, and its values by name, as they were typed."""

    code: Text
    given: Annotated[dict[str, Text], Meta(max_length=_MOST_VALUES)] = field(default_factory=dict)


class TypedShown(Struct, frozen=True, kw_only=True):
    """values: in the phrase's order, as both sides hold them; empty where `faults` names one."""

    code: str
    values: tuple[str, ...]
    faults: tuple[Fault, ...] = ()


class AloudShown(Struct, frozen=True, kw_only=True):
    """text: numbered groups with check characters, one a line; spoken: each line spelt in words."""

    text: str
    spoken: tuple[str, ...] = ()


def aloud(text: str, language: str) -> AloudShown:
    """Return groups, and each spelt in words where a language is given."""
    if not language:
        return AloudShown(text=text)
    lines = text.splitlines()
    spelt = ("" if _is_title(line) else spoken(line, language) for line in lines)
    return AloudShown(text=text, spoken=tuple(spelt))


def _is_title(line: str) -> bool:
    return line == TITLE or line.startswith("WIDEBERTH ")


async def typed(asked: Asked) -> TypedShown:
    """Return the values of a phrase as both sides hold them, and what is wrong with those typed."""
    phrase = phrase_book().phrase(asked.body.code)
    given, values, faults = dict(asked.body.given), [], []
    for parameter in phrase.parameters:
        value, wrong = "", ""
        try:
            value = parameter.values.read(given.pop(parameter.name, ""))
        except WideberthError as error:
            wrong = str(error)
        values.append(value)
        if wrong:
            remedy = f"Type it like {parameter.values.sample}."
            faults.append(Fault(where=parameter.name, what=wrong, remedy=remedy))
    strange = (Fault(where=name, what="the phrase has no such place.", remedy="") for name in given)
    return TypedShown(code=phrase.code, values=tuple(values), faults=(*faults, *strange))


async def slip(asked: Asked) -> AloudShown:
    """Return a declaration as groups to be read aloud."""
    party = asked.query.party or asked.desk.party
    name = asked.path("activity")
    held = await asked.desk.read(lambda reader: queries.activity(reader, party, name))
    if held is None or not is_shown(asked, held):
        raise NotFoundError("there is no such activity.", remedy="Give party for a peer's.")
    return aloud(write_slip(from_wire(held.activity)), asked.query.language)


ROUTES: Final = (
    v1(
        "POST",
        "/phrases/typed",
        Permission.HOTLINE,
        "What was typed for a phrase, as both sides would hold it; nothing is said by it",
        handle=typed,
        takes=TypedForm,
        gives=TypedShown,
    ),
    v1_read(
        "/activities/{activity}/slip",
        "A declaration as groups to be read aloud",
        slip,
        AloudShown,
        query=AloudForm,
        says=(404,),
    ),
)
