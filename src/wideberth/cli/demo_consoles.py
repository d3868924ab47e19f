"""Where the demonstration's consoles are, and how to sign in; a browser is opened where one can."""

import asyncio
import os
import sys
import webbrowser
from collections.abc import Sequence
from typing import Final

from wideberth.assembly.demo_nodes import DemoNode
from wideberth.assembly.demo_people import EVERYTHING, SEATS
from wideberth.cli.demo_voice import Voice
from wideberth.node.people import Role

_DISPLAYS: Final = ("DISPLAY", "WAYLAND_DISPLAY")


def console_of(node: DemoNode) -> str:
    """Return the address of a node's console, which works on this machine alone."""
    return f"http://127.0.0.1:{node.running.api_port}/"


def show_consoles(voice: Voice, nodes: Sequence[DemoNode], password: str) -> None:
    """Say where the consoles are and who can sign in."""
    for node in nodes:
        voice.line(f"{node.party}'s console: {console_of(node)}", "bold")
    others = ", ".join((*(role.value for role in SEATS), Role.ADMIN.value))
    voice.line(f"Sign in as {EVERYTHING}, or as {others}, with the password")
    voice.line(f"  {password}", "bold")


async def open_consoles(nodes: Sequence[DemoNode]) -> None:
    """Open the consoles in a browser, if there is a display to show one."""
    has_display = any(os.environ.get(name) for name in _DISPLAYS)
    if sys.platform not in ("darwin", "win32") and not has_display:
        return
    for node in nodes:
        await asyncio.to_thread(webbrowser.open, console_of(node))
