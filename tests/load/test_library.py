"""References across files: what they lead to, what they may not lead to, and what was meant."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from contractgen.core import ContractgenError, ExitCode, Finding, Level, Location
from contractgen.load import Library, Node, UnresolvedReference

API = """\
openapi: 3.1.0
paths:
  /pets/{id}:
    get: {operationId: getPet}
  "/odd~path%": {}
components:
  schemas:
    Pet: {$anchor: pet, properties: {name: {$ref: '#/components/schemas/Name'}}}
    Name: {$ref: 'common.yaml#/Name'}
    Alias: {$ref: '#/components/schemas/Pet'}
    Loop: {$ref: '#/components/schemas/Loop2'}
    Loop2: {$ref: '#/components/schemas/Loop'}
    Into: {$ref: '#/components/schemas/Into/properties/x'}
    Tree: {properties: {left: {$ref: '#/components/schemas/Tree'}}}
    List: [{type: string}, {type: integer}]
    200: {type: 'null'}
"""
COMMON = """\
Name: {type: string}
Back: {$ref: 'api.yaml#/components/schemas/Pet'}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "project" / "specs"
    folder.mkdir(parents=True)
    (folder / "api.yaml").write_text(API, encoding="utf-8")
    (folder / "common.yaml").write_text(COMMON, encoding="utf-8")
    (folder / "broken.yaml").write_text("a: [1", encoding="utf-8")
    (folder / "with space.yaml").write_text("a: 1", encoding="utf-8")
    (folder / "sub").mkdir()
    (tmp_path / "project" / "shared.json").write_text('{"Id": {"type": "string"}}')
    (tmp_path / "secret.yaml").write_text("password: x", encoding="utf-8")
    return tmp_path / "project"


def node(root: Path, pointer: str = "", library: Library | None = None) -> Node:
    library = library or Library(root)
    return library.find(library.load(root / "specs/api.yaml"), f"#{pointer}")


@pytest.mark.parametrize(
    ("reference", "file", "pointer"),
    [
        ("#", "api.yaml", ""),
        ("", "api.yaml", ""),
        ("#/components/schemas/Pet", "api.yaml", "/components/schemas/Pet"),
        ("#pet", "api.yaml", "/components/schemas/Pet"),
        ("#/paths/~1pets~1{id}/get", "api.yaml", "/paths/~1pets~1{id}/get"),
        ("#/paths/~1pets~1%7Bid%7D/get", "api.yaml", "/paths/~1pets~1{id}/get"),
        ("#/paths/~1odd~0path%25", "api.yaml", "/paths/~1odd~0path%"),
        ("#/components/schemas/List/1", "api.yaml", "/components/schemas/List/1"),
        ("#/components/schemas/200", "api.yaml", "/components/schemas/200"),
        ("#/components/schemas/Alias/properties/name", "api.yaml",
         "/components/schemas/Pet/properties/name"),
        ("common.yaml", "common.yaml", ""),
        ("common.yaml#", "common.yaml", ""),
        ("./common.yaml#/Name", "common.yaml", "/Name"),
        ("../specs/common.yaml#/Name/type", "common.yaml", "/Name/type"),
        ("../shared.json#/Id", "shared.json", "/Id"),
        ("with%20space.yaml#/a", "with space.yaml", "/a"),
    ],
)  # fmt: skip
def test_a_reference_leads_to_a_node(root: Path, reference: str, file: str, pointer: str) -> None:
    library = Library(root)
    found = library.find(library.load(root / "specs/api.yaml"), reference)
    assert (Path(found.document.uri).name, found.pointer) == (file, pointer)


NOWHERE = [
    ("#/components/schemas/Pat", "finds no 'Pat' at /components/schemas",
     "#/components/schemas/Pet"),
    ("#/component/schemas/Pet", "finds no 'component' at the top level",
     "#/components/schemas/Pet"),
    ("#/definitions/Pet", "finds no 'definitions' at the top level", "#/components/schemas/Pet"),
    ("#/paths/~1pet~1{id}", "finds no '/pet/{id}' at /paths", "#/paths/~1pets~1{id}"),
    ("#/components/schemas/List/2", "finds no '2' at /components/schemas/List", ""),
    ("#/components/schemas/List/01", "finds no '01' at /components/schemas/List",
     "#/components/schemas/List/1"),
    ("#/components/schemas/List/-1", "finds no '-1' at /components/schemas/List", ""),
    ("#/zzz", "finds no 'zzz' at the top level", ""),
    ("#Pet", ("names the $anchor 'Pet', which {api} does not have; "
     "a JSON pointer starts with '#/'"), "#pet"),
    ("#components/schemas/Pet", ("names the $anchor 'components/schemas/Pet', "
     "which {api} does not have; a JSON pointer starts with '#/'"), "#/components/schemas/Pet"),
    ("common.yaml#/Nam", "finds no 'Nam' at the top level of {common}", "common.yaml#/Name"),
    ("comon.yaml#/Name", "leads to {specs}/comon.yaml, which does not exist",
     "common.yaml#/Name"),
    ("Pet", "leads to {specs}/Pet, which does not exist", "#/components/schemas/Pet"),
    ("sub", "leads to {specs}/sub, which is a folder", ""),
    ("sub/", "leads to {specs}/sub, which is a folder", ""),
    ("broken.yaml#/a", ("leads into {specs}/broken.yaml, but the list that opens here with '[' is "
     "not closed; its elements are separated by ',' and it ends with ']'"), ""),
    ("#/components/schemas/Into", "refers to itself", ""),
    ("#/components/schemas/Loop", "refers to itself", ""),
]  # fmt: skip


@pytest.mark.parametrize(("reference", "reason", "suggestion"), NOWHERE)
def test_a_reference_that_leads_nowhere_says_why_and_what_was_meant(
    root: Path, reference: str, reason: str, suggestion: str
) -> None:
    library = Library(root)
    document = library.load(root / "specs/api.yaml")
    with pytest.raises(UnresolvedReference) as caught:
        library.follow(library.find(document, reference))
    names = {
        "api": document.name,
        "specs": f"{root}/specs",
        "common": f"{root}/specs/common.yaml",
    }
    for key, value in names.items():
        reason = reason.replace(f"{{{key}}}", value)
    assert (caught.value.reason, caught.value.suggestion) == (reason, suggestion)


def test_following_ends_at_the_value_through_files_and_cycles(root: Path) -> None:
    library = Library(root)
    name = library.follow(node(root, "/components/schemas/Pet/properties/name", library))
    assert (name.document.name, name.value) == (f"{root}/specs/common.yaml", {"type": "string"})
    back = library.follow(library.find(name.document, "#/Back"))
    assert back.location == Location(f"{root}/specs/api.yaml", "/components/schemas/Pet")
    left = library.follow(node(root, "/components/schemas/Tree/properties/left", library))
    assert left.pointer == "/components/schemas/Tree"


def test_a_node_without_a_reference_is_its_own_end(root: Path) -> None:
    plain = node(root, "/paths")
    assert Library(root).follow(plain) is plain


def test_names_stay_relative_as_they_were_given(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    library = Library()
    document = library.load("specs/api.yaml")
    library.find(document, "../shared.json")
    library.find(document, "./common.yaml")
    names = [document.name for document in library.documents]
    assert names == ["specs/api.yaml", "shared.json", "specs/common.yaml"]
    assert set(library.sources()) == set(names)


def test_each_file_is_read_once(root: Path) -> None:
    library = Library(root)
    document = library.load(root / "specs/api.yaml")
    again = library.find(library.find(document, "common.yaml").document, "api.yaml").document
    assert library.load(str(root / "specs/../specs/api.yaml")) is again is document


# Confinement


@pytest.mark.parametrize(
    "reference",
    ["../../secret.yaml", "{secret}", "file://{secret}", "link.yaml", "%2E%2E/%2E%2E/secret.yaml"],
)
def test_references_stay_inside_the_project(root: Path, reference: str) -> None:
    (root / "specs/link.yaml").symlink_to(root.parent / "secret.yaml")
    library = Library(root)
    document = library.load(root / "specs/api.yaml")
    reference = reference.replace("{secret}", str(root.parent / "secret.yaml"))
    with pytest.raises(UnresolvedReference, match="outside the project"):
        library.find(document, reference + "#/password")
    assert len(library.documents) == 1


@pytest.mark.parametrize("mark", [".git", "pyproject.toml", "contractgen.toml"])
def test_without_a_root_the_project_of_a_file_is_found(root: Path, mark: str) -> None:
    library = Library()
    document = library.load(root / "specs/api.yaml")
    with pytest.raises(UnresolvedReference, match="outside the project"):
        library.find(document, "../shared.json")
    (root / mark).mkdir()
    library = Library()
    assert library.find(library.load(root / "specs/api.yaml"), "../shared.json#/Id")


def test_files_beside_one_that_was_named_may_be_referred_to(root: Path, tmp_path: Path) -> None:
    library = Library(tmp_path / "elsewhere")
    assert library.find(library.load(root / "specs/api.yaml"), "common.yaml#/Name")


@pytest.mark.parametrize(
    "reference", ["https://example.com/a.yaml#/x", "HTTP://example.com/a", "//example.com/a.yaml"]
)
def test_the_network_is_off(root: Path, reference: str) -> None:
    library = Library(root)
    document = library.load(root / "specs/api.yaml")
    with pytest.raises(UnresolvedReference):
        library.find(document, reference)


ODD = ["\0", "\0#/a", "a" * 5000, "#/%ff", "#/~2", "?", "urn:x:y#/a", "http://[", "#//", "/", "."]


@pytest.mark.parametrize("reference", ODD)
def test_odd_references_never_crash(root: Path, reference: str) -> None:
    library = Library(root)
    document = library.load(root / "specs/api.yaml")
    with pytest.raises(UnresolvedReference):
        library.find(document, reference)


# $self (OAS 3.2)


def test_self_names_a_document_and_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("openapi: 3.2.0\n$self: https://api.example/v1/a.yaml\nx: 1")
    (tmp_path / "b.yaml").write_text("y: 2")
    library = Library(tmp_path)
    document = library.load(tmp_path / "a.yaml")
    for reference in ("https://api.example/v1/a.yaml#/x", "#/x", "a.yaml#/x"):
        assert library.find(document, reference).value == 1
    neighbour = library.find(document, "https://api.example/v1/b.yaml#/y")
    assert (neighbour.value, neighbour.document.name) == (2, f"{tmp_path}/b.yaml")
    with pytest.raises(UnresolvedReference, match=r"network host api\.example"):
        library.find(document, "https://api.example/v2/b.yaml")


# Loading


def test_a_missing_file_is_an_error_about_the_run(root: Path) -> None:
    with pytest.raises(ContractgenError) as caught:
        Library().load(root / "specs/apy.yaml")
    error = caught.value
    assert (error.exit_code, error.where) == (ExitCode.SPEC, str(root / "specs/apy.yaml"))
    assert error.next_step == f"did you mean {root}/specs/api.yaml?"


@pytest.mark.parametrize("source", ["", "specs", "a\0b", "x" * 5000])
def test_what_is_no_file_is_an_error_about_the_run(
    root: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.chdir(root)
    with pytest.raises(ContractgenError) as caught:
        Library().load(source)
    assert caught.value.exit_code == ExitCode.SPEC


def test_standard_input_is_read_once_and_refers_to_files_here(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / "specs")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(API.encode())))
    library = Library()
    document = library.load("-")
    assert document is library.load("-")
    assert document.name == "<stdin>"
    found = library.follow(library.find(document, "#/components/schemas/Name"))
    assert found.document.name == "common.yaml"


def test_a_broken_file_is_a_document_with_findings(root: Path) -> None:
    document = Library().load(root / "specs/broken.yaml")
    assert (document.tree, [f.rule for f in document.findings]) == (None, ["syntax"])


# Positions


def test_findings_get_their_line_and_column(root: Path) -> None:
    library = Library(root)
    name = library.load(root / "specs/api.yaml").name
    library.find(library.load(root / "specs/api.yaml"), "../shared.json")
    shared = library.documents[1].name

    def finding(*places: Location) -> Finding:
        return Finding(
            rule="r", level=Level.ERROR, message="m", location=places[0], related=places[1:]
        )

    given = [
        finding(Location(name, "/paths"), Location(shared, "/Id/type"), Location(name, "/paths/x")),
        finding(Location(name, "/openapi", 9, 9)),
        finding(Location("unknown.yaml", "/paths")),
    ]
    assert library.locate(iter(given)) == [
        finding(
            Location(name, "/paths", 2, 1),
            Location(shared, "/Id/type", 1, 9),
            Location(name, "/paths/x", 2, 1),
        ),
        given[1],
        given[2],
    ]


def test_positions_are_those_of_any_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(json.dumps({"ä": 1, "b": 2}, indent=1).encode("utf-16"))
    library = Library(tmp_path)
    name = library.load(tmp_path / "a.json").name
    finding = Finding(rule="r", level=Level.INFO, message="", location=Location(name, "/b"))
    assert str(library.locate([finding])[0].location) == f"{name}:3:2"
    assert library.sources()[name].decode().splitlines()[2] == ' "b": 2'
