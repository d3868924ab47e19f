"""Sessions: signing in and out, and whose a session is."""

import hashlib
from base64 import urlsafe_b64encode
from typing import Final

import msgspec
from msgspec.structs import replace

from wideberth.node import tables
from wideberth.node.people import Identity, NotSignedInError, SignIn, User, permissions_of
from wideberth.node.people_passwords import Passwords
from wideberth.node.people_users import user_of
from wideberth.node.ports import Chance, Clock, Reader, Store, Transaction

IDLE_S: Final = 3600.0  # one watch officer's meal; a console that listens to /events is not idle
LONGEST_S: Final = 12 * 3600.0  # one watch
_TOUCH_S: Final = 60.0  # how exactly the last use is kept: one write a minute is enough
_MOST: Final = 50  # sessions of one user; the oldest ends


class Sessions:
    """Who is signed in. A secret is given out once; the store has its SHA-256."""

    def __init__(self, store: Store, clock: Clock, chance: Chance, passwords: Passwords) -> None:
        self._store = store
        self._clock = clock
        self._chance = chance
        self._passwords = passwords

    async def sign_in(self, name: str, password: str, *, address: str) -> str:
        """Return a new secret. Raises NotSignedInError; how long it takes tells nothing."""
        user = await self._store.read(lambda reader: user_of(reader, name))
        right = await self._passwords.is_right("" if user is None else user.password, password)
        if user is None or user.disabled or not right:
            raise NotSignedInError("name or password is wrong.", remedy="Ask an administrator.")
        return await self.open(user, address=address)

    async def open(self, user: User, *, address: str) -> str:
        """Return the secret of a new session of a user who has proven to be it."""
        secret = urlsafe_b64encode(self._chance.token(32)).decode().rstrip("=")
        now_s = self._clock.now_s()
        session = SignIn(
            user=user.name, created_s=now_s, seen_s=now_s, version=user.version, address=address
        )

        def work(transaction: Transaction) -> None:
            _prune(transaction, user.name, now_s)
            transaction.put(tables.SESSION, session_key(secret), msgspec.json.encode(session))

        await self._store.transact(work)
        return secret

    async def identity(self, secret: str) -> Identity | None:
        """Return whose session it is; None: unknown, lapsed, ended, or the user was changed."""
        key = session_key(secret)
        now_s = self._clock.now_s()
        found = await self._store.read(lambda reader: _live(reader, key, now_s))
        if found is None:
            return None
        session, user = found
        if now_s - session.seen_s >= _TOUCH_S:
            await self._store.transact(lambda transaction: _touch(transaction, key, now_s))
        csrf, allowed = csrf_of(secret), permissions_of(user.roles)
        return Identity(user.name, allowed, session=key, csrf=csrf, roles=user.roles)

    async def sign_out(self, key: str) -> None:
        """End a session by its key; it may have ended already."""
        await self._store.transact(lambda transaction: transaction.delete(tables.SESSION, key))

    async def sign_out_user(self, name: str) -> None:
        """End all sessions of a user."""

        def work(transaction: Transaction) -> None:
            for key, session in list(_all(transaction)):
                if session.user == name:
                    transaction.delete(tables.SESSION, key)

        await self._store.transact(work)


def session_key(secret: str) -> str:
    """Return the key under which a session is kept."""
    return hashlib.sha256(b"session\0" + secret.encode(errors="replace")).hexdigest()


def csrf_of(secret: str) -> str:
    """Return what unsafe requests of the session must bring; it cannot be had from the store."""
    return hashlib.sha256(b"csrf\0" + secret.encode(errors="replace")).hexdigest()


def _all(reader: Reader) -> list[tuple[str, SignIn]]:
    rows = reader.scan(tables.SESSION)
    return [(key, msgspec.json.decode(record, type=SignIn)) for key, record in rows]


def _is_over(session: SignIn, now_s: float) -> bool:
    return now_s - session.seen_s >= IDLE_S or now_s - session.created_s >= LONGEST_S


def _live(reader: Reader, key: str, now_s: float) -> tuple[SignIn, User] | None:
    record = reader.get(tables.SESSION, key)
    if record is None:
        return None
    session = msgspec.json.decode(record, type=SignIn)
    user = user_of(reader, session.user)
    if user is None or user.disabled or user.version != session.version:
        return None
    return None if _is_over(session, now_s) else (session, user)


def _touch(transaction: Transaction, key: str, now_s: float) -> None:
    """Note the use of a session, unless it ended in between."""
    record = transaction.get(tables.SESSION, key)
    if record is not None:
        session = replace(msgspec.json.decode(record, type=SignIn), seen_s=now_s)
        transaction.put(tables.SESSION, key, msgspec.json.encode(session))


def _prune(transaction: Transaction, name: str, now_s: float) -> None:
    """Delete sessions that are over, and a user's oldest beyond the most that are kept."""
    lasting: list[tuple[float, str]] = []
    for key, session in _all(transaction):
        if _is_over(session, now_s):
            transaction.delete(tables.SESSION, key)
        elif session.user == name:
            lasting.append((session.created_s, key))
    for _created_s, key in sorted(lasting)[: max(0, len(lasting) - _MOST + 1)]:
        transaction.delete(tables.SESSION, key)
