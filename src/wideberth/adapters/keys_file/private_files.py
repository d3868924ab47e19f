"""Files that hold keys: whole or not there, and for their owner alone."""

import os
import stat
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from wideberth.errors import WideberthError

_MAX_BYTES: Final = 8_000_000
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


class KeysFileError(WideberthError):
    """The folder of keys cannot be used as it is."""


def write_whole(path: Path, data: bytes) -> None:
    """Write a file for its owner alone, so that it is there as a whole after any crash."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def check_folder(folder: Path) -> None:
    """Raise KeysFileError if the folder is not there, or others could put keys of theirs in it."""
    try:
        mode = folder.stat().st_mode
    except OSError as error:
        raise KeysFileError(
            f"There is no such folder: {error.strerror}.", where=str(folder)
        ) from error
    if mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise KeysFileError(
            f"Others than its owner may write here (mode {stat.S_IMODE(mode):o}).",
            remedy=f"Run: chmod 700 '{folder.name}', and look at what is in it.",
            where=str(folder),
        )


def read_whole(path: Path) -> bytes:
    """Return a file's bytes; raises KeysFileError if it is not there or too long."""
    return _read(path, private=False)


def read_private(path: Path) -> bytes:
    """Return a file's bytes; raises KeysFileError if anyone but its owner can read it."""
    return _read(path, private=True)


def _read(path: Path, *, private: bool) -> bytes:
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if private and mode & _OTHERS:
                raise KeysFileError(
                    f"Others than its owner may use this key (mode {stat.S_IMODE(mode):o}).",
                    remedy=f"Run: chmod 600 '{path.name}', and rotate the keys if anyone has.",
                    where=str(path),
                )
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise KeysFileError(
            f"The file cannot be read: {error.strerror}.", where=str(path)
        ) from error
    if len(data) > _MAX_BYTES:
        raise KeysFileError("The file is too long.", where=str(path))
    return data


def pem_of(key: Ed25519PrivateKey, passphrase: bytes | None) -> bytes:
    """Return a private key in PEM (PKCS 8), locked if there is a passphrase."""
    lock = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)


def load_key(path: Path, passphrase: bytes | None) -> Ed25519PrivateKey:
    """Return the Ed25519 key in a file; raises KeysFileError."""
    data = read_private(path)
    try:
        key = load_pem_private_key(data, passphrase or None)
    except (ValueError, TypeError) as error:
        raise KeysFileError(
            "The key cannot be opened: wrong or missing passphrase, or a damaged file.",
            where=str(path),
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeysFileError("This is not an Ed25519 key.", where=str(path))
    return key
