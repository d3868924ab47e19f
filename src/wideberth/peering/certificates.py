"""A node's own TLS certificate: a wrapper for its key, and nothing that has to be believed.

The peer knows the key from a key statement; so the certificate is signed by itself, and good from
1970 until 9999 (RFC 5280, 4.1.2.5), so that no clock, which may be wrong on either side, can break
the line. Names in it are for people who look at a connection.
"""

import hashlib
import ipaddress
from datetime import UTC, datetime
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_FIRST: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
_NAME_BYTES: Final = 64  # RFC 5280, appendix A: ub-common-name
_USAGE: Final = x509.KeyUsage(
    digital_signature=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
_BOTH_ENDS: Final = (ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH)


def make_certificate(key: Ed25519PrivateKey, *, party: str, host: str) -> str:
    """Return the certificate in PEM; the same key and names give the same bytes."""
    public = key.public_key()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _short(party))])
    serial = int.from_bytes(hashlib.sha256(public.public_bytes_raw()).digest()[:16]) | 1
    made = (
        x509.CertificateBuilder(subject_name=name, issuer_name=name, public_key=public)
        .serial_number(serial)
        .not_valid_before(_FIRST)
        .not_valid_after(_LAST)
        .add_extension(x509.SubjectAlternativeName([_host(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_USAGE, critical=True)
        .add_extension(x509.ExtendedKeyUsage(_BOTH_ENDS), critical=False)
        .sign(key, None)
    )
    return made.public_bytes(Encoding.PEM).decode("ascii")


def _short(party: str) -> str:
    return party.encode()[:_NAME_BYTES].decode(errors="ignore")


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
