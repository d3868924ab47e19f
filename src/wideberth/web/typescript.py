"""The types of the API for the console: TypeScript, made from the OpenAPI description."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

_HEAD: Final = """\
// What the node's API takes and gives. Made from /openapi.json by docs/generate.py; `make docs`
// renews it. A field that has a default may be left out, by both sides.
"""
_PREFIX: Final = "#/components/schemas/"
_PLAIN: Final = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
}

Schema = Mapping[str, Any]


def types_of(description: Mapping[str, Any]) -> str:
    """Return a TypeScript module with a type for every schema of a description."""
    schemas: Mapping[str, Schema] = description["components"]["schemas"]
    named = sorted((name_of(name), schema) for name, schema in schemas.items())
    return "\n".join((_HEAD, *("".join(_declared(name, schema)) for name, schema in named)))


def name_of(schema: str) -> str:
    """Return the name of a type: `wideberth.council.matter.Step` is a MatterStep."""
    *modules, name = schema.split(".")
    module = modules[-1] if modules else ""
    return "".join(word.capitalize() for word in module.split("_")) + name


def _declared(name: str, schema: Schema) -> Iterator[str]:
    yield from _comment(schema.get("description", ""))
    if "properties" not in schema:
        yield f"export type {name} = {_type(schema)};\n"
        return
    yield f"export interface {name} {{\n"
    required = schema.get("required", ())
    for field, inner in schema["properties"].items():
        mark = "" if field in required else "?"
        key = field if field.isidentifier() else json.dumps(field)
        yield f"  {key}{mark}: {_type(inner)};\n"
    yield "}\n"


def _comment(text: str) -> Iterator[str]:
    first = text.strip().partition("\n")[0].replace("*/", "* /")
    if first:
        yield f"/** {first} */\n"


def _type(schema: Schema) -> str:
    match schema:
        case {"$ref": str(ref)}:
            return name_of(ref.removeprefix(_PREFIX))
        case {"enum": values} | {"anyOf": [{"enum": values}]}:
            return _union(json.dumps(value) for value in values)
        case {"anyOf": parts}:
            return _union(_type(part) for part in parts)
        case {"type": "array", "prefixItems": parts}:
            return f"[{', '.join(_type(part) for part in parts)}]"
        case {"type": "array"}:
            return f"{_grouped(_type(schema.get('items', {})))}[]"
        case {"type": "object"}:
            inner = schema.get("additionalProperties", {})
            return f"Record<string, {_type(inner) if isinstance(inner, dict) else 'unknown'}>"
        case {"type": list(kinds)}:
            return _union(_PLAIN[kind] for kind in kinds)
        case {"type": str(kind)}:
            return _PLAIN[kind]
    return "unknown"


def _union(parts: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(parts))


def _grouped(kind: str) -> str:
    return f"({kind})" if " | " in kind else kind
