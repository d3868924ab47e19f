"""Passwords: argon2id with the second recommended option of RFC 9106 section 4."""

import asyncio
from collections.abc import Callable
from typing import Final, TypeVar

from argon2 import Parameters, PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from wideberth.errors import WideberthError
from wideberth.node.people import PasswordRuleError

T = TypeVar("T")

LEAST: Final = 12
MOST: Final = 256
MOST_WAITING: Final = 32
_AT_ONCE: Final = 2  # 64 MiB each: many who sign in at once wait, instead of taking all memory


class TooBusyError(WideberthError):
    """Very many sign in at once; nothing was looked at."""


class Passwords:
    """Hashes and verifies in a thread, two at once: 3 passes over 64 MiB on 4 lanes.

    Beyond 32 that wait it raises TooBusyError.
    """

    def __init__(self, parameters: Parameters = RFC_9106_LOW_MEMORY) -> None:
        self._hasher = PasswordHasher.from_parameters(parameters)
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._waiting = 0
        self._nobody = ""

    async def hash(self, password: str) -> str:
        """Return the hash, its parameters and salt in it."""
        return await self._in_turn(self._hasher.hash, password)

    async def is_right(self, hashed: str, password: str) -> bool:
        """Return whether it is the password; with no hash it takes as long, and is not."""
        if not hashed:
            if not self._nobody:
                self._nobody = await self.hash("nobody has this password")
            await self.is_right(self._nobody, password)
            return False
        return await self._in_turn(self._verify, hashed, password)

    async def _in_turn(self, work: Callable[..., T], *words: str) -> T:
        if self._waiting >= MOST_WAITING:
            raise TooBusyError("too many sign in at once.", remedy="Try again in a few seconds.")
        self._waiting += 1
        try:
            async with self._turns:
                return await asyncio.to_thread(work, *words)
        finally:
            self._waiting -= 1

    def _verify(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False


def check_password(password: str, *, name: str) -> None:
    """Raise PasswordRuleError unless a password may be used: length decides (NIST SP 800-63B)."""
    if not LEAST <= len(password) <= MOST:
        raise PasswordRuleError(
            f"the password has not between {LEAST} and {MOST} characters.",
            remedy="Take four or five words that do not belong together.",
            where="password",
        )
    if len(set(password)) < LEAST // 2 or (name and name.lower() in password.lower()):
        raise PasswordRuleError(
            "the password repeats few characters or holds the user's name.",
            remedy="Take four or five words that do not belong together.",
            where="password",
        )
