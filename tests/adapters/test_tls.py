"""TLS lets in exactly the holders of pinned certificates, by version 1.3, and asks nobody else."""

import asyncio
import ssl

import pytest
from counted_chance import CountedChance
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from loopback_nodes import a_node

from wideberth.adapters.keys_file import KeysFile
from wideberth.adapters.tls import TlsError, client_context, server_context, trust
from wideberth.peering.certificates import make_certificate
from wideberth.peering.pins import PinError, pin_of, pin_of_der


@pytest.fixture
def north(tmp_path):
    return a_node(tmp_path, "north")


@pytest.fixture
def south(tmp_path):
    return a_node(tmp_path, "south")


def status(north, south, context):
    """Return the status line of a request with that context, or the kind of the error."""

    async def body():
        south.let_in(north)
        async with south.up(north) as url:
            port = int(url.rsplit(":", 1)[1])
            reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
            writer.write(b"GET /peer/v1/health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            try:
                return (await reader.readline()).decode().strip()
            finally:
                writer.close()

    try:
        return asyncio.run(body()) or "closed"
    except (ssl.SSLError, ConnectionError):
        return "closed"


def pinned(north, south):
    return north.context_to(south)


def test_the_holder_of_a_pinned_certificate_is_let_in(north, south):
    assert status(north, south, pinned(north, south)) == "HTTP/1.1 200 OK"


def test_a_client_without_a_certificate_is_not(north, south):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    trust(context, [south.certificate])
    assert status(north, south, context) == "closed"


def test_a_client_with_older_tls_is_not(north, south):
    context = pinned(north, south)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    assert status(north, south, context) == "closed"


def imitation(tmp_path, north, issuer_key=None):
    """A certificate with the names of north's and another key, signed by whom one likes."""
    key = Ed25519PrivateKey.from_private_bytes(b"i" * 32)
    real = x509.load_pem_x509_certificate(north.certificate.encode())
    made = (
        x509.CertificateBuilder(
            subject_name=real.subject,
            issuer_name=real.subject,
            public_key=key.public_key(),
            serial_number=real.serial_number,
            not_valid_before=real.not_valid_before_utc,
            not_valid_after=real.not_valid_after_utc,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(issuer_key or key, None)
    )
    certificate, key_file = tmp_path / "imitation.pem", tmp_path / "imitation.key"
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    key_file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate, key_file


def test_the_same_names_with_another_key_are_not(tmp_path, north, south):
    certificate, key = imitation(tmp_path, north)
    context = client_context(certificate, key, passphrase=None, trusted=[south.certificate])
    assert status(north, south, context) == "closed"


def test_a_certificate_that_a_pinned_key_signed_is_not_pinned_by_that(tmp_path, north, south):
    signer = load_pem_private_key(north.keys.tls.key.read_bytes(), None)
    certificate, key = imitation(tmp_path, north, signer)
    context = client_context(certificate, key, passphrase=None, trusted=[south.certificate])
    assert status(north, south, context) in {"closed", "HTTP/1.1 403 Forbidden"}


def test_no_authority_of_the_system_is_trusted(north, south):
    for context in (pinned(north, south), south.server_context([north.certificate])):
        assert context.cert_store_stats()["x509"] == 1
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.minimum_version is ssl.TLSVersion.TLSv1_3


def test_a_locked_key_is_opened_with_its_passphrase_and_nobody_is_asked_for_it(tmp_path):
    keys = KeysFile.create(
        tmp_path / "locked",
        party="north",
        url="https://north.example",
        chance=CountedChance(),
        passphrase=b"long words",
    )
    own = keys.tls
    server_context(own.certificate, own.key, passphrase=own.passphrase, trusted=[])
    for wrong in (None, b"other"):
        with pytest.raises(TlsError):
            server_context(own.certificate, own.key, passphrase=wrong, trusted=[])


@pytest.mark.parametrize("text", ["", "x", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END", "\udcff"])
def test_text_that_is_no_certificate_is_neither_trusted_nor_pinned(north, text):
    with pytest.raises(TlsError):
        trust(north.server_context([]), [text])
    with pytest.raises(PinError):
        pin_of(text)


def test_a_pin_is_of_the_key_and_not_of_the_names():
    one, other = (Ed25519PrivateKey.from_private_bytes(seed * 32) for seed in (b"1", b"2"))
    here = make_certificate(one, party="north", host="10.0.0.1")
    there = make_certificate(one, party="norse", host="node.example")
    assert here != there
    assert pin_of(here) == pin_of(there) != pin_of(make_certificate(other, party="n", host="h"))
    der = x509.load_pem_x509_certificate(here.encode()).public_bytes(Encoding.DER)
    assert pin_of_der(der) == pin_of(here)
    assert pin_of_der(b"no certificate") is None


def test_a_certificate_may_be_for_a_party_with_a_long_name_in_any_script():
    key = Ed25519PrivateKey.from_private_bytes(b"1" * 32)
    for party in ("π" * 200, "x" * 200, "a,b=c"):
        assert pin_of(make_certificate(key, party=party, host="::1"))
