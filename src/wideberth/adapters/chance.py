"""Chance from the operating system."""

import secrets


class SystemChance:
    """Unpredictable bytes, as the system gives them for keys."""

    def token(self, size: int) -> bytes:
        """Return so many bytes that nobody can guess."""
        return secrets.token_bytes(size)
