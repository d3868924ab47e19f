"""Taking up an agreement that has come into force, while the node runs."""

from dataclasses import replace

from wideberth.node.ports import Store
from wideberth.node.renewing import Alerts, renew
from wideberth.node.work import Bench
from wideberth.node.working_agreement import settings_now


async def renewed(bench: Bench, store: Store, now_s: float) -> tuple[Bench, Alerts]:
    """Return the bench under the agreement in force now, with all that the store holds searched.

    The same bench where that is no other; and who is to be alerted of what was found. The desk
    takes nothing meanwhile.
    """
    now = await store.read(lambda reader: settings_now(reader, bench.settings))
    if now is bench.settings:
        return bench, []
    new = replace(bench, settings=now)
    alerts: Alerts = []
    await renew(new, store, now_s, alerts=alerts)
    return new, alerts
