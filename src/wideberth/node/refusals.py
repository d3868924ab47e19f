"""Why a node says no; each class is something the asker does differently."""

from wideberth.errors import WideberthError


class RefusalError(WideberthError):
    """A command that is not done; nothing was written."""


class NotFoundError(RefusalError):
    """What the command is about is not here."""


class ConflictingRevisionError(RefusalError):
    """Somebody changed it in between; `held` is the revision in force."""

    def __init__(self, what: str, *, held: int, remedy: str = "") -> None:
        self.held = held
        super().__init__(what, remedy=remedy)


class NotAllowedError(RefusalError):
    """The state of things, or the asker's part in them, does not allow it."""


class IncompleteError(RefusalError):
    """A declaration that lacks something or cannot be meant; all problems are in `problems`.

    Each problem is (where, what, remedy).
    """

    def __init__(self, problems: tuple[tuple[str, str, str], ...]) -> None:
        self.problems = problems
        count = len(problems)
        super().__init__(
            f"the declaration has {count} problem{'s' if count != 1 else ''}: "
            + "; ".join(f"{where}: {what}" for where, what, _remedy in problems),
            remedy="Mend all of them and declare again.",
        )


class StrangerError(RefusalError):
    """Bytes that cannot be laid at a peer's door: unknown key, bad signature, not for us."""


class GapError(RefusalError):
    """A message that came before its time; `expected` is the number that is missing."""

    def __init__(self, expected: int) -> None:
        self.expected = expected
        super().__init__(
            f"message {expected} is missing before this one.", remedy=f"Send from {expected} on."
        )


class TwoHistoriesError(RefusalError):
    """A peer said two things under one number; both are kept as evidence."""
