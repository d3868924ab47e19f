"""What a peer may see of an activity: the only place where that is decided.

Whatever leaves a node on its own account (messages, bundles, lists of what is in force) is made
from what `disclosed` returns.
"""

from dataclasses import replace

from wideberth.engine.hull import hull
from wideberth.model.activity import Activity, Disclosure


def disclosed(activity: Activity) -> Activity | None:
    """Return the activity as a peer may see it; None: not at all.

    full: as it is. extent: who, kind, priority, state, revision, and hulls of its volumes; no
    title, equipage, flex, power or criterion. private: nothing, not even that it exists.
    """
    match activity.disclose:
        case Disclosure.FULL:
            return replace(activity, linked="")
        case Disclosure.EXTENT:
            return hull(activity)
        case Disclosure.PRIVATE:
            return None
