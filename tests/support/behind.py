"""What befalls a node behind its back: records altered in its store, words put into its mouth."""

import json

from wideberth.node import tables
from wideberth.node.draft import Draft
from wideberth.node.outgoing import send
from wideberth.node.work import Work


async def altered(node, table, key, change):
    """Alter a record of a node's store; change takes and returns its JSON as a dict (or None)."""

    def work(transaction):
        record = transaction.get(table, key)
        assert record is not None, "there is nothing to alter"
        after = change(json.loads(record))
        if after is None:
            transaction.delete(table, key)
        else:
            transaction.put(table, key, json.dumps(after).encode())

    await node.store.transact(work)


async def altered_activity(node, party, name, change):
    """Alter what a node holds of an activity."""
    await altered(node, tables.ACTIVITY, tables.key(party, name), change)


async def whisper(node, party, body):
    """Have a node say something to a peer that no command of its own would; return its hash."""

    def work(transaction):
        draft = Draft(transaction)
        sent = send(Work(node.desk.bench, draft, node.clock.now_s()), party, body)
        draft.keep()
        return sent.digest

    return await node.store.transact(work)


async def pass_time(pair, seconds, *, step_s=5.0):
    """Let time pass on both nodes, with a tick and all that follows every few seconds."""
    left_s = seconds
    while left_s > 0.0:
        pair.clock.now += min(step_s, left_s)
        left_s -= step_s
        for node in (pair.north, pair.south):
            await node.tick()
        await pair.settle()


async def compared(pair):
    """Have both nodes compare their lists in force once more, and settle."""
    await pass_time(pair, pair.north.desk.agreement.notice.reconcile_s + 120.0, step_s=60.0)
