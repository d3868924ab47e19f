"""A TLS certificate as one thing only: the public key in it (RFC 7858, 4.2 and appendix A).

Names, dates and issuers in the certificate are not evidence of anything here: the peer's root key
says which certificates are its own, in a key statement, and until it says otherwise.
"""

import hashlib

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import Certificate, load_der_x509_certificate, load_pem_x509_certificate

from wideberth.errors import WideberthError


class PinError(WideberthError):
    """Text that is not one certificate in PEM and nothing else."""


def pin_of(certificate_pem: str) -> str:
    """Return the hex SHA-256 of the certificate's SubjectPublicKeyInfo.

    Raises PinError for anything but exactly one certificate, in the form a PEM writer gives it: a
    second certificate hidden behind the first would be trusted and never shown.
    """
    try:
        certificate = load_pem_x509_certificate(certificate_pem.encode("ascii"))
        same = certificate.public_bytes(Encoding.PEM).decode("ascii") == certificate_pem
        found = _pin(certificate)
    except Exception as error:  # the library raises many kinds, none of them documented
        raise PinError("This is no certificate in PEM.") from error
    if not same:
        raise PinError("There is more than one certificate in PEM here, or another form of it.")
    return found


def pin_of_der(certificate: bytes) -> str | None:
    """Return the pin of a certificate as TLS gives it; None if its key cannot be read."""
    try:
        return _pin(load_der_x509_certificate(certificate))
    except Exception:  # noqa: BLE001 - as above; whoever asks treats None as a stranger
        return None


def _pin(certificate: Certificate) -> str:
    key = certificate.public_key()
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(spki).hexdigest()
