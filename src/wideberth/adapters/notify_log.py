"""Alerts as log lines: for whoever has nothing better, and beside whatever is better."""

from typing import Final

import structlog

_log: Final = structlog.stdlib.get_logger(__name__)


class NotifyLog:
    """Writes each alert to the log, as a warning with the role it is for."""

    async def alert(self, role: str, text: str) -> None:
        """Tell whoever holds the role, if they read the log."""
        await _log.awarning("alert", role=role, text=text)
