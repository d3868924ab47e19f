"""TLS between nodes: version 1.3 alone, both ends show a certificate, no authority is asked.

The certificates to trust are exactly those that the peers' key statements name. OpenSSL cannot
forget a certificate once it trusts it: so the server looks at the pin again at every request
(web/peer_api.py), and a client gets a new context whenever its peer's certificates change.
"""

import ssl
from collections.abc import Iterable
from pathlib import Path

from wideberth.errors import WideberthError


class TlsError(WideberthError):
    """The node's own certificate or key, or a peer's certificate, cannot be used."""


def server_context(
    certificate: Path, key: Path, *, passphrase: bytes | None, trusted: Iterable[str]
) -> ssl.SSLContext:
    """Return a context for a server that lets in the holders of the trusted certificates (PEM)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.num_tickets = 0  # no resumption: every connection shows its certificate
    return _finished(context, (certificate, key, passphrase), trusted)


def client_context(
    certificate: Path, key: Path, *, passphrase: bytes | None, trusted: Iterable[str]
) -> ssl.SSLContext:
    """Return a context for a client that talks to the holder of a trusted certificate alone.

    The certificate's key is the peer's identity; the name in it is not looked at.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    return _finished(context, (certificate, key, passphrase), trusted)


def https_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """Return a context for people's browsers and tools, which show no certificate of their own."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    show(context, certificate, key, None)
    return context


def trust(context: ssl.SSLContext, certificates: Iterable[str]) -> None:
    """Trust more certificates (PEM) from now on, on connections made anew."""
    for certificate in certificates:
        try:
            context.load_verify_locations(cadata=certificate)
        except (ssl.SSLError, ValueError, TypeError) as error:
            raise TlsError("A peer's certificate cannot be read.") from error


def show(context: ssl.SSLContext, certificate: Path, key: Path, passphrase: bytes | None) -> None:
    """Show this certificate from now on, on connections made anew."""
    try:
        context.load_cert_chain(certificate, key, passphrase or _never_asked)
    except (OSError, ValueError) as error:
        raise TlsError(
            "The node's own certificate or its key cannot be used.", where=str(certificate)
        ) from error


def _finished(
    context: ssl.SSLContext, own: tuple[Path, Path, bytes | None], trusted: Iterable[str]
) -> ssl.SSLContext:
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_mode = ssl.CERT_REQUIRED
    show(context, *own)
    trust(context, trusted)
    return context


def _never_asked() -> str:
    """Answer OpenSSL in place of the terminal, where it would wait for a person for ever."""
    return ""
