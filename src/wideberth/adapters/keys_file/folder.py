"""A party's keys in a folder: the private parts, the statements, the card to hand over.

    root.key             the root key: to be taken away and locked up; only rotation needs it
    1/envelope.key ...   the operational keys of the first statement, and its tls.key and tls.pem
    2/...                those of the second
    statements.ndjson    all key statements, one a line; the last one is the newest
    in_use.json          whose keys this node signs with, and whose certificate it shows
    card.json            what the peer is given

Keys are PEM (PKCS 8), readable by their owner alone, and locked with a passphrase if one is given.
Every file appears whole or not at all. The line in statements.ndjson is what makes a change happen:
what a crash leaves before it is never looked at.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import structs

from wideberth.adapters.keys_file.maker import (
    PURPOSES,
    InUse,
    Maker,
    host_of,
    load_root,
    new_key,
    put_in_use,
)
from wideberth.adapters.keys_file.private_files import (
    KeysFileError,
    check_folder,
    load_key,
    pem_of,
    read_private,
    read_whole,
    write_whole,
)
from wideberth.node.ports import Chance
from wideberth.peering.cards import open_card
from wideberth.peering.envelope import key_id
from wideberth.peering.statements import (
    KeysError,
    Revoked,
    Statement,
    open_statement,
    read_statement,
)

ROOT: Final = "root.key"
_MAX_PARTY: Final = 200


@dataclass(frozen=True, slots=True)
class _Keys:
    envelope: Ed25519PrivateKey
    log: Ed25519PrivateKey
    cosign: Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """Where the certificate that the node shows is, and its key, as ssl wants them."""

    certificate: Path
    key: Path
    passphrase: bytes | None


class KeysFile:
    """The keys of one party's node; a Signer.

    A new statement changes nothing by itself: the old keys sign until `use_new_keys`, to be called
    once the statement is in a message to every peer, and the old certificate is shown until
    `use_new_certificate`, to be called once every peer has receipted it.
    """

    def __init__(self, folder: Path, *, passphrase: bytes | None = None) -> None:
        self._folder = folder
        self._passphrase = passphrase
        check_folder(folder)
        self._root = open_card(read_whole(folder / "card.json")).root
        self.statements = _read_statements(folder, self._root)
        self.in_use = _read_in_use(folder)
        self._keys = self._load()

    @classmethod
    def create(
        cls, folder: Path, *, party: str, url: str, chance: Chance, passphrase: bytes | None = None
    ) -> "KeysFile":
        """Make all keys, the first statement and the card; refuse a folder that has keys."""
        _refuse_if_used(folder)
        host_of(url)
        if not 0 < len(party) <= _MAX_PARTY:
            raise KeysFileError(f"The party's name must have 1 to {_MAX_PARTY} characters.")
        root = new_key(chance)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_folder(folder)
        write_whole(folder / ROOT, pem_of(root, passphrase))
        maker = Maker(folder, root, passphrase)
        said = maker.new_keys(chance, party=party, url=url, number=1)
        put_in_use(folder, InUse(keys=1, tls=1))
        maker.publish((), said, url=url)
        return cls(folder, passphrase=passphrase)

    @classmethod
    def replace_lost(
        cls,
        folder: Path,
        *,
        card: bytes,
        root_key: Path,
        chance: Chance,
        passphrase: bytes | None = None,
    ) -> "KeysFile":
        """Make new operational keys in a new folder after a loss, from root key and last card.

        The root alone signs the statement, and it revokes every key before; the new card in the
        folder goes to the peers by hand.
        """
        _refuse_if_used(folder)
        last = open_card(card)
        root = load_root(root_key, last.root, passphrase)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_folder(folder)
        maker, number = Maker(folder, root, passphrase), last.statement.said.number + 1
        said = maker.new_keys(chance, party=last.party, url=last.url, number=number)
        put_in_use(folder, InUse(keys=number, tls=number))
        lost = structs.replace(said, lost=True, previous=last.statement.digest)
        maker.publish((last.statement,), lost, url=last.url)
        return cls(folder, passphrase=passphrase)

    def rotate(
        self, chance: Chance, *, root_key: Path | None = None, revokes: tuple[Revoked, ...] = ()
    ) -> Statement:
        """Make new operational keys and the statement that names them; the old ones stay in use.

        revokes: keys before that count for nothing once a peer has it; others overlap.
        """
        if self.pending is not None:
            raise KeysFileError(
                "The last new keys are not in use yet.",
                remedy="Run the node until every peer has receipted them, then rotate again.",
                where=str(self._folder),
            )
        maker, card = self._maker(root_key), open_card(self.card)
        number = self.newest.said.number + 1
        said = maker.new_keys(chance, party=card.party, url=card.url, number=number)
        said = structs.replace(
            said,
            tls=(*said.tls, self.newest.said.tls[0]),
            previous=self.newest.digest,
            revokes=revokes,
        )
        self.statements = maker.publish(
            self.statements, said, url=card.url, consent=self._keys.envelope
        )
        return self.newest

    def move(self, url: str, *, root_key: Path | None = None) -> bytes:
        """Return and keep a new card for another address; the peers are given it by hand."""
        host_of(url)
        self._maker(root_key).put_card(self.newest, url)
        return self.card

    def use_new_keys(self) -> None:
        """Sign with the newest keys from now on; nothing to do if that is so already."""
        self._put_in_use(structs.replace(self.in_use, keys=self.newest.said.number))

    def use_new_certificate(self) -> None:
        """Show the newest certificate from now on, to connections that are made anew."""
        self._put_in_use(structs.replace(self.in_use, tls=self.newest.said.number))

    @property
    def party(self) -> str:
        """Return whose keys these are."""
        return self.newest.said.party

    @property
    def newest(self) -> Statement:
        """Return the newest key statement."""
        return self.statements[-1]

    @property
    def pending(self) -> Statement | None:
        """Return the newest statement while its keys or certificate are not in use yet."""
        number = self.newest.said.number
        return None if self.in_use == InUse(keys=number, tls=number) else self.newest

    @property
    def card(self) -> bytes:
        """Return the card to hand to the peer."""
        return read_whole(self._folder / "card.json")

    @property
    def tls(self) -> TlsFiles:
        """Return the files of the certificate to show."""
        home = self._folder / str(self.in_use.tls)
        read_private(home / "tls.key")
        return TlsFiles(home / "tls.pem", home / "tls.key", self._passphrase)

    @property
    def has_root_key(self) -> bool:
        """Return whether the root key still lies here, where it should not stay."""
        return (self._folder / ROOT).exists()

    @property
    def kid(self) -> str:
        """Return the id of the envelope key in use."""
        return key_id(self._keys.envelope.public_key().public_bytes_raw())

    def sign(self, data: bytes) -> bytes:
        """Return the Ed25519 signature by the envelope key in use."""
        return self._keys.envelope.sign(data)

    @property
    def log_key(self) -> bytes:
        """Return the public log key in use, 32 bytes."""
        return self._keys.log.public_key().public_bytes_raw()

    def sign_log(self, data: bytes) -> bytes:
        """Return the Ed25519 signature by the log key in use."""
        return self._keys.log.sign(data)

    @property
    def cosign_key(self) -> bytes:
        """Return the public cosignature key in use, 32 bytes."""
        return self._keys.cosign.public_key().public_bytes_raw()

    def cosign(self, data: bytes) -> bytes:
        """Return the Ed25519 signature by the cosignature key in use."""
        return self._keys.cosign.sign(data)

    def _put_in_use(self, in_use: InUse) -> None:
        if in_use != self.in_use:
            put_in_use(self._folder, in_use)
            self.in_use = in_use
            self._keys = self._load()

    def _maker(self, root_key: Path | None) -> Maker:
        path = root_key or self._folder / ROOT
        return Maker(self._folder, load_root(path, self._root, self._passphrase), self._passphrase)

    def _load(self) -> _Keys:
        """Return the keys in use, if they are those that the statement names."""
        number, home = self.in_use.keys, self._folder / str(self.in_use.keys)
        keys = _Keys(*(load_key(home / f"{p}.key", self._passphrase) for p in PURPOSES[:3]))
        public = [
            k.public_key().public_bytes_raw().hex() for k in (keys.envelope, keys.log, keys.cosign)
        ]
        for statement in self.statements:
            said = statement.said
            if said.number == number and [said.envelope, said.log, said.cosign] == public:
                return keys
        raise KeysFileError("The keys are not those of any key statement.", where=str(home))


def _refuse_if_used(folder: Path) -> None:
    for name in ("statements.ndjson", ROOT, "card.json"):
        if (folder / name).exists():
            raise KeysFileError(
                f"There is a {name} here already.",
                remedy="Take another folder, or move the old one away.",
                where=str(folder),
            )


def _read_statements(folder: Path, root: bytes) -> tuple[Statement, ...]:
    """Return the statements; the first is taken as it is, for after a loss it is not number 1."""
    path = folder / "statements.ndjson"
    found: list[Statement] = []
    try:
        for line in read_whole(path).splitlines():
            read = open_statement(line, root=root, previous=found[-1]) if found else None
            found.append(read or read_statement(line, root))
    except KeysError as error:
        raise KeysFileError(f"Line {len(found) + 1}: {error.what}", where=str(path)) from error
    if not found:
        raise KeysFileError("There is no key statement here.", where=str(path))
    return tuple(found)


def _read_in_use(folder: Path) -> InUse:
    path = folder / "in_use.json"
    try:
        return msgspec.json.decode(read_whole(path), type=InUse)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise KeysFileError("This does not say which keys are in use.", where=str(path)) from error
