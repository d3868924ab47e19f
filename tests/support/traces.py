"""Every byte that a node holds or said, with the payloads of envelopes opened up, to search in."""

import base64
import json
import re

from wideberth.node import tables

_BASE64 = re.compile(rb"[A-Za-z0-9_\-+/=]{40,}")
_DEEPEST = 4

ALL_TABLES = tuple(
    value for name, value in vars(tables).items() if name.isupper() and isinstance(value, str)
)


def opened(raw):
    """Return bytes together with all that is base64 in them, however deep."""
    found, layer = [raw], [raw]
    for _ in range(_DEEPEST):
        layer = [plain for one in layer for plain in _plain(one)]
        found += layer
    return b"\n".join(found)


def _plain(raw):
    for match in _BASE64.finditer(raw):
        text = match[0].rstrip(b"=")
        try:
            yield base64.b64decode(
                text.translate(bytes.maketrans(b"-_", b"+/")) + b"=" * (-len(text) % 4)
            )
        except ValueError:
            continue


async def of_store(node, but=()):
    """Return everything in a node's store, opened up."""

    def read(reader):
        return [
            key.encode() + b" " + record
            for table in ALL_TABLES
            if table not in but
            for key, record in reader.scan(table)
        ]

    return opened(b"\n".join(await node.store.read(read)))


async def of_table(node, table):
    """Return everything in one table of a node's store, opened up."""
    rows = await node.store.read(lambda r: [record for _key, record in r.scan(table)])
    return opened(b"\n".join(rows))


def words_of(activity):
    """Return what of an activity must not be found: its texts, and its figures as JSON has them."""
    texts = [activity.id, activity.title, activity.equipage]
    texts += [volume.criterion for volume in activity.volumes]
    return [json.dumps(text)[1:-1].encode() for text in texts if text]


class Tap:
    """A receiver that remembers every line that went through it, both ways."""

    def __init__(self, receive):
        self.receive = receive
        self.lines = []

    async def __call__(self, envelopes):
        self.lines += envelopes
        answers = await self.receive(envelopes)
        self.lines += answers
        return answers

    def text(self):
        """Return all lines, opened up."""
        return opened(b"\n".join(self.lines))
