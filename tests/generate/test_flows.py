"""Workflows that follow from what a contract documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.generate.contracts import api_of, contract, written

THING = """
schemas: {Thing: {type: object, required: [id], properties: {id: {type: string}}}}
"""
PATHS = """
/things:
  post:
    operationId: add
    responses:
      '201':
        description: Made.
        content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
        links: {pay: {operationId: pay, parameters: {id: $response.body#/id}}}
/things/{id}:
  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
  delete: {operationId: remove, responses: {CODES}}
/things/{id}/logo:
  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
  delete: {operationId: unbrand, responses: {CODES}}
/things/{id}/pay:
  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
  post:
    operationId: pay
    responses:
      '200':
        description: Paid.
        links: {refund: {operationId: refund, parameters: {id: $request.path.id}}}
      '409': {description: Not now.}
/things/{id}/refund:
  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
  METHOD: {operationId: refund, responses: {LATE}}
"""
GONE = "'204': {description: Gone.}, '404': {description: None.}"
EARLY = "'200': {description: Back.}, '409': {description: Not now.}"


def flows(
    folder: Path, *, codes: str = GONE, late: str = EARLY, method: str = "post"
) -> dict[str, list[str]]:
    """The tests of workflows by operation."""
    paths = PATHS.replace("CODES", codes).replace("LATE", late).replace("METHOD", method)
    tree = contract(paths, THING)
    files, _ = written(api_of(tree, folder))
    found: dict[str, list[str]] = {}
    for line in files.get("test_workflows.py", "").splitlines():
        if line.startswith("class "):
            found[line[10:-1]] = []
        if line.startswith("    def "):
            found[next(reversed(found))].append(line.strip()[4:].partition("(")[0])
    return found


@pytest.mark.parametrize(
    ("codes", "tests"),
    [
        (GONE, {"Remove": ["test_deleted_once"]}),
        (
            "'200': {description: Gone.}, '410': {description: None.}",
            {"Remove": ["test_deleted_once"]},
        ),
        ("'204': {description: Gone.}", {}),
        ("'202': {description: Soon.}, '404': {description: None.}", {}),
    ],
)
def test_what_is_deleted_cannot_be_deleted_again(
    codes: str, tests: dict[str, list[str]], tmp_path: Path
) -> None:
    """Where 404 or 410 is documented, unless it is deleted later; a part is no item."""
    found = flows(tmp_path, codes=codes)
    assert {name: found[name] for name in found if name != "Refund"} == tests


@pytest.mark.parametrize("method", ["post", "put", "patch"])
@pytest.mark.parametrize(
    ("late", "tests"),
    [
        (EARLY, ["test_no_step_is_left_out"]),
        ("'200': {description: Back.}", None),
    ],
)
def test_an_action_that_only_another_action_leads_to(
    late: str, tests: list[str] | None, method: str, tmp_path: Path
) -> None:
    """The first action follows the creation, so it has no step to leave out."""
    found = flows(tmp_path, late=late, method=method)
    assert found.get("Refund") == tests
    assert "Pay" not in found


def test_a_list_is_read_with_every_value_of_its_path(tmp_path: Path) -> None:
    """Also with those that nobody creates: a language."""
    items = "{type: array, items: {type: object, properties: {id: {type: string}}}}"
    tree = contract(
        f"""
        /{{language}}/words:
          get:
            operationId: list
            parameters:
              - {{name: language, in: path, required: true, schema: {{type: string}}}}
              - {{name: limit, in: query, schema: {{type: integer}}}}
              - {{name: page, in: query, schema: {{type: integer}}}}
            responses:
              '200': {{description: All., content: {{application/json: {{schema: {items}}}}}}}
        """
    )
    files, _ = written(api_of(tree, tmp_path))
    workflows = next(text for name, text in files.items() if name.endswith("test_workflows.py"))
    assert 'base=Case(path={"language": "text"})' in workflows


CHANGED = """
/things:
  post:
    operationId: add
    requestBody: {required: true, content: {application/json: {schema: MADE}}}
    responses:
      '201':
        description: Made.
        content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
/things/{id}:
  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
  get:
    operationId: read
    responses:
      '200':
        description: One.
        content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
  patch:
    operationId: change
    requestBody: {required: true, content: {application/json: {schema: SENT}}}
    responses: {'200': {description: Changed.}, '409': {description: There is one.}}
"""


@pytest.mark.parametrize(
    ("member", "values", "right"),
    [
        ("title", "{type: string, minLength: 1}", "(200, 409)"),
        ("title", "{type: string, enum: [Mr, Mrs]}", "(200,)"),
        ("title", "{type: integer}", "(200,)"),
        ("note", "{type: string, minLength: 1}", "(200,)"),
    ],
)
def test_a_name_that_is_changed_may_be_taken(
    member: str, values: str, right: str, tmp_path: Path
) -> None:
    """Tests cannot know which names others have, where the contract documents that conflict."""
    sent = f"{{type: object, properties: {{{member}: {values}}}}}"
    thing = (
        f"{{type: object, required: [id], properties: {{id: {{type: string}}, {member}: {{}}}}}}"
    )
    paths = CHANGED.replace("MADE", sent).replace("SENT", sent)
    tree = contract(paths, f"schemas: {{Thing: {thing}}}")
    text = written(api_of(tree, tmp_path))[0]["test_workflows.py"]
    assert ("if changed.status == 409:" in text) == ("409" in right)
    assert re.findall(
        r'changed = send\(\s*"change",\s*case,.*?expect=(\(.*?\))', text, re.DOTALL
    ) == [right]


BOXES = """
/boxes:
  get:
    operationId: list
    parameters: [{name: PARAMETER, in: query, schema: TYPE}]
    responses:
      '200':
        description: All.
        content:
          application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Box'}}}
/boxes/{label}:
  parameters: [{name: label, in: path, required: true, schema: {type: string}}]
  get:
    operationId: read
    responses:
      '200':
        description: One.
        headers: {ETag: {schema: {type: string}}}
        content: {application/json: {schema: {$ref: '#/components/schemas/Box'}}}
      'NOT_MODIFIED': {description: The same.}
  put:
    operationId: store
    requestBody:
      required: true
      content: {application/json: {schema: {$ref: '#/components/schemas/Box'}}}
    responses: {CODES}
  patch:
    operationId: change
    requestBody:
      required: true
      content:
        application/merge-patch+json: {schema: {type: object, properties: {note: NOTE}}}
    responses: {'200': {description: Changed.}}
"""
BOX = """
schemas:
  Box:
    type: object
    required: [weight]
    properties:
      label: {type: string}
      weight: {type: integer, minimum: 1, maximum: 9}
      note: {type: string}
"""
SOME = {
    "PARAMETER": "weight",
    "TYPE": "{type: integer}",
    "NOT_MODIFIED": "304",
    "CODES": "'200': {description: Old., content: HAS}, '201': {description: New., content: HAS}",
    "HAS": "{application/json: {schema: {$ref: '#/components/schemas/Box'}}}",
    "NOTE": "{type: [string, 'null']}",
}


def boxes(folder: Path, **other: str) -> str:
    """The workflows of boxes that clients label."""
    paths = BOXES
    for word, value in {**SOME, **other}.items():
        paths = paths.replace(word, value)
    return written(api_of(contract(paths, BOX), folder))[0]["test_workflows.py"]


def test_what_has_an_id_of_the_client_is_replaced(tmp_path: Path) -> None:
    """The second request for it makes nothing new, so that 201 were wrong."""
    text = boxes(tmp_path).partition("class TestStore:")[2].partition("\nclass ")[0]
    names = re.findall(r"def (test_\w+)", text)
    assert {"test_changed_is_read_back", "test_replaced_as_a_whole"} <= {*names}
    again = text.partition("def test_changed_is_read_back")[2].partition("def ")[0]
    assert re.findall(r"expect=(\(.*?\))", again) == ["(200, 201)", "(200,)", "(200,)"]
    only_made = boxes(tmp_path, CODES="'201': {description: Made.}")
    assert "test_replaced_as_a_whole" not in only_made


def test_a_tag_is_for_one_version(tmp_path: Path) -> None:
    """Where a read has an ETag, it changes with what is read, and saves to send it again."""
    text = boxes(tmp_path)
    assert "new_tag(before, after)" in text
    assert "test_what_is_known_is_not_sent_again" in text
    assert "test_what_is_known_is_not_sent_again" not in boxes(tmp_path, NOT_MODIFIED="404")


@pytest.mark.parametrize(("note", "there"), [("{type: [string, 'null']}", 1), ("{}", 0)])
def test_null_takes_away(note: str, there: int, tmp_path: Path) -> None:
    """What a change may set to null is read as nothing afterwards."""
    text = boxes(tmp_path, NOTE=note)
    assert text.count('nothing_left(read, ("note",))') == there


@pytest.mark.parametrize(
    ("parameter", "kind", "asked"),
    [
        ("weight", "{type: integer}", ['"weight": value', '"weight": other']),
        (
            "weight",
            "{type: array, items: {type: integer}}",
            ['"weight": [value]', '"weight": [other]', '"weight": [other, value]'],
        ),
        ("minWeight", "{type: integer}", ['"minWeight": value', '"minWeight": other']),
        ("weight[lte]", "{type: integer}", ['"weight[lte]": value', '"weight[lte]": other']),
        ("minWeight", "{type: string}", []),
        ("minimum", "{type: integer}", []),
        ("maxLoad", "{type: integer}", []),
    ],
)
def test_a_filter_leaves_out_what_is_not_asked_for(
    parameter: str, kind: str, asked: list[str], tmp_path: Path
) -> None:
    """What was made is found by its value, or up to it, and not by another one."""
    text = boxes(tmp_path, PARAMETER=f"'{parameter}'", TYPE=kind)
    assert re.findall(r"query=\{(.*?)\}", text) == asked
    bound = {"minWeight": ["least"], "weight[lte]": ["most"]}.get(parameter, [])
    assert re.findall(r'bound="(.*?)"', text) == (bound if asked else [])


@pytest.mark.parametrize(
    ("parameter", "kind", "names"),
    [
        ("sort", "{enum: [weight, -weight, note, size, -size]}", ["sorted_by_weight"]),
        ("sort", "{type: array, items: {enum: [note_asc, note_desc]}}", ["sorted_by_note"]),
        ("order", "{enum: [asc, desc]}", ["order_can_be_turned"]),
        ("sort", "{enum: [weight, note]}", []),
        ("sort", "{type: string}", []),
    ],
)
def test_a_list_goes_upwards_and_downwards(
    parameter: str, kind: str, names: list[str], tmp_path: Path
) -> None:
    """By each property for which both are among the values, or as they come."""
    text = boxes(tmp_path, PARAMETER=parameter, TYPE=kind)
    assert re.findall(r"def test_(sorted_by_\w+|order_\w+)", text) == names


STARTED = """
/reports:
  post:
    operationId: start
    responses: {STATUS: {description: A., content: {application/json: {schema: SHOWN}}}}
/jobs/{jobId}:
  get:
    operationId: read
    parameters: [{name: jobId, in: path, required: true, schema: {type: string}}]
    responses:
      '200':
        description: One.
        content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
"""


@pytest.mark.parametrize(
    ("status", "shown", "made"),
    [
        ("202", "{$ref: '#/components/schemas/Thing'}", True),
        ("201", "{$ref: '#/components/schemas/Thing'}", False),
        ("200", "{$ref: '#/components/schemas/Thing'}", False),
        ("202", "{type: object, properties: {id: {type: string}}}", False),
    ],
)
def test_what_shows_something_new_by_its_schema_makes_it(
    status: str, shown: str, *, made: bool, tmp_path: Path
) -> None:
    """A job is read under a path of its own, whatever starts it."""
    paths = STARTED.replace("STATUS", f"'{status}'").replace("SHOWN", shown)
    files, _ = written(api_of(contract(paths, THING), tmp_path))
    assert ("test_created_is_read_back" in files.get("test_workflows.py", "")) is made
    assert ("def job_id" in files["factories.py"]) is not made


TREE = """
/folders:
  post:
    operationId: add
    tags: [folders]
    requestBody:
      required: true
      content:
        application/json:
          schema:
            type: object
            required: [MUST]
            properties: {title: {type: string}, MEMBER: {type: [integer, 'null']}}
    responses:
      '201':
        description: Made.
        content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
/folders/{id}:
  get:
    operationId: read
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    responses: {'200': {description: One.}}
"""


@pytest.mark.parametrize(
    ("member", "must", "left_out"),
    [
        ("parent_id", "title", True),
        ("parentFolderId", "title", True),
        ("parent_id", "parent_id", False),
        ("parentAccountId", "title", False),
        ("grandparent_id", "title", False),
    ],
)
def test_what_is_made_stands_below_nothing(
    member: str, must: str, *, left_out: bool, tmp_path: Path
) -> None:
    """The id of another one of the same kind cannot be made up, and need not be given."""
    paths = TREE.replace("MEMBER", member).replace("MUST", must)
    text = written(api_of(contract(paths, THING), tmp_path))[0]["test_folders.py"]
    accepted = text.partition("ADD_BODIES = ")[2].partition("BAD_BODIES")[0]
    assert (f'Live(body={{"/{member}": DROP}})' in text) is left_out
    assert (f'{{"/{member}": None}}' in accepted) is True
    assert bool(re.search(rf'"/{member}": \d', accepted)) is not left_out
