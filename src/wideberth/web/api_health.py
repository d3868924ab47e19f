"""Whether the node is well, its figures, and the description of its API."""

from typing import Final

from starlette.responses import Response

from wideberth.node import tables
from wideberth.node.people import Permission
from wideberth.web.api_route import Asked, Route
from wideberth.web.api_views import Health
from wideberth.web.metrics import MEDIA_TYPE


async def health(asked: Asked) -> Health:
    """Return whether the node is well: the desk works and no alarm lasts; nothing else."""
    status = asked.desk.status()
    has_stopped = not status.get("running", True)
    alarm = await asked.desk.read(lambda reader: next(reader.scan(tables.ALARM_ON, limit=1), None))
    degraded = has_stopped or bool(status.get("degraded", False)) or alarm is not None
    return Health(status="degraded" if degraded else "ok", at_s=asked.door.now_s())


async def figures(asked: Asked) -> Response:
    """Return the figures; those of the store at most 10 s old."""
    door = asked.door
    now_s = door.now_s()
    if door.metrics.is_stale(now_s):
        await asked.desk.read(lambda reader: door.metrics.count(reader, now_s))
    if door.ledger is not None:
        door.metrics.set_ledger(await door.ledger.size())
    return Response(door.metrics.text(), media_type=MEDIA_TYPE)


ROUTES: Final = (
    Route(
        method="GET",
        path="/health",
        permission=Permission.OPEN,
        summary="Whether the node is well",
        handle=health,
        gives=Health,
    ),
    Route(
        method="GET",
        path="/metrics",
        permission=Permission.METRICS,
        summary="Figures in Prometheus' text format",
        handle=figures,
        gives="text/plain",
    ),
)
