"""Passwords: argon2id with the second recommended option of RFC 9106 section 4."""

import asyncio
from typing import Final

from argon2 import Parameters, PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from wideberth.node.people import PasswordRuleError

LEAST: Final = 12
MOST: Final = 256
_AT_ONCE: Final = 2  # 64 MiB each: many who sign in at once wait, instead of taking all memory


class Passwords:
    """Hashes and verifies in a thread, two at once: 3 passes over 64 MiB on 4 lanes."""

    def __init__(self, parameters: Parameters = RFC_9106_LOW_MEMORY) -> None:
        self._hasher = PasswordHasher.from_parameters(parameters)
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._nobody = ""

    async def hash(self, password: str) -> str:
        """Return the hash, its parameters and salt in it."""
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def is_right(self, hashed: str, password: str) -> bool:
        """Return whether it is the password; with no hash it takes as long, and is not."""
        if not hashed:
            if not self._nobody:
                self._nobody = await self.hash("nobody has this password")
            await self.is_right(self._nobody, password)
            return False
        async with self._turns:
            return await asyncio.to_thread(self._verify, hashed, password)

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
