"""The phrase book, and calls by telephone (R8): what is read aloud, what was heard.

Calls themselves are matters: web/api_council.py.
"""

from typing import Annotated, Final

from msgspec import Meta, Struct

from wideberth.council import call_voice
from wideberth.council.call_stand import stand
from wideberth.council.matter import Matter
from wideberth.formats.phrase_voice import read_voice, write_voice
from wideberth.formats.phrases import phrase_book
from wideberth.node.council import matters, voice_heard
from wideberth.node.council.saying import Say
from wideberth.node.people import Permission
from wideberth.node.refusals import NotFoundError
from wideberth.peering.wire import Name
from wideberth.web.api_aloud import AloudShown, Spelt, aloud
from wideberth.web.api_forms import Form
from wideberth.web.api_route import Asked, v1, v1_read

_LONGEST_NAME: Final = 200


class ParameterShown(Struct, frozen=True, kw_only=True):
    """sample: a value as one may type it."""

    name: str
    type: str
    sample: str


class PhraseShown(Struct, frozen=True, kw_only=True):
    """usual: its usual precedence. wordings: by language, {name} where a value stands."""

    code: str
    name: str
    usual: str
    parameters: tuple[ParameterShown, ...]
    wordings: dict[str, str]


class BookShown(Struct, frozen=True, kw_only=True):
    """The phrase book."""

    version: int
    phrases: tuple[PhraseShown, ...]


class VoiceForm(Form, frozen=True):
    """language: to spell the groups in; empty: not spelt."""

    language: Spelt = ""


class HeardForm(Form, frozen=True):
    """text: the groups as they were taken down; role: who heard them, as the peer is told."""

    text: Annotated[str, Meta(max_length=10_000)]
    role: Name


class HeardShown(Struct, frozen=True, kw_only=True):
    """matter: the call; entered: false where it was here already, word for word."""

    matter: Matter
    entered: bool


async def book(_asked: Asked) -> BookShown:
    """Return the phrase book."""
    found = phrase_book()
    phrases = tuple(
        PhraseShown(
            code=phrase.code,
            name=phrase.name,
            usual=phrase.usual,
            parameters=tuple(
                ParameterShown(name=p.name, type=p.type, sample=p.values.sample)
                for p in phrase.parameters
            ),
            wordings=dict(phrase.wordings),
        )
        for phrase in found.phrases
    )
    return BookShown(version=found.version, phrases=phrases)


async def voice(asked: Asked) -> AloudShown:
    """Return the newest we said in a call, to be read aloud."""
    opener, name, desk = asked.path("party"), asked.path("matter"), asked.desk
    found = None
    if max(len(opener), len(name)) <= _LONGEST_NAME:
        found = await desk.read(lambda reader: matters.matter(reader, "call", opener, name))
    if found is None:
        raise NotFoundError("there is no such call.")
    message = call_voice.to_voice(found, stand(found, desk.agreement), desk.party)
    return aloud(write_voice(message), asked.query.language)


async def heard(asked: Asked) -> HeardShown:
    """Enter what a peer read aloud."""
    form, desk = asked.body, asked.desk
    message = read_voice(form.text)
    known = await desk.read(lambda reader: voice_heard.call_of(reader, message, desk.party))
    body = voice_heard.to_enter(message, known, desk.party, form.role)
    if known is not None and voice_heard.is_here(known, message, desk.agreement):
        return HeardShown(matter=known, entered=False)
    answer = await desk.do(Say(body, asked.identity.by))
    assert answer.matter is not None, "what is said in a matter is answered with it"
    return HeardShown(matter=answer.matter, entered=True)


ROUTES: Final = (
    v1_read("/phrases", "The phrase book in all its languages", book, BookShown),
    v1_read(
        "/voice/{party}/{matter}",
        "The newest we said in a call, to be read aloud",
        voice,
        AloudShown,
        query=VoiceForm,
        says=(404, 409),
    ),
    v1(
        "POST",
        "/voice",
        Permission.HOTLINE,
        "Enter what a peer read aloud",
        handle=heard,
        takes=HeardForm,
        gives=HeardShown,
        says=(404, 409),
    ),
)
