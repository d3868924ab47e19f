"""The errors a caller can act on; every message says where, what, and what to do."""


class WideberthError(Exception):
    """The root of every error that Wideberth raises on purpose.

    what: what was found and what was wanted. remedy: what the reader can do about it.
    where: file, feature, line or field; empty when the caller knows better.
    """

    def __init__(self, what: str, *, remedy: str = "", where: str = "") -> None:
        self.what = what
        self.remedy = remedy
        self.where = where
        super().__init__(self.diagnostics())

    def diagnostics(self) -> str:
        """Return the three parts as one line, ready for a person."""
        head = f"{self.where}: " if self.where else ""
        tail = f" {self.remedy}" if self.remedy else ""
        return f"{head}{self.what}{tail}"


class ImpossibleValueError(WideberthError, ValueError):
    """A value that cannot exist: a reversed window, a ring that crosses itself, NaN."""


class SelfCrossingError(ImpossibleValueError):
    """A ring that crosses or touches itself; `crossing` is (lon_deg, lat_deg)."""

    def __init__(self, what: str, *, crossing: tuple[float, float], remedy: str = "") -> None:
        self.crossing = crossing
        super().__init__(what, remedy=remedy)
