"""KML and KMZ drawings as activities: placemarks with height, time and a plan's data keys.

Source: OGC KML 2.3 (12-007r2); KML 2.0 to 2.2 and Google's gx:Track are read alike.
"""

from collections.abc import Iterable
from typing import Final

from wideberth.formats.kml_archive import ZIP_MAGIC, document_of
from wideberth.formats.kml_data import Context
from wideberth.formats.kml_placemarks import CONTAINERS, PlacemarkReader, activities_of
from wideberth.formats.kml_tree import Node, NotKmlError, parse
from wideberth.formats.reading import Problem, Reading, ReadOptions, Severity, counted, read_words

__all__ = ["read"]

_LOOKS: Final = frozenset(
    {
        "Style", "StyleMap", "styleUrl", "LookAt", "Camera", "visibility", "open", "Snippet",
        "snippet", "Region", "Schema", "balloonVisibility", "drawOrder", "angles", "ScreenOverlay",
        "address", "phoneNumber", "?author", "?link",
    }
)  # fmt: skip


def read(data: bytes, source: str, options: ReadOptions) -> Reading:
    """Return the placemarks of a KML document, or of a KMZ archive's main document."""
    try:
        document, problems = _opened(data)
        root = _root(document)
    except NotKmlError as error:
        return Reading(source, "kml", problems=(Problem.of(error, "file"),))
    reader = PlacemarkReader(options)
    if root.name == "Placemark":
        reader.placemark(root, Context())
    else:
        reader.container(root, Context())
    if reader.placemarks == 0:
        what = "the document holds no placemark."
        problems += (Problem(Severity.ERROR, "file", what, "Draw the areas as placemarks."),)
    activities, told = activities_of(reader.declared, options)
    unused = _unused(reader.unused)
    return Reading(
        source,
        "kml",
        activities,
        tuple(dict.fromkeys((*problems, *reader.problems, *told, *unused))),
        (read_words(counted(reader.placemarks, "placemark"), activities),),
    )


def _root(document: bytes) -> Node:
    root = parse(document)
    if root.name not in CONTAINERS | {"Placemark"}:
        raise NotKmlError(
            f"the root element is {root.name.strip('?')!r}, not kml.", remedy="Give KML or KMZ."
        )
    return root


def _opened(data: bytes) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the document itself, out of its archive if it is in one, and what stays unused."""
    if not data.startswith(ZIP_MAGIC):
        return data, ()
    document, name, others = document_of(data)
    problems: list[Problem] = []
    drawings = [other for other in others if other.lower().endswith(".kml")]
    if drawings:
        what = f"only {name!r} is read; {len(drawings)} other KML file(s) in the archive are not."
        remedy = "Give them as files of their own."
        text = "\n".join(drawings)
        problems.append(Problem(Severity.PARTIAL, "file", what, remedy, text))
    if len(others) > len(drawings):
        what = f"{len(others) - len(drawings)} picture(s) and other file(s) not used."
        problems.append(Problem(Severity.NOTE, "file", what))
    return document, tuple(problems)


def _unused(nodes: Iterable[Node]) -> Iterable[Problem]:
    """Yield one remark for each kind of element that was not used, with the lines it stands on."""
    kinds: dict[str, list[Node]] = {}
    for node in nodes:
        kinds.setdefault(node.name, []).append(node)
    for name, found in sorted(kinds.items()):
        lines = ", ".join(str(n.line) for n in found[:5]) + (", ..." if len(found) > 5 else "")
        at = f"line {lines}"
        if name == "NetworkLink":
            what = f"{len(found)} NetworkLink(s): their content is elsewhere and was not read."
            hrefs = "\n".join(n.text.strip() for f in found for n in f.walk() if n.name == "href")
            yield Problem(Severity.PARTIAL, at, what, "Fetch it and give it as a file.", hrefs)
        elif name in _LOOKS:
            yield Problem(Severity.NOTE, at, f"{len(found)} {name} element(s): looks; not used.")
        else:
            what = f"{len(found)} {name.strip('?')} element(s) not used."
            yield Problem(Severity.PARTIAL, at, what, "Check whether they say where or when.")
