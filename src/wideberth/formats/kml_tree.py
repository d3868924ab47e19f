"""KML bytes as a tree of elements with line numbers; no document type, no entities, bounded."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from wideberth.errors import WideberthError

MAX_BYTES: Final = 64 * 1024 * 1024
_MAX_DEPTH: Final = 100
_SPACES: Final = (  # OGC 12-007r2; Google's own before and beside the standard
    "http://www.opengis.net/kml/",
    "http://earth.google.com/kml/",
    "http://www.google.com/kml/",
)


class NotKmlError(WideberthError):
    """Bytes that are not a KML document that may be read."""


@dataclass(slots=True, eq=False)
class Node:
    """An element: its name without namespace ("?name" from a foreign one), line, text, children."""

    name: str
    line: int
    attributes: dict[str, str]
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def all_of(self, *names: str) -> list["Node"]:
        """Return the children of these names, in order."""
        return [child for child in self.children if child.name in names]

    def first(self, name: str) -> "Node | None":
        """Return the first child of a name."""
        return next((child for child in self.children if child.name == name), None)

    def text_of(self, name: str) -> str | None:
        """Return the stripped text of the first child of a name, None where there is none."""
        child = self.first(name)
        return None if child is None else child.text.strip()

    def walk(self) -> Iterator["Node"]:
        """Yield this element and all below it, in the order of the file."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


class _Builder:
    """Collect expat's events into nodes."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.root: Node | None = None
        self.open: list[Node] = []
        self.texts: list[list[str]] = []

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        known = not space or space.startswith(_SPACES)
        line = self.parser.CurrentLineNumber
        node = Node(name if known else f"?{name}", line, attributes)
        if len(self.open) >= _MAX_DEPTH:
            raise NotKmlError(
                f"elements lie more than {_MAX_DEPTH} deep.", remedy="Give a plainer file."
            )
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)
        self.texts.append([])

    def _end(self, _tag: str) -> None:
        self.open.pop().text = "".join(self.texts.pop())

    def _text(self, text: str) -> None:
        self.texts[-1].append(text)

    def _doctype(self, *_: object) -> None:
        raise NotKmlError(
            "the file declares a document type (DOCTYPE); such files are not read.",
            remedy="Take the DOCTYPE and its entities out.",
        )


def parse(data: bytes) -> Node:
    """Return the root element; raises NotKmlError for anything but bounded, plain, whole XML."""
    if len(data) > MAX_BYTES:
        raise NotKmlError(
            f"the file has more than {MAX_BYTES} bytes.", remedy="Split it into smaller files."
        )
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise NotKmlError(
            f"the file is not whole XML: {error}.", remedy="Export it again."
        ) from None
    except (LookupError, ValueError) as error:
        raise NotKmlError(
            f"the file's encoding cannot be read: {error}.", remedy="Save it as UTF-8."
        ) from None
    if builder.root is None:
        raise NotKmlError("the file holds no element.", remedy="Export it again.")
    return builder.root
