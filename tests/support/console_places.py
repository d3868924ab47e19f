"""Every screen's address, with an example where a screen shows one thing."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

from console_nodes import ConsoleNode

from console import Console

Query = Callable[[ConsoleNode], dict[str, str]]


def places(console: Console) -> Iterator[tuple[str, str]]:
    """Yield the name and address of every screen of the person at the console."""
    for screen in console.screens():
        example = EXAMPLES.get(screen.path)
        query = f"?{urlencode(example(console.node))}" if example else ""
        yield screen.path, f"{screen.path}{query}"


def _activity(node: ConsoleNode) -> dict[str, str]:
    """Return the own activity with most to show: in the air, and not over."""
    own = [
        one["activity"]
        for one in node.get("/activities?limit=1000")["items"]
        if one["activity"]["party"] == node.party and one["activity"].get("state") != "Withdrawn"
    ]
    first = min(own, key=lambda one: one["volumes"][0]["arena"])
    return {"party": node.party, "id": first["id"]}


def _conflict(node: ConsoleNode) -> dict[str, str]:
    return {"id": node.get("/conflicts")["items"][0]["id"]}


def _notice(way: str) -> Query:
    def found(node: ConsoleNode) -> dict[str, str]:
        notices = node.get("/notices?limit=1000")["items"]
        return {"notice": next(one["message"] for one in notices if one["way"] == way)}

    return found


def _matter(*kinds: str) -> Query:
    """Return the matter of the first kind that there is, with most said in it."""

    def found(node: ConsoleNode) -> dict[str, str]:
        for kind in kinds:
            those: list[dict[str, Any]] = [
                one["matter"]
                for one in node.get("/council?limit=1000")["items"]
                if one["matter"]["kind"] == kind
            ]
            if those:
                one = max(those, key=lambda matter: len(matter.get("steps", ())))
                return {"ref": f"{kind}/{one['opener']}/{one['id']}"}
        return {}

    return found


def _call(node: ConsoleNode) -> dict[str, str]:
    return {"call": _matter("call")(node)["ref"]}


def _case(node: ConsoleNode) -> dict[str, str]:
    case = node.get("/interference")["items"][0]
    return {"party": case["opener"], "id": case["id"]}


EXAMPLES: dict[str, Query] = {
    "plan/board": _activity,
    "plan/edit": lambda node: {"id": _activity(node)["id"]},
    "plan/conflicts": _conflict,
    "plan/read-back": _notice("out"),
    "watch/notices": _notice("in"),
    "watch/hotline": _call,
    "council/agreement": _matter("agreement"),
    "council/meetings": _matter("meeting"),
    "council/decisions": _matter("decision"),
    "council/concerns": _matter("concern"),
    "council/assurances": _matter("assurance"),
    "council/incidents": _matter("incident"),
    "council/third-parties": _matter("caveat"),
    "spectrum/interference": _case,
}
