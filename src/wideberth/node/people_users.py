"""Users: made, changed and removed by an administrator; the first by a code that is used once."""

import hashlib
from base64 import b32encode
from collections.abc import Iterable
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from wideberth.node import tables
from wideberth.node.people import (
    LastAdminError,
    NameTakenError,
    NotKnownError,
    NotSignedInError,
    PasswordRuleError,
    Role,
    User,
)
from wideberth.node.people_passwords import Passwords, check_password
from wideberth.node.ports import Chance, Clock, Reader, Store, Transaction

_FIRST: Final = "first_admin"
_CODE_LASTS_S: Final = 7 * 86400.0
_MOST_USERS: Final = 10_000


class _FirstAdmin(Struct, frozen=True):
    """The hash of the code, and when it lapses."""

    hashed: str
    expires_s: float


async def open_first_admin(
    store: Store, chance: Chance, *, now_s: float, again: bool = False
) -> str:
    """Return a code that makes an administrator, once and within 7 days; replaces the one before.

    Raises NameTakenError where there are users, unless again: the passwords of all administrators
    are lost, and who asks has the node's own machine.
    """
    code = b32encode(chance.token(15)).decode()
    record = msgspec.json.encode(_FirstAdmin(_digest(code), now_s + _CODE_LASTS_S))

    def work(transaction: Transaction) -> None:
        if not again and next(transaction.scan(tables.USER, limit=1), None) is not None:
            raise NameTakenError("this node has users.", remedy="Ask an administrator.")
        transaction.put(tables.META, _FIRST, record)

    await store.transact(work)
    return "-".join(code[at : at + 6] for at in range(0, 24, 6))


def user_of(reader: Reader, name: str) -> User | None:
    """Return a user."""
    record = reader.get(tables.USER, tables.key(name))
    return None if record is None else msgspec.json.decode(record, type=User)


class Users:
    """The users of a node."""

    def __init__(self, store: Store, clock: Clock, passwords: Passwords) -> None:
        self._store = store
        self._clock = clock
        self._passwords = passwords

    async def claim_first_admin(self, code: str, name: str, password: str) -> User:
        """Make an administrator; the code is spent. Raises NotSignedInError, NameTakenError."""
        check_password(password, name=name)
        digest = _digest(code.replace("-", "").upper())
        await self._store.read(lambda reader: self._refuse_code(reader, digest))
        user = await self._new(name, (Role.ADMIN,), password)

        def work(transaction: Transaction) -> None:
            self._refuse_code(transaction, digest)
            _refuse_taken(transaction, name)
            transaction.delete(tables.META, _FIRST)
            _put(transaction, user)

        await self._store.transact(work)
        return user

    def _refuse_code(self, reader: Reader, digest: str) -> None:
        record = reader.get(tables.META, _FIRST)
        first = None if record is None else msgspec.json.decode(record, type=_FirstAdmin)
        if first is None or first.hashed != digest or self._clock.now_s() >= first.expires_s:
            raise NotSignedInError(
                "the code is wrong, spent or lapsed.",
                remedy="Make a new one on the node's own machine.",
            )

    async def add(self, name: str, roles: Iterable[Role], password: str) -> User:
        """Make a user; password "": it uses tokens alone and cannot sign in."""
        if password:
            check_password(password, name=name)
        user = await self._new(name, roles, password)

        def work(transaction: Transaction) -> None:
            _refuse_taken(transaction, name)
            _put(transaction, user)

        await self._store.transact(work)
        return user

    async def change(
        self, name: str, *, roles: Iterable[Role] | None = None, disabled: bool | None = None
    ) -> User:
        """Give other roles, or bar or admit; sessions end. Raises LastAdminError."""

        def work(transaction: Transaction) -> User:
            user = _known(transaction, name)
            changed = replace(
                user,
                roles=user.roles if roles is None else tuple(sorted(set(roles))),
                disabled=user.disabled if disabled is None else disabled,
                version=user.version + 1,
            )
            _put(transaction, changed)
            if not any(Role.ADMIN in u.roles and not u.disabled for u in _all(transaction)):
                raise LastAdminError(
                    f"{name!r} is the last administrator.", remedy="Make another one first."
                )
            return changed

        return await self._store.transact(work)

    async def set_password(self, name: str, password: str, *, old: str | None = None) -> None:
        """Set a new password; old: must be right if given. Sessions end."""
        check_password(password, name=name)
        if old is not None:
            user = await self._store.read(lambda reader: _known(reader, name))
            if not await self._passwords.is_right(user.password, old):
                raise NotSignedInError("the old password is wrong.")
            if old == password:
                raise PasswordRuleError("the new password is the old one.", where="password")
        hashed = await self._passwords.hash(password)

        def work(transaction: Transaction) -> None:
            user = _known(transaction, name)
            _put(transaction, replace(user, password=hashed, version=user.version + 1))

        await self._store.transact(work)

    async def one(self, name: str) -> User | None:
        """Return a user."""
        return await self._store.read(lambda reader: user_of(reader, name))

    async def all(self) -> list[User]:
        """Return all users by name."""
        return await self._store.read(_all)

    async def _new(self, name: str, roles: Iterable[Role], password: str) -> User:
        hashed = await self._passwords.hash(password) if password else ""
        listed = tuple(sorted(set(roles)))
        return User(name=name, roles=listed, password=hashed, created_s=self._clock.now_s())


def _put(transaction: Transaction, user: User) -> None:
    transaction.put(tables.USER, tables.key(user.name), msgspec.json.encode(user))


def _refuse_taken(reader: Reader, name: str) -> None:
    if user_of(reader, name) is not None:
        raise NameTakenError(f"there is a user {name!r}.", remedy="Take another name.")


def _known(reader: Reader, name: str) -> User:
    user = user_of(reader, name)
    if user is None:
        raise NotKnownError(f"there is no user {name!r}.")
    return user


def _all(reader: Reader) -> list[User]:
    rows = reader.scan(tables.USER, limit=_MOST_USERS)
    return [msgspec.json.decode(record, type=User) for _key, record in rows]


def _digest(code: str) -> str:
    return hashlib.sha256(b"first admin\0" + code.encode()).hexdigest()
