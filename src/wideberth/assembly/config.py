"""A node's folder and its node.toml: who it is, where it listens, what it keeps things in.

party = "north"
agreement = "agreement.toml"     # path, from the folder
store = "node.db"                # a file, or postgresql://...

[api]                            # for people and their tools
host = "127.0.0.1"               # loopback unless you say otherwise
port = 8440
hosts = ["127.0.0.1", "localhost"]   # names it may be called by
certificate = ""                 # PEM files, from the folder; beyond loopback they are needed
key = ""
behind_proxy = false             # true: something else protects the line

[peer]                           # for the other parties' nodes, mutual TLS
host = "127.0.0.1"
port = 8443
"""

import tomllib
from pathlib import Path
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from wideberth.errors import WideberthError
from wideberth.formats.agreement_toml import read as read_agreement
from wideberth.formats.reading import ReadOptions, Severity
from wideberth.model.agreement import Agreement

CONFIG: Final = "node.toml"
KEYS: Final = "keys"
Port = Annotated[int, Meta(ge=0, le=65535)]


class ConfigError(WideberthError):
    """A node's folder or its node.toml is not as it must be."""


class Api(Struct, frozen=True, forbid_unknown_fields=True):
    """Where people and their tools reach the node.

    certificate, key: PEM files, from the folder, for TLS; beyond loopback they are needed, unless
    behind_proxy says that something else protects the line.
    """

    host: str = "127.0.0.1"
    port: Port = 8440
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    certificate: str = ""
    key: str = ""
    behind_proxy: bool = False


class PeerSide(Struct, frozen=True, forbid_unknown_fields=True):
    """Where peers reach the node."""

    host: str = "127.0.0.1"
    port: Port = 8443


class NodeConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """What node.toml says."""

    party: str
    agreement: str = "agreement.toml"
    store: str = "node.db"
    api: Api = Api()
    peer: PeerSide = PeerSide()


def read_config(folder: Path) -> NodeConfig:
    """Return what a node's folder says; raises ConfigError."""
    path = folder / CONFIG
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        return msgspec.convert(said, NodeConfig)
    except FileNotFoundError as error:
        raise ConfigError(
            "there is no node in this folder.",
            remedy="Make one: `wideberth node init`.",
            where=str(folder),
        ) from error
    except (OSError, UnicodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ConfigError(f"{error}.", remedy="See docs/node.md.", where=str(path)) from error


def load_agreement(folder: Path, config: NodeConfig) -> Agreement:
    """Return the agreement the node works under; raises ConfigError with all its problems."""
    path = folder / config.agreement
    try:
        reading = read_agreement(path.read_bytes(), str(path), ReadOptions())
    except OSError as error:
        raise ConfigError("the agreement cannot be read.", where=str(path)) from error
    errors = [p for p in reading.problems if p.severity is Severity.ERROR]
    if reading.agreement is None or errors:
        said = "; ".join(f"{p.where}: {p.what}" for p in errors)
        raise ConfigError(f"the agreement has problems: {said}.", where=str(path))
    return reading.agreement
