"""The part of SARIF 2.1.0 that is written, as a JSON Schema: each object closed, as OASIS has it.

Put down from the clauses of the standard (the numbers are theirs), so that the real schema, which
is fifty times as long, need not be carried along.
"""

from __future__ import annotations

_TEXT = {"type": "string"}
_WORDS = {  # 3.11 message, 3.12 multiformatMessageString
    "type": "object",
    "properties": {"text": _TEXT, "markdown": _TEXT, "id": _TEXT},
    "required": ["text"],
    "additionalProperties": False,
}
_BAG = {  # 3.8 property bag: only `tags` has a meaning
    "type": "object",
    "properties": {"tags": {"type": "array", "uniqueItems": True, "items": _TEXT}},
}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}  # 3.27.10

_ARTIFACT_LOCATION = {  # 3.4
    "type": "object",
    "properties": {
        "uri": {"type": "string", "format": "uri-reference"},
        "uriBaseId": _TEXT,
        "index": {"type": "integer", "minimum": -1},
    },
    "additionalProperties": False,
}
_REGION = {  # 3.30
    "type": "object",
    "properties": {
        "startLine": {"type": "integer", "minimum": 1},
        "startColumn": {"type": "integer", "minimum": 1},
        "endLine": {"type": "integer", "minimum": 1},
        "endColumn": {"type": "integer", "minimum": 1},
    },
    "additionalProperties": False,
}
_LOGICAL = {  # 3.33
    "type": "object",
    "properties": {"name": _TEXT, "fullyQualifiedName": _TEXT, "kind": _TEXT},
    "additionalProperties": False,
}
_LOCATION = {  # 3.28
    "type": "object",
    "properties": {
        "id": {"type": "integer", "minimum": -1},
        "physicalLocation": {  # 3.29
            "type": "object",
            "properties": {"artifactLocation": _ARTIFACT_LOCATION, "region": _REGION},
            "required": ["artifactLocation"],
            "additionalProperties": False,
        },
        "logicalLocations": {"type": "array", "uniqueItems": True, "items": _LOGICAL},
        "message": _WORDS,
    },
    "additionalProperties": False,
}
_SUPPRESSION = {  # 3.35
    "type": "object",
    "properties": {
        "kind": {"enum": ["inSource", "external"]},
        "status": {"enum": ["accepted", "underReview", "rejected"]},
        "justification": _TEXT,
    },
    "required": ["kind"],
    "additionalProperties": False,
}
_RESULT = {  # 3.27
    "type": "object",
    "properties": {
        "ruleId": _TEXT,
        "ruleIndex": {"type": "integer", "minimum": -1},
        "level": _LEVEL,
        "message": _WORDS,
        "locations": {"type": "array", "items": _LOCATION},
        "relatedLocations": {"type": "array", "uniqueItems": True, "items": _LOCATION},
        "partialFingerprints": {"type": "object", "additionalProperties": _TEXT},
        "suppressions": {"type": "array", "uniqueItems": True, "items": _SUPPRESSION},
        "properties": _BAG,
    },
    "required": ["message"],
    "additionalProperties": False,
}
_RULE = {  # 3.49 reportingDescriptor
    "type": "object",
    "properties": {
        "id": _TEXT,
        "shortDescription": _WORDS,
        "fullDescription": _WORDS,
        "help": _WORDS,
        "defaultConfiguration": {  # 3.50
            "type": "object",
            "properties": {"level": _LEVEL},
            "additionalProperties": False,
        },
        "properties": _BAG,
    },
    "required": ["id"],
    "additionalProperties": False,
}
_RUN = {  # 3.14
    "type": "object",
    "properties": {
        "tool": {  # 3.18
            "type": "object",
            "properties": {
                "driver": {  # 3.19 toolComponent
                    "type": "object",
                    "properties": {
                        "name": _TEXT,
                        "version": _TEXT,
                        "rules": {"type": "array", "uniqueItems": True, "items": _RULE},
                    },
                    "required": ["name"],
                    "additionalProperties": False,
                }
            },
            "required": ["driver"],
            "additionalProperties": False,
        },
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": _RESULT},
    },
    "required": ["tool"],
    "additionalProperties": False,
}

SARIF = {  # 3.13
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"enum": ["2.1.0"]},
        "runs": {"type": "array", "items": _RUN},
    },
    "required": ["version", "runs"],
    "additionalProperties": False,
}
