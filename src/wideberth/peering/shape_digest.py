"""What stands for the volumes of an activity as disclosed, the same on every side."""

import hashlib

import msgspec

from wideberth.model.activity import Activity
from wideberth.peering.wire import to_wire


def shape_digest(seen: Activity) -> str:
    """Return the hash of an activity's volumes as disclosed: where, how high and when (SHA-256).

    Another title, state or revision leaves it as it is.
    """
    return hashlib.sha256(msgspec.json.encode(to_wire(seen).volumes)).hexdigest()
