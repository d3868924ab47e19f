"""Messages in our ledger, by their hashes."""

from collections.abc import Collection
from hashlib import sha256

from wideberth.node import tables
from wideberth.node.logbook import Logbook
from wideberth.node.ports import Reader
from wideberth.peering import tree


def held(reader: Reader, wanted: Collection[str]) -> dict[str, int | None]:
    """Return at which entry of our ledger each message is, as the ledger's tree proves it.

    None: it is not held, its content was deleted, or the entry is not what the tree says.
    """
    found: dict[str, int | None] = dict.fromkeys(wanted)
    left = {one for one in wanted if one}
    log = Logbook(reader)
    for key, raw in reader.scan(tables.ENTRY, newest=True):
        if not left:
            break
        digest = sha256(raw).hexdigest()
        if digest in left:
            left.discard(digest)
            index = int(key)
            is_proven = tree.leaf_hash(raw) == log.hash_at(0, index)
            found[digest] = index if is_proven else None
    return found
