"""The line to the peers' nodes: HTTPS with both certificates pinned, and no more than agreed.

No redirect, no cookie, no proxy, no compression, no name looked up but the peer's own; an answer
is bounded in size and time. What goes wrong is told apart in a word or two, for the watch.
"""

import asyncio
import errno
import ssl
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Final

import httpx2

from wideberth.node.ports import LinkError
from wideberth.peering.lines import (
    CARD_PATH,
    CONTENT_TYPE,
    MAX_EXCHANGE_BYTES,
    MESSAGES_PATH,
    LinesError,
    join_lines,
    split_lines,
    that_fit,
)

Contexts = Callable[[Sequence[str]], ssl.SSLContext]
# Idle connections are let go before the server would do it: no request meets a closing door.
_LIMITS: Final = httpx2.Limits(
    max_connections=4, max_keepalive_connections=1, keepalive_expiry=30.0
)
_HEADERS: Final = {
    "accept": CONTENT_TYPE,
    "accept-encoding": "identity",
    "content-type": CONTENT_TYPE,
    "user-agent": "wideberth",
}


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait: for the connection, for the next bytes, for the whole exchange."""

    connect_s: float = 5.0
    read_s: float = 30.0
    whole_s: float = 60.0


class PeerHttps:
    """A PeerLink; `contexts` makes a client's TLS context that trusts these certificates alone."""

    def __init__(self, contexts: Contexts, *, patience: Patience | None = None) -> None:
        self._contexts = contexts
        self._patience = patience or Patience()
        self._clients: dict[str, httpx2.AsyncClient] = {}

    async def set_peer(self, party: str, url: str, certificates: Sequence[str]) -> None:
        """Talk to this peer there, under these certificates, from now on.

        Also to be called when our own certificate changes. An exchange in progress on the line
        before is broken off, with LinkError.
        """
        client = self._client(url, self._contexts(certificates))
        before = self._clients.get(party)
        self._clients[party] = client
        if before is not None:
            await before.aclose()

    async def remove_peer(self, party: str) -> None:
        """Talk to this peer no more."""
        before = self._clients.pop(party, None)
        if before is not None:
            await before.aclose()

    async def exchange(self, peer: str, envelopes: Sequence[bytes]) -> Sequence[bytes]:
        """Deliver envelopes in order and return the answers, one each, in order.

        More than one request may carry: the first that fit. Raises LinkError.
        """
        sent = that_fit(envelopes)
        if not sent:
            return ()
        body = await self._ask(peer, "POST", MESSAGES_PATH, join_lines(sent))
        try:
            answers = split_lines(body)
        except LinesError as error:
            raise LinkError(f"bad answer: {error.what}") from error
        if len(answers) > len(sent):
            raise LinkError("bad answer: more lines than were sent")
        return answers

    async def card(self, peer: str) -> bytes:
        """Return the peer's own card as it hands it out now; raises LinkError."""
        return await self._ask(peer, "GET", CARD_PATH, b"")

    async def close(self) -> None:
        """Close all lines."""
        clients, self._clients = self._clients, {}
        for client in clients.values():
            await client.aclose()

    def _client(self, url: str, context: ssl.SSLContext) -> httpx2.AsyncClient:
        patience = self._patience
        return httpx2.AsyncClient(
            base_url=url,
            verify=context,
            headers=_HEADERS,
            follow_redirects=False,
            trust_env=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx2.Timeout(patience.read_s, connect=patience.connect_s),
            limits=_LIMITS,
        )

    async def _ask(self, peer: str, method: str, path: str, content: bytes) -> bytes:
        client = self._clients.get(peer)
        if client is None:
            raise LinkError("no line to this peer is set up")
        try:
            async with (
                asyncio.timeout(self._patience.whole_s),
                client.stream(method, path, content=content) as response,
            ):
                _check_head(response, method)
                return await _bounded_body(response)
        except (TimeoutError, httpx2.TimeoutException) as error:
            raise LinkError("time-out") from error
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError) as error:
            raise LinkError(_reason(error)) from error
        except (ValueError, OverflowError, ExceptionGroup) as error:  # no socket takes such a port
            raise LinkError("unreachable") from error
        except RuntimeError as error:  # the client was closed under us by set_peer or close
            raise LinkError("the line was closed") from error


def _check_head(response: httpx2.Response, method: str) -> None:
    if response.status_code != httpx2.codes.OK:
        raise LinkError(f"HTTP {response.status_code}")
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise LinkError("bad answer: compressed")
    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if method == "POST" and kind != CONTENT_TYPE:
        raise LinkError("bad answer: another content type")


async def _bounded_body(response: httpx2.Response) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > MAX_EXCHANGE_BYTES:
            raise LinkError("bad answer: too long")
    return bytes(body)


def _reason(error: BaseException) -> str:
    """Say in a word or two what failed; never with words of the peer's."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "TLS pin mismatch: the peer shows another certificate"
        if isinstance(cause, ssl.SSLWantReadError | ssl.SSLWantWriteError):
            return "TLS refused, or broken off: one that refuses resets the line as a fault does"
        if isinstance(cause, ssl.SSLEOFError):
            return "broken off"
        if isinstance(cause, ssl.SSLError) and "BAD_RECORD_MAC" in (cause.reason or ""):
            return "bytes were altered on the line"
        if isinstance(cause, ssl.SSLError):
            return "TLS refused: the peer does not take our certificate, or speaks other TLS"
        if isinstance(cause, ConnectionRefusedError):
            return "refused: nothing listens there"
        if isinstance(cause, OSError) and cause.errno in {errno.ECONNRESET, errno.EPIPE}:
            return "broken off"
    if isinstance(error, httpx2.ConnectError):
        return "unreachable"
    if isinstance(error, httpx2.ProtocolError | httpx2.DecodingError):
        return "bad answer: broken off, or not HTTP"
    return "broken off"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and all that led to it."""
    todo, seen = [error], set[int]()
    while todo:
        one = todo.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        if isinstance(one, BaseExceptionGroup):
            todo.extend(one.exceptions)
        todo.extend(cause for cause in (one.__cause__, one.__context__) if cause is not None)
