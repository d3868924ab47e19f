"""Tokens: keys of programs, each for a user and with no more rights than it needs; keys of units.

The secret is shown once; the store has its SHA-256.
"""

import hashlib
from base64 import urlsafe_b64encode
from typing import Final

import msgspec

from wideberth.node import tables
from wideberth.node.people import (
    ApiToken,
    Identity,
    NotKnownError,
    Permission,
    UnitToken,
    permissions_of,
)
from wideberth.node.people_users import user_of
from wideberth.node.ports import Chance, Clock, Reader, Store, Transaction
from wideberth.node.refusals import NotAllowedError

PREFIX: Final = "wb_"  # so that a scanner finds one that was pasted where it should not be
UNIT_PREFIX: Final = "wbu_"
LONGEST_S: Final = 366 * 86400.0

_Kept = ApiToken | UnitToken


class Tokens:
    """The tokens of a node."""

    def __init__(self, store: Store, clock: Clock, chance: Chance) -> None:
        self._store = store
        self._clock = clock
        self._chance = chance

    async def issue(
        self, user: str, scopes: frozenset[Permission], *, title: str, lasts_s: float
    ) -> tuple[str, ApiToken]:
        """Return a new secret and its record. Raises NotAllowedError beyond the user's rights."""
        secret, token_id = self._drawn(PREFIX)
        now_s = self._clock.now_s()
        token = ApiToken(
            id=token_id,
            user=user,
            title=title,
            scopes=tuple(sorted(scopes)),
            created_s=now_s,
            expires_s=now_s + _lasting(lasts_s),
        )

        def work(transaction: Transaction) -> None:
            owner = user_of(transaction, user)
            if owner is None:
                raise NotKnownError(f"there is no user {user!r}.")
            beyond = sorted(scopes - permissions_of(owner.roles))
            if beyond or not scopes:
                raise NotAllowedError(
                    f"a token of {user!r} cannot have: {', '.join(beyond) or 'no scope'}.",
                    remedy="Give scopes that the user's roles have.",
                )
            transaction.put(tables.TOKEN, token_key(secret), msgspec.json.encode(token))

        await self._store.transact(work)
        return secret, token

    async def issue_to_unit(self, unit: str, *, lasts_s: float) -> tuple[str, UnitToken]:
        """Return a unit's new secret and its record; those it had before are void."""
        secret, token_id = self._drawn(UNIT_PREFIX)
        now_s = self._clock.now_s()
        token = UnitToken(
            id=token_id, unit=unit, created_s=now_s, expires_s=now_s + _lasting(lasts_s)
        )

        def work(transaction: Transaction) -> None:
            for key, kept in _all(transaction):
                if isinstance(kept, UnitToken) and kept.unit == unit:
                    transaction.delete(tables.TOKEN, key)
            transaction.put(tables.TOKEN, token_key(secret), msgspec.json.encode(token))

        await self._store.transact(work)
        return secret, token

    async def identity(self, secret: str) -> Identity | None:
        """Return who a program's token speaks for; None: unknown, lapsed, revoked, user barred."""
        return await self._store.read(lambda reader: self._identity(reader, secret))

    async def unit_of(self, secret: str) -> str | None:
        """Return the unit that a token belongs to; None: unknown, lapsed or revoked."""
        kept = await self._store.read(lambda reader: self._live(reader, secret))
        return kept.unit if isinstance(kept, UnitToken) else None

    async def revoke(self, token_id: str) -> None:
        """Make a token void. Raises NotKnownError."""

        def work(transaction: Transaction) -> None:
            keys = [key for key, kept in _all(transaction) if kept.id == token_id]
            for key in keys:
                transaction.delete(tables.TOKEN, key)
            if not keys:
                raise NotKnownError("there is no such token.")

        await self._store.transact(work)

    async def all(self) -> list[_Kept]:
        """Return all tokens, oldest first; those that lapsed too."""
        rows = await self._store.read(_all)
        return sorted((kept for _key, kept in rows), key=lambda kept: (kept.created_s, kept.id))

    def _drawn(self, prefix: str) -> tuple[str, str]:
        secret = prefix + urlsafe_b64encode(self._chance.token(32)).decode().rstrip("=")
        return secret, self._chance.token(6).hex()

    def _live(self, reader: Reader, secret: str) -> _Kept | None:
        record = reader.get(tables.TOKEN, token_key(secret))
        if record is None:
            return None
        kept = msgspec.json.decode(record, type=_Kept)
        return kept if self._clock.now_s() < kept.expires_s else None

    def _identity(self, reader: Reader, secret: str) -> Identity | None:
        kept = self._live(reader, secret)
        user = user_of(reader, kept.user) if isinstance(kept, ApiToken) else None
        if user is None or user.disabled or not isinstance(kept, ApiToken):
            return None
        allowed = permissions_of(user.roles) & {*kept.scopes, Permission.SIGNED_IN}
        return Identity(user.name, frozenset(allowed), token=kept.id, roles=user.roles)


def token_key(secret: str) -> str:
    """Return the key under which a token is kept."""
    return hashlib.sha256(b"token\0" + secret.encode(errors="replace")).hexdigest()


def _all(reader: Reader) -> list[tuple[str, _Kept]]:
    rows = reader.scan(tables.TOKEN)
    return [(key, msgspec.json.decode(record, type=_Kept)) for key, record in rows]


def _lasting(lasts_s: float) -> float:
    if not 0.0 < lasts_s <= LONGEST_S:
        raise NotAllowedError(
            "a token lasts more than no time and at most 366 days.", remedy="Give lasts_s."
        )
    return lasts_s
