"""Parties with root and operational keys, all from seeds, and certificates from a stock."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from ledger_scenes import Pair, key_pair

from wideberth.peering.keys import (
    KeyStatement,
    Revoked,
    Statement,
    make_card,
    make_statement,
    open_statement,
)


@cache
def certificate(name: str) -> str:
    """Return a self-made P-256 certificate in PEM, one key a name."""
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()) >> 1
    key = ec.derive_private_key(number, ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2096, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256(), ecdsa_deterministic=True)
    )
    return made.public_bytes(Encoding.PEM).decode()


@dataclass(frozen=True)
class Holder:
    """A party with its root key; generation n of its keys is a function of n."""

    party: str

    @property
    def root(self) -> Pair:
        return key_pair(f"{self.party} root")

    def pair(self, purpose: str, generation: int) -> Pair:
        return key_pair(f"{self.party} {purpose} {generation}")

    def said(self, number: int, **different: object) -> KeyStatement:
        fields = {
            "party": self.party,
            "number": number,
            "envelope": self.pair("envelope", number).public_key.hex(),
            "log": self.pair("log", number).public_key.hex(),
            "cosign": self.pair("cosign", number).public_key.hex(),
            "tls": (certificate(f"{self.party} {number}"),),
        }
        return KeyStatement(**fields | different)

    def raw(self, number: int, *, consent: Callable | None = None, **different: object) -> bytes:
        return make_statement(
            self.said(number, **different),
            root=self.root.public_key,
            sign_root=self.root.sign,
            sign_previous=consent,
        )

    def first(self) -> Statement:
        return self.open(self.raw(1), None)

    def open(self, raw: bytes, previous: Statement | None) -> Statement:
        return open_statement(raw, root=self.root.public_key, previous=previous)

    def next_raw(self, previous: Statement, **different: object) -> bytes:
        """Return the statement that follows, with the consent of the envelope key before."""
        fields: dict[str, object] = {"previous": previous.digest} | different
        consent = None if fields.get("lost") else self.pair("envelope", previous.said.number).sign
        return self.raw(previous.said.number + 1, consent=consent, **fields)

    def next(self, previous: Statement, **different: object) -> Statement:
        return self.open(self.next_raw(previous, **different), previous)

    def card(self, statement: Statement, url: str = "https://node.example:8443") -> bytes:
        return make_card(statement, url=url, root=self.root.public_key, sign_root=self.root.sign)


def revoked(key: Pair, reason: str = "stolen") -> Revoked:
    return Revoked(kid=hashlib.sha256(key.public_key).hexdigest()[:16], reason=reason)
