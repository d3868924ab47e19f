"""Backups of the store, made from the console."""

from typing import Final

from wideberth.node.people import Permission
from wideberth.web.api_route import Asked, Route, v1
from wideberth.web.backups import Backup


async def listed(asked: Asked) -> tuple[Backup, ...]:
    """Return the backups in the node's folder, newest first."""
    return tuple(await asked.door.backups.all())


async def make(asked: Asked) -> Backup:
    """Make a copy of the store as it is now, in the node's folder, while the node works on.

    501 where the store is not a file: the remedy says how it is copied.
    """
    return await asked.door.backups.make()


_ADMIN: Final = Permission.ADMIN
ROUTES: Final[tuple[Route, ...]] = (
    v1("GET", "/backup", _ADMIN, "Backups", handle=listed, gives=tuple[Backup, ...]),
    v1(
        "POST",
        "/backup",
        _ADMIN,
        "Copy the store into the node's folder",
        handle=make,
        gives=Backup,
        status=201,
        says=(501, 503),
    ),
)
