"""What needs the root key: new keys, the statement that names them, the card."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from wideberth.adapters.keys_file.private_files import (
    KeysFileError,
    load_key,
    pem_of,
    write_whole,
)
from wideberth.node.ports import Chance
from wideberth.peering.cards import is_address, make_card
from wideberth.peering.certificates import make_certificate
from wideberth.peering.statements import (
    KeyStatement,
    Statement,
    make_statement,
    open_statement,
)

PURPOSES: Final = ("envelope", "log", "cosign", "tls")


class InUse(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Numbers of the statements whose keys, and whose certificate, are in use."""

    keys: int
    tls: int


def new_key(chance: Chance) -> Ed25519PrivateKey:
    """Return a new key."""
    return Ed25519PrivateKey.from_private_bytes(chance.token(32))


def load_root(path: Path, public: bytes, passphrase: bytes | None) -> Ed25519PrivateKey:
    """Return the root key, if it is the one whose public part is known."""
    root = load_key(path, passphrase)
    if root.public_key().public_bytes_raw() != public:
        raise KeysFileError("This is the root key of another party.", where=str(path))
    return root


def put_in_use(folder: Path, in_use: InUse) -> None:
    """Settle which keys are in use."""
    write_whole(folder / "in_use.json", msgspec.json.encode(in_use))


class Maker:
    """The root key at work in a folder."""

    def __init__(self, folder: Path, root: Ed25519PrivateKey, passphrase: bytes | None) -> None:
        self._folder = folder
        self._root = root
        self._public = root.public_key().public_bytes_raw()
        self._passphrase = passphrase

    def new_keys(self, chance: Chance, *, party: str, url: str, number: int) -> KeyStatement:
        """Return a statement of new keys, not signed yet; their private parts are in the folder."""
        keys = {purpose: new_key(chance) for purpose in PURPOSES}
        home = self._folder / str(number)
        home.mkdir(mode=0o700, exist_ok=True)
        for purpose, key in keys.items():
            write_whole(home / f"{purpose}.key", pem_of(key, self._passphrase))
        certificate = make_certificate(keys["tls"], party=party, host=host_of(url))
        write_whole(home / "tls.pem", certificate.encode())
        envelope, log, cosign = (
            keys[purpose].public_key().public_bytes_raw().hex() for purpose in PURPOSES[:3]
        )
        return KeyStatement(
            party=party,
            number=number,
            envelope=envelope,
            log=log,
            cosign=cosign,
            tls=(certificate,),
        )

    def publish(
        self,
        before: Sequence[Statement],
        said: KeyStatement,
        *,
        url: str,
        consent: Ed25519PrivateKey | None = None,
    ) -> tuple[Statement, ...]:
        """Sign the statement and put it and a new card in the folder; return all statements."""
        raw = make_statement(
            said,
            root=self._public,
            sign_root=self._root.sign,
            sign_previous=consent.sign if consent else None,
        )
        newest = open_statement(raw, root=self._public, previous=before[-1] if before else None)
        every = (*before, newest)
        card = self._card(newest, url)
        lines = b"".join(one.raw + b"\n" for one in every)
        write_whole(self._folder / "statements.ndjson", lines)
        write_whole(self._folder / "card.json", card)
        return every

    def put_card(self, statement: Statement, url: str) -> None:
        """Put a card for that statement and address in the folder."""
        write_whole(self._folder / "card.json", self._card(statement, url))

    def _card(self, statement: Statement, url: str) -> bytes:
        return make_card(statement, url=url, root=self._public, sign_root=self._root.sign)


def host_of(url: str) -> str:
    """Return the host of an https address: a name, or an IP address without brackets."""
    if not is_address(url):
        raise KeysFileError(
            "The node's address is not of the form https://host:port.",
            remedy="Give it in lower case, without a path.",
        )
    found = re.match(r"https://(?:\[([^]]*)|([^:]*))", url)
    assert found is not None
    return found.group(1) or found.group(2)
