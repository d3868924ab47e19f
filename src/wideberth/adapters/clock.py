"""The computer's clock."""

import asyncio
import time


class SystemClock:
    """Time as the computer has it; whoever cares keeps it right (NTP, GNSS)."""

    def now_s(self) -> float:
        """Return seconds UTC since 1970."""
        return time.time()  # noqa: TID251 - the one place that reads the clock

    async def sleep(self, seconds: float) -> None:
        """Return after so long; at once for nothing or less."""
        await asyncio.sleep(max(0.0, seconds))
