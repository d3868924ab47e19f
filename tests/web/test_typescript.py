import re
from pathlib import Path

import pytest

from wideberth.web.app import TABLE
from wideberth.web.openapi import document
from wideberth.web.typescript import name_of, types_of

TYPES = Path(__file__).parents[2] / "web" / "src" / "kernel" / "types.ts"


def described(**schemas):
    return {"components": {"schemas": schemas}}


def written(schema):
    """Return how the type of one field is written."""
    struct = {"properties": {"x": schema}, "required": ["x"]}
    return re.search(r"  x: (.*);\n", types_of(described(A=struct)))[1]


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "integer", "minimum": 1}, "number"),
        ({"enum": ["a", 1, None]}, '"a" | 1 | null'),
        ({"anyOf": [{"$ref": "#/components/schemas/B"}, {"type": "null"}]}, "B | null"),
        ({"type": "array", "items": {"enum": ["a", "b"]}}, '("a" | "b")[]'),
        ({"type": "array", "prefixItems": [{"enum": [1]}, {"type": "string"}]}, "[1, string]"),
        ({"type": "object", "additionalProperties": {"type": "null"}}, "Record<string, null>"),
        ({"type": "object"}, "Record<string, unknown>"),
        ({}, "unknown"),
    ],
)
def test_each_schema_has_its_type(schema, said):
    assert written(schema) == said


def test_a_field_with_a_default_may_be_left_out_and_the_first_line_is_the_comment():
    struct = {
        "description": "A */ thing.\n\nMore.",
        "properties": {"a": {"type": "string"}, "b-c": {"type": "string", "default": ""}},
        "required": ["a"],
    }
    said = types_of(described(A=struct))
    wanted = '/** A * / thing. */\nexport interface A {\n  a: string;\n  "b-c"?: string;\n}\n'
    assert said.endswith(wanted)


def test_schemas_of_one_name_have_the_name_of_their_module_before_it():
    assert name_of("wideberth.model.council_rules.Lead") == "CouncilRulesLead"
    assert name_of("Lead") == "Lead"


def test_every_name_that_a_type_speaks_of_is_exported_once():
    said = types_of(document(TABLE, version=""))
    exported = re.findall(r"^export (?:type|interface) (\w+)", said, re.MULTILINE)
    code = re.sub(r"/\*\*.*\*/|//.*|\"[^\"]*\"", "", said)
    spoken_of = set(re.findall(r"\b[A-Z]\w+", code)) - {"Record"}
    assert len(set(exported)) == len(exported)
    assert spoken_of == set(exported)


def test_the_types_of_the_console_are_those_of_the_api():
    said = types_of(document(TABLE, version=""))
    assert TYPES.read_text(encoding="utf-8") == said, "run: make docs"
