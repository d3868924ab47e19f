"""What uvicorn leaves out: who is at the other end of TLS, and patience that ends.

The pin of the client's certificate is put into every request's scope, where no header can reach:
scope["extensions"]["wideberth.client"] = {"pin": "<hex>"}. A request whose line and headers do not
come in time, or are too long, ends the connection.
"""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from wideberth.peering.pins import pin_of_der

EXTENSION: Final = "wideberth.client"
HEADERS_TIME_S: Final = 10.0
FAREWELL_ON_TLS_S: Final = 0.2
MAX_HEADERS_BYTES: Final = 65_536


class BoundedHttpProtocol(HttpToolsProtocol):
    """A connection to the node: HTTP/1.1, over TLS or not."""

    _pin: str | None = None
    _patience: asyncio.TimerHandle | None = None
    _headers_bytes: int = 0
    _in_headers: bool = True
    _completed: int = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Note who is there, and begin to wait for a request."""
        super().connection_made(transport)
        tls = transport.get_extra_info("ssl_object")
        certificate = None if tls is None else tls.getpeercert(binary_form=True)
        self._pin = None if certificate is None else pin_of_der(certificate)
        self._await_headers()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count the bytes until the headers are complete, and hand them on."""
        before, waiting = self._completed, self._in_headers
        if waiting:
            self._headers_bytes += len(data)
        super().data_received(data)
        if not waiting or not self._in_headers or self._completed != before:
            return
        if self._headers_bytes > MAX_HEADERS_BYTES:
            self.transport.close()
        if self._patience is None:  # empty lines before a request buy no time either
            self._await_headers()

    def on_message_begin(self) -> None:
        """Begin a request; the pin goes into its scope."""
        super().on_message_begin()
        self._await_headers()
        if self._pin is not None:
            self.scope["extensions"] = {EXTENSION: {"pin": self._pin}}

    def on_headers_complete(self) -> None:
        """Let the request go to the application."""
        self._in_headers = False
        self._stop_waiting()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Count anew for the next request."""
        self._in_headers = True
        self._headers_bytes = 0
        self._completed += 1
        super().on_message_complete()

    def shutdown(self) -> None:
        """End the connection once its answer is given; an idle one now.

        A client that does not answer TLS's farewell would keep the whole server waiting.
        """
        super().shutdown()
        if self.transport.is_closing():
            self.loop.call_later(FAREWELL_ON_TLS_S, self.transport.abort)

    def _await_headers(self) -> None:
        self._stop_waiting()
        self._patience = self.loop.call_later(HEADERS_TIME_S, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None


def client_pin(scope: Mapping[str, Any]) -> str | None:
    """Return the pin of the certificate that the client showed in TLS, or None."""
    pin = scope.get("extensions", {}).get(EXTENSION, {}).get("pin")
    return pin if isinstance(pin, str) else None
