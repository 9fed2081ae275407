"""Avro payloads of a contract as schemas of the model."""

from __future__ import annotations

from contractgen.core import Finding, Json, Level, escape
from contractgen.load import Node
from contractgen.model.asyncapi.plain import plain
from contractgen.model.reading import Reader
from contractgen.schema import Direction, Schema
from contractgen.schema.avro import Problem, Steps, translate_avro


def read_avro(reader: Reader, node: Node) -> Schema:
    """The Avro schema at a node, every named type in it as a definition of its own."""
    whole: Json = plain(reader, node)

    def place(steps: Steps) -> Node:
        pointer = node.pointer + "".join("/" + escape(step) for step in steps)
        return Node(node.document, pointer, {})

    def name(steps: Steps) -> str:
        return reader.book.schema(place(steps)).name

    found = translate_avro(whole, name)
    for steps, keywords in found.definitions.items():
        reader.book.define(place(steps), keywords)
    for problem in found.problems:
        _note(reader, place(problem.steps), problem)
    return reader.book.schema(place(()), Direction.BOTH)


def _note(reader: Reader, node: Node, problem: Problem) -> None:
    reader.report(
        Finding(
            rule="invalid-avro",
            level=Level.ERROR,
            message=problem.message,
            location=node.location,
            help="see https://avro.apache.org/docs/current/specification/",
            values=(problem.message,),
        )
    )
