"""The signed agreement that this node works under, kept in its store as it was signed.

A node starts with the agreement of its file. Once one is signed in the council and in force, its
canonical bytes in the store count, unless the file has a later version; every process that opens
the store finds it there.
"""

from typing import Final

import msgspec
from msgspec import Struct

from wideberth.errors import WideberthError
from wideberth.formats import agreement_json
from wideberth.model.agreement import Agreement
from wideberth.node import tables
from wideberth.node.ports import Reader, Transaction
from wideberth.node.settings import Settings

_KEY: Final = "agreement in force"
_DIGEST: Final = "agreement in force, digest"


class Working(Struct, frozen=True, kw_only=True):
    """An agreement in force: its canonical bytes, the matter in which it was signed, since when."""

    text: str
    digest: str
    version: int
    matter: str
    since_s: float


class UnreadableAgreementError(WideberthError):
    """The signed agreement in the store cannot be read by this program."""


def working(reader: Reader) -> Working | None:
    """Return the signed agreement in force; None: none was signed here yet."""
    record = reader.get(tables.META, _KEY)
    return None if record is None else msgspec.json.decode(record, type=Working)


def working_digest(reader: Reader) -> str:
    """Return the digest of the signed agreement in force; empty: none."""
    return (reader.get(tables.META, _DIGEST) or b"").decode()


def put_in_force(transaction: Transaction, one: Working) -> None:
    """Note which agreement is in force from now on; the desk takes it up after this command."""
    transaction.put(tables.META, _KEY, msgspec.json.encode(one))
    transaction.put(tables.META, _DIGEST, one.digest.encode())


def agreement_of(one: Working) -> Agreement:
    """Return the agreement; raises UnreadableAgreementError."""
    reading = agreement_json.read(one.text.encode(), one.matter)
    if reading.agreement is None:
        problem = reading.problems[0]
        raise UnreadableAgreementError(
            f"the signed agreement cannot be read: {problem.what}",
            remedy="Use the program that signed it, or a newer one.",
            where=one.matter,
        )
    return reading.agreement


def agreement_now(reader: Reader, of_file: Agreement) -> Agreement:
    """Return the agreement to work under: the signed one, unless the file has a later version."""
    found = working(reader)
    if found is None or found.version < of_file.version:
        return of_file
    return agreement_of(found)


def settings_now(reader: Reader, settings: Settings) -> Settings:
    """Return the settings to work under: those given, unless another agreement came into force."""
    found = working(reader)
    if found is None or found.digest == settings.agreement_digest:
        return settings
    if found.version < settings.agreement.version:
        return settings
    return Settings.of(settings.party, agreement_of(found))


def is_another(reader: Reader, settings: Settings) -> bool:
    """Return whether a command has just put another agreement in force."""
    digest = working_digest(reader)
    return digest not in ("", settings.agreement_digest) and (
        settings_now(reader, settings) is not settings
    )
