"""The door for peers: lines in, one answer a line out, the same over HTTPS and from a file."""

import asyncio
from collections.abc import Sequence

from wideberth.errors import WideberthError
from wideberth.model.command import Receive
from wideberth.node.desk import Desk, DeskClosedError
from wideberth.node.refusals import GapError, StrangerError
from wideberth.peering.problem import Problem, decode_problem, encode_problem


async def receive_all(desk: Desk, envelopes: Sequence[bytes], *, via: str) -> list[bytes]:
    """Return a receipt for each envelope, in order; a refusal is the last answer given.

    They are given to the desk together, in order, so that one commit takes them all. What follows
    a refused one gets no answer now: its sender sends it again, and a message counts once.
    """
    given = [receive_one(desk, envelope, via=via) for envelope in envelopes]
    answers = await asyncio.gather(*given)
    first = next((at for at, one in enumerate(answers) if is_refusal(one)), len(answers))
    return answers[: first + 1]


async def receive_one(desk: Desk, envelope: bytes, *, via: str) -> bytes:
    """Return the receipt for an envelope, or a refusal line."""
    try:
        answer = await desk.do(Receive(envelope, via))
    except GapError as error:
        return _line(error.what, "gap", expected=error.expected)
    except StrangerError as error:
        return _line(error.what, "stranger")
    except DeskClosedError as error:
        return _line(error.what, "closed")
    except WideberthError as error:
        return _line(f"the node could not take it ({type(error).__name__})", "failed")
    except Exception:  # noqa: BLE001 - a message must not take the node down; the desk logs it
        return _line("the node could not take it", "failed")
    if answer.refusal:
        return _line(answer.refusal, "two_histories")
    return answer.reply


def is_refusal(line: bytes) -> bool:
    """Return whether an answer is a refusal and not a receipt."""
    return decode_problem(line) is not None


def _line(problem: str, code: str, *, expected: int | None = None) -> bytes:
    return encode_problem(Problem(problem=problem, code=code, expected=expected))
