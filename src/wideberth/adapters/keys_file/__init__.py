"""A party's keys in a folder of its node."""

from wideberth.adapters.keys_file.folder import KeysFile, TlsFiles
from wideberth.adapters.keys_file.private_files import KeysFileError

__all__ = ["KeysFile", "KeysFileError", "TlsFiles"]
