"""Whole suites: what is written for which contract, and that tools agree with it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from contractgen.core import ContractgenError
from contractgen.generate.literal import WIDTH
from tests.generate.contracts import ROOT, SPECS, api_of, contract, load, written

SCRIPTS = Path(sysconfig.get_path("scripts"))
SHELL_SAFE = re.compile(r"[A-Za-z0-9._-]+")

ONE = """
/things:
  post:
    operationId: create
    tags: [things]
    requestBody:
      required: true
      content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}
    responses:
      "201":
        description: Made.
        content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}
/things/{id}:
  get:
    operationId: read
    tags: [more things]
    parameters: [{name: id, in: path, required: true, schema: {type: string, format: uuid}}]
    responses:
      "200":
        description: One.
        content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}
      "404": {description: None.}
"""
THING = """
schemas:
  Thing:
    type: object
    required: [id, name]
    properties:
      id: {type: string, format: uuid, readOnly: true}
      name: {type: string, minLength: 1}
securitySchemes:
  token: {type: http, scheme: bearer}
  key: {type: apiKey, in: header, name: X-Key}
  certificate: {type: mutualTLS}
  login: {type: oauth2, flows: {}}
"""


def put(files: dict[str, str], folder: Path) -> Path:
    package = folder / "suite"
    package.mkdir()
    for name, text in files.items():
        (package / name).write_text(text, encoding="utf-8")
    return package


def test_file(files: dict[str, str]) -> str:
    return "".join(text for name, text in files.items() if name.startswith("test_"))


test_file.__test__ = False  # type: ignore[attr-defined]


@pytest.mark.parametrize("spec", SPECS)
def test_formatters_linters_and_types_agree(spec: str, tmp_path: Path) -> None:
    files, findings = written(load(ROOT / spec))
    package = put(files, tmp_path)
    assert findings == []
    for command in (
        [SCRIPTS / "ruff", "format", "--isolated", "--check", package],
        [SCRIPTS / "ruff", "format", "--isolated", "--check", "--line-length", "120", package],
        [SCRIPTS / "ruff", "check", "--isolated", package],
        [
            SCRIPTS / "ruff",
            "check",
            "--isolated",
            "--select",
            "F,E4,E7,E9,B,PT,D2,UP,RUF1",
            package,
        ],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("spec", SPECS)
def test_the_layout_is_that_of_the_formatters(spec: str, tmp_path: Path) -> None:
    """Files ask formatters to leave them alone at any width; at ours there is nothing to do."""
    files, _ = written(load(ROOT / spec))
    package = put({n: text.replace("# fmt: off\n", "") for n, text in files.items()}, tmp_path)
    for width in (WIDTH, WIDTH + 20):
        command = [SCRIPTS / "ruff", "format", "--isolated", "--check", "--line-length", str(width)]
        done = subprocess.run([*command, package], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_types_are_strict(tmp_path: Path) -> None:
    files, _ = written(load(ROOT / SPECS[1]))
    package = put(files, tmp_path)
    command = [SCRIPTS / "mypy", "--strict", "--cache-dir", tmp_path / "cache", package]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("spec", SPECS)
def test_ids_are_distinct_and_safe_in_a_shell(spec: str) -> None:
    files, _ = written(load(ROOT / spec))
    for text in files.values():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
                "bodies",
                "parameters",
            }:
                ids = [
                    ast.literal_eval(row.elts[0]) for row in node.args if isinstance(row, ast.Tuple)
                ]
                assert len(set(ids)) == len(ids)
                assert [one for one in ids if not SHELL_SAFE.fullmatch(one)] == []


def test_the_same_contract_gives_the_same_bytes() -> None:
    script = (
        "import hashlib; from tests.generate.contracts import *;"
        f"print(hashlib.sha256(repr(written(load(ROOT / {SPECS[0]!r}))).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_a_tag_is_a_file_and_an_operation_a_class(tmp_path: Path) -> None:
    files, _ = written(api_of(contract(ONE, THING), tmp_path))
    assert sorted(files) == [
        "__init__.py",
        "conftest.py",
        "factories.py",
        "test_more_things.py",
        "test_stateful.py",
        "test_things.py",
        "test_workflows.py",
    ]
    classes = {
        name: re.findall(r"^class (\w+)", text, re.MULTILINE) for name, text in files.items()
    }
    assert {name: found for name, found in classes.items() if found} == {
        "test_things.py": ["TestCreate"],
        "test_more_things.py": ["TestRead"],
        "test_workflows.py": ["TestCreate"],
    }


@pytest.mark.parametrize(
    ("options", "classes"),
    [
        ({}, {"TestCreate", "TestRead"}),
        ({"operation": ("read",)}, {"TestRead"}),
        ({"operation": ("c*", "nothing")}, {"TestCreate"}),
        ({"tag": ("more*",)}, {"TestRead"}),
        ({"path": ("/things",)}, {"TestCreate"}),
        ({"path": ("/things*",), "tag": ("things",)}, {"TestCreate"}),
        ({"tag": ("nothing",)}, set()),
    ],
)
def test_only_what_is_asked_for_gets_tests(
    options: dict[str, object], classes: set[str], tmp_path: Path
) -> None:
    files, _ = written(api_of(contract(ONE, THING), tmp_path), **options)
    assert set(re.findall(r"^class (\w+)", test_file(files), re.MULTILINE)) == classes
    assert not classes or "def new_thing(" in files["factories.py"]


def test_what_cannot_be_generated_is_said_and_the_rest_written(tmp_path: Path) -> None:
    impossible = "{type: string, minLength: 5, maxLength: 2}"
    tree = contract(
        f"""
        /good: {{get: {{operationId: good}}}}
        /bad:
          get:
            operationId: bad
            parameters: [{{name: q, in: query, required: true, schema: {impossible}}}]
        """
    )
    files, findings = written(api_of(tree, tmp_path))
    assert re.findall(r"^class (\w+)", test_file(files), re.MULTILINE) == ["TestGood"]
    assert [(f.rule, f.level, f.subject, f.location.pointer) for f in findings] == [
        ("not-generated", "warning", "GET /bad", "/paths/~1bad/get")
    ]


def test_what_no_request_can_be_meant_for_has_no_tests(tmp_path: Path) -> None:
    tree = contract(
        """
        /items#folders: {get: {operationId: folders}}
        /items: {get: {operationId: items}}
        """
    )
    files, findings = written(api_of(tree, tmp_path))
    assert re.findall(r"^class (\w+)", test_file(files), re.MULTILINE) == ["TestItems"]
    assert [(f.rule, f.subject) for f in findings] == [("not-generated", "GET /items#folders")]
    assert "requests for it are requests for GET /items" in findings[0].message


def test_an_empty_text_is_no_part_of_a_path(tmp_path: Path) -> None:
    """It would lead to another path, whatever the contract shows."""
    tree = contract(
        """
        /days/{day}:
          get:
            operationId: day
            parameters:
              - {name: day, in: path, required: true, schema: {type: string, example: ''}}
            responses: {"200": {description: Ok., content: {application/json: {}}}}
        """,
        THING,
    )
    files, _ = written(api_of(tree, tmp_path))
    assert '"day": ""' not in "".join(files.values())
    assert 'if_mocked(""' not in "".join(files.values())


def test_an_id_that_nobody_makes_is_asked_for(tmp_path: Path) -> None:
    tree = contract(
        """
        /orgs/{orgId}/report:
          put:
            operationId: report
            parameters:
              - {name: orgId, in: path, required: true, schema: {type: integer, minimum: 1}}
              - {name: size, in: query, schema: {type: integer, minimum: 1}}
            security: [{token: []}]
        """,
        THING,
    )
    files, _ = written(api_of(tree, tmp_path))
    factories, tests = files["factories.py"], test_file(files)
    assert "def org_id(send: Send) -> str | int:" in factories
    assert "send.if_mocked(\n        1,\n        otherwise=" in factories
    # A 404 for an unknown organisation must not pass as a rejection, so these need the real one ...
    assert 'send("report", case, live=live, expect=REJECTED)' not in tests
    rejects = method(tests, "test_rejects_parameters")
    assert "live" in rejects
    # ... but whether the path itself or the credential is refused shows without it.
    assert "live" not in method(tests, "test_rejects_path")
    assert "live" not in method(tests, "test_requires_authentication")


def test_tests_without_live_ids_have_a_value_for_every_part_of_the_path(tmp_path: Path) -> None:
    tree = contract(
        """
        /orgs/{orgId}/things:
          parameters: [{name: orgId, in: path, required: true, schema: {type: integer}}]
          post:
            operationId: make
            security: [{token: []}]
            responses: {"201": {description: M., headers: {Location: {schema: {type: string}}}}}
        /orgs/{orgId}/things/{thingId}:
          parameters:
            - {name: orgId, in: path, required: true, schema: {type: integer}}
            - {name: thingId, in: path, required: true, schema: {type: string}}
          get: {operationId: read, security: [{token: []}]}
        """,
        THING,
    )
    files, _ = written(api_of(tree, tmp_path))
    based = re.search(r"base = Case\(path=\{(.*)\}\)", class_of(test_file(files), "TestRead"))
    assert based is not None
    assert re.findall(r'"(\w+)": ', based[1]) == ["orgId", "thingId"]


def class_of(text: str, name: str) -> str:
    return text.partition(f"class {name}:")[2].partition("\nclass ")[0]


@pytest.mark.parametrize(
    ("paths", "parameter", "tests"),
    [
        ("{type: string}", "{type: string}", True),
        ("{type: array, items: {type: string}}", "{type: array, items: {type: string}}", False),
    ],
)
def test_what_holds_several_values_is_not_filtered_by_one(
    paths: str, parameter: str, *, tests: bool, tmp_path: Path
) -> None:
    thing = f"{{type: object, required: [id, tag], properties: {{id: {{}}, tag: {paths}}}}}"
    answer = f"{{description: A., content: {{application/json: {{schema: {thing}}}}}}}"
    page = f"{{type: array, items: {thing}}}"
    tree = contract(
        f"""
        /things:
          post:
            operationId: make
            requestBody:
              content: {{application/json: {{schema: {{properties: {{tag: {paths}}}}}}}}}
            responses: {{"201": {answer}}}
          get:
            operationId: list
            parameters: [{{name: tag, in: query, schema: {parameter}}}]
            responses:
              "200": {{description: A., content: {{application/json: {{schema: {page}}}}}}}
        /things/{{thingId}}:
          parameters: [{{name: thingId, in: path, required: true, schema: {{type: string}}}}]
          get: {{operationId: read, responses: {{"200": {answer}}}}}
        """
    )
    files, _ = written(api_of(tree, tmp_path))
    assert ("test_tag_filter" in files["test_workflows.py"]) is tests


def method(text: str, name: str) -> str:
    return text.partition(f"def {name}(")[2].partition("@pytest.mark")[0]


@pytest.mark.parametrize(
    ("security", "named"),
    [
        ("[]", None),
        ("[{}]", None),
        ("[{token: []}, {}]", None),
        ("[{certificate: []}]", None),
        ("[{token: []}]", '@credentials("token", others=("key",))'),
        ("[{login: []}]", '@credentials("login", others=("key",))'),
        ("[{token: []}, {key: []}]", '@credentials("token", "key")'),
        ("[{token: [], key: [], certificate: []}]", '@credentials("token", "key")'),
    ],
)
def test_credentials_are_broken_by_name(security: str, named: str | None, tmp_path: Path) -> None:
    tree = contract(f"/a: {{get: {{operationId: a, security: {security}}}}}", THING)
    files, _ = written(api_of(tree, tmp_path))
    assert ("@credentials" in test_file(files)) == (named is not None)
    assert named is None or named in test_file(files)


@pytest.mark.parametrize(
    ("body", "present", "absent"),
    [
        ("", [], ["media_types", "malformed_json", "test_invalid"]),
        (
            "{required: true, content: {application/json: {schema: {type: object}}}}",
            ['@media_types("text/plain", "application/xml")', "@malformed_json", "test_invalid"],
            [],
        ),
        (
            "{content: {application/json: {schema: {type: object}}}}",
            ["@media_types", "test_invalid"],
            ["@malformed_json", "body-missing"],
        ),
        ("{required: true, content: {'*/*': {}}}", [], ["@media_types", "@malformed_json"]),
        (
            "{required: true, content: {text/plain: {schema: {type: string}}}}",
            ['@media_types("application/xml", "application/json")'],
            ["@malformed_json", "@malformed_xml"],
        ),
        (
            "{required: true, content: {text/xml: {schema: {type: object}}}}",
            ["@malformed_xml", "test_rejects_malformed_xml", "test_invalid"],
            ["@malformed_json"],
        ),
    ],
)
def test_a_body_can_be_of_the_wrong_kind(
    body: str, present: list[str], absent: list[str], tmp_path: Path
) -> None:
    request = f", requestBody: {body}" if body else ""
    files, _ = written(api_of(contract(f"/a: {{post: {{operationId: a{request}}}}}"), tmp_path))
    text = test_file(files)
    assert [one for one in present if one not in text] == []
    assert [one for one in absent if one in text] == []


@pytest.mark.parametrize(
    ("responses", "expect", "says"),
    [
        ("{'201': {description: ''}}", "expect=(201,)", "gets 201."),
        (
            "{'204': {description: ''}, '200': {description: ''}}",
            "expect=(200, 204)",
            "200 or 204.",
        ),
        ("{'2XX': {description: ''}}", "expect=ACCEPTED", "succeeds."),
        ("{default: {description: ''}}", "expect=ACCEPTED", "succeeds."),
        ("{'302': {description: ''}}", "expect=(302,)", "gets 302."),
        ("{'201': {description: ''}, '409': {description: ''}}", "expect=(201, 409)", "gets 201."),
    ],
)
def test_the_status_is_what_the_contract_documents(
    responses: str, expect: str, says: str, tmp_path: Path
) -> None:
    tree = contract(f"/a: {{post: {{operationId: a, responses: {responses}}}}}")
    text = test_file(written(api_of(tree, tmp_path))[0])
    assert expect in text
    assert (
        f"The smallest valid request {says}" in text
        or f"The smallest valid request gets {says}" in text
    )
    assert ("A conflict (409) is right too" in text) == ("409" in expect)


LOGIN = """
/login:
  post:
    operationId: login
    requestBody:
      required: true
      content:
        application/json: {schema: {type: object, required: [MEMBER], properties: {MEMBER: {}}}}
    security: SECURITY
    responses: {"200": {description: In.}, "STATUS": {description: Out.}}
"""


@pytest.mark.parametrize(
    ("login", "expect"),
    [
        (("password", "[]", "401"), "(200, 401)"),
        (("refreshToken", "[{}]", "401"), "(200, 401)"),
        (("color", "[]", "401"), "(200,)"),
        (("password", "[{token: []}]", "401"), "(200,)"),
        (("password", "[]", "403"), "(200,)"),
    ],
)
def test_who_may_come_in_is_for_the_provider_to_say(
    login: tuple[str, str, str], expect: str, tmp_path: Path
) -> None:
    """A login without the password of a user is denied, and that is right."""
    paths = LOGIN
    for word, value in zip(("MEMBER", "SECURITY", "STATUS"), login, strict=True):
        paths = paths.replace(word, value)
    text = test_file(written(api_of(contract(paths, THING), tmp_path))[0])
    assert re.findall(r"smallest_request.*?expect=(\(.*?\))\)", text, re.DOTALL) == [expect]
    assert ("A denial (401) is right too" in text) == ("401" in expect)


def test_only_the_media_type_of_a_body_is_wrong(tmp_path: Path) -> None:
    """The body is the right one, so that nothing else of it can be refused."""
    tree = contract(BODY.replace("MEDIA", "application/json").replace("STATUS", "201"))
    text = test_file(written(api_of(tree, tmp_path))[0])
    assert 'send("create", base=self.base, media_type=media_type, expect=UNSUPPORTED)' in text


def test_an_operation_without_a_success_is_only_refused(tmp_path: Path) -> None:
    tree = contract("/a: {get: {operationId: a, responses: {'401': {description: ''}}}}")
    assert "expect" not in test_file(written(api_of(tree, tmp_path))[0])


KEYED = """
/things:
  post:
    operationId: create
    parameters: [{name: Idempotency-Key, in: header, required: REQUIRED, schema: {type: string}}]
    responses: {"201": {description: Made.}, "409": {description: Used.}}
"""


@pytest.mark.parametrize(
    ("required", "stands"),
    [("true", "base = Case(header="), ("false", "return Live(header=")],
)
def test_an_idempotency_key_is_used_once(required: str, stands: str, tmp_path: Path) -> None:
    text = test_file(written(api_of(contract(KEYED.replace("REQUIRED", required)), tmp_path))[0])
    assert f'{stands}{{"Idempotency-Key": FRESH}})' in text
    assert "expect=(201, 409)" not in text


def test_a_table_says_what_was_left_out(tmp_path: Path) -> None:
    api = api_of(contract(ONE, THING), tmp_path)
    whole = test_file(written(api)[0])
    short = test_file(written(api, cases=2)[0])
    assert "Left out to stay readable" not in whole
    assert re.search(
        r"# Each breaks exactly one rule. Left out to stay readable: \d+ or more.", short
    )
    assert len(short) < len(whole)


def test_tags_that_no_file_can_be_named_after_have_files(tmp_path: Path) -> None:
    tree = contract(
        """
        /v1/files: {get: {operationId: a, tags: [日本]}}
        /v1/Files/b: {get: {operationId: b, tags: [ファイル]}}
        /c: {get: {operationId: c, tags: [workflows]}}
        /d: {get: {operationId: d, tags: [Files]}}
        /api/v2: {get: {operationId: e}}
        """
    )
    files, _ = written(api_of(tree, tmp_path))
    assert sorted(name for name in files if name.startswith("test_")) == [
        "test_default.py",
        "test_files.py",
        "test_files_2.py",
        "test_files_b.py",
        "test_workflows_2.py",
    ]


def test_a_large_tag_is_divided(tmp_path: Path) -> None:
    paths = "".join(
        f"/{group}/{n}: {{get: {{operationId: {group}{n}, tags: [all]}}}}\n"
        for group in ("a", "b")
        for n in range(30)
    )
    files, _ = written(api_of(contract(paths), tmp_path))
    assert {name for name in files if name.startswith("test_")} == {
        "test_all_a.py",
        "test_all_b.py",
    }


def test_the_conftest_is_written_once(tmp_path: Path) -> None:
    from contractgen.generate import Options, generate  # noqa: PLC0415 - the artifacts themselves

    made = generate(api_of(contract(ONE, THING), tmp_path), Options(), package="p", source="s.yaml")
    once = {getattr(one, "path", ""): getattr(one, "once", False) for one in made}
    assert [path for path, is_once in once.items() if is_once] == ["p/conftest.py"]


def test_a_block_of_a_template_can_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "test_module.py.jinja").write_text(
        '{% extends "builtin/test_module.py.jinja" %}{% block smallest scoped %}'
        "\n    # {{ operation.id }} is tested elsewhere\n{% endblock %}"
    )
    text = test_file(written(api_of(contract(ONE, THING), tmp_path), templates=str(tmp_path))[0])
    assert text.count("is tested elsewhere") == 2
    assert "test_smallest_request_succeeds" not in text
    assert "test_valid_requests_succeed" in text


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{{ module.nothing }}", "nothing"),
        ("{% block", "unexpected"),
        ("def", "invalid syntax"),
    ],
)
def test_a_broken_template_is_named(template: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "test_module.py.jinja").write_text(template)
    api = api_of(contract(ONE, THING), tmp_path)
    with pytest.raises(ContractgenError) as caught:
        written(api, templates=str(tmp_path))
    assert "test_module.py.jinja" in caught.value.what
    assert problem in caught.value.what


BODY = """
/things:
  post:
    operationId: create
    requestBody:
      required: true
      content:
        MEDIA:
          schema:
            type: object
            required: [name, size]
            properties:
              name: {type: string, maxLength: 70}
              size: {type: integer, minimum: 1}
    responses: {"201": {description: Made.}, "STATUS": {description: Other.}}
"""


@pytest.mark.parametrize(
    "media", ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_rows_say_what_they_change_of_the_smallest_body(media: str, tmp_path: Path) -> None:
    tree = contract(BODY.replace("MEDIA", media).replace("STATUS", "400"))
    text = test_file(written(api_of(tree, tmp_path))[0])
    rule = "/paths/~1things/post/requestBody"
    schema = f"{rule}/content/{media.replace('/', '~1')}/schema"
    for part in (
        'CREATE_BODY: object = {"name": "text", "size": 1}',
        "CREATE_BODIES = bodies(\n    CREATE_BODY,\n",
        "CREATE_BAD_BODIES = bodies(\n    CREATE_BODY,\n",
        "base = Case(body=CREATE_BODY)",
        '"required-only"',
        '{"/name": "text" + "a" * 66}',
        '{"/size": DROP}',
        f'("body-missing", {{"": DROP}}, "{rule}/required")',
        f'"{schema}/properties/size/minimum"',
    ):
        assert part in text


def test_the_smallest_body_is_one_that_a_form_can_carry(tmp_path: Path) -> None:
    """An empty object leaves no trace in a form, so that a required one must hold something."""
    tree = contract(
        """
        /things:
          post:
            operationId: create
            requestBody:
              required: true
              content:
                application/x-www-form-urlencoded:
                  encoding:
                    options: {style: deepObject, explode: true}
                    other: {style: deepObject, explode: true}
                  schema:
                    type: object
                    required: [options, other]
                    properties:
                      options: {type: object, properties: {name: {type: string}}}
                      other: {type: object, properties: {size: {type: integer}}}
        """
    )
    text = test_file(written(api_of(tree, tmp_path))[0])
    assert re.search(
        r'CREATE_BODY: object = {"options": {"name": "\w+"}, "other": {"size": \d+}}', text
    )


def test_what_may_have_to_be_unique_is_new_in_every_row(tmp_path: Path) -> None:
    tree = contract(BODY.replace("MEDIA", "application/json").replace("STATUS", "409"))
    text = test_file(written(api_of(tree, tmp_path))[0])
    assert 'CREATE_BODY: object = {"name": Fresh("text-{}"), "size": 1}' in text


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        ("400", ["cursor-unicode", "cursor-typical"]),
        ("4XX", ["cursor-unicode", "cursor-typical"]),
        ("401", []),
    ],
)
def test_a_cursor_that_no_page_gave_may_be_refused(
    status: str, wanted: list[str], tmp_path: Path
) -> None:
    """Where the contract says that a request can be wrong, a made-up cursor need not succeed."""
    paths = f"""
    /things:
      get:
        operationId: list
        parameters:
          - {{name: cursor, in: query, schema: {{type: string, minLength: 2}}}}
          - {{name: limit, in: query, schema: {{type: integer, minimum: 1}}}}
        responses: {{"200": {{description: Some.}}, "{status}": {{description: No.}}}}
    """
    text = test_file(written(api_of(contract(paths), tmp_path))[0])
    accepted, _, foreign = text.partition("LIST_CURSORS = ")
    assert [one for one in wanted if one not in foreign] == []
    assert ("cursor-unicode" in accepted) == (not wanted)
    assert ('send("list", case)' in foreign) == bool(wanted)


def test_constants_of_alike_operations_are_kept_apart(tmp_path: Path) -> None:
    made = BODY.replace("MEDIA", "application/json").replace("STATUS", "400")
    other = made.replace("/things", "/others").replace("create", "Create").replace("name", "title")
    text = test_file(written(api_of(contract(made + other), tmp_path))[0])
    assert re.findall(r"^(\w+): object = {(\S+):", text, re.MULTILINE) == [
        ("CREATE_BODY", '"name"'),
        ("CREATE_2_BODY", '"title"'),
    ]


def test_a_body_that_nobody_describes_is_sent_all_the_same(tmp_path: Path) -> None:
    tree = contract(
        """
        /json:
          post: {operationId: a, requestBody: {required: true, content: {application/json: {}}}}
        /text:
          post: {operationId: b, requestBody: {required: true, content: {text/plain: {}}}}
        /pdf:
          post:
            operationId: c
            requestBody:
              required: true
              content: {application/pdf: {schema: {type: object, properties: {a: {}}}}}
        """
    )
    files, findings = written(api_of(tree, tmp_path))
    text = test_file(files)
    assert "A_BODY: object = {}" in text
    assert 'B_BODY: object = "contractgen"' in text
    assert [found.message for found in findings] == [
        "no tests for c: its body cannot be written as application/pdf"
    ]


def test_the_query_as_one_parameter_is_given(tmp_path: Path) -> None:
    schema = "{schema: {type: object, required: [a], properties: {a: {type: integer}}}}"
    tree = contract(
        f"""
        /a:
          get:
            operationId: a
            parameters:
              - name: all
                in: querystring
                required: true
                content: {{application/x-www-form-urlencoded: {schema}}}
        """,
        openapi="3.2.0",
    )
    assert 'base = Case(query={"all": {"a": ' in test_file(written(api_of(tree, tmp_path))[0])


def test_an_example_is_the_value_of_a_required_parameter(tmp_path: Path) -> None:
    tree = contract(
        """
        /a:
          get:
            operationId: a
            parameters: [{name: q, in: query, required: true, schema: {type: string}, example: x9}]
        """
    )
    assert 'base = Case(query={"q": "x9"})' in test_file(written(api_of(tree, tmp_path))[0])


def test_without_operations_nothing_is_written(tmp_path: Path) -> None:
    assert written(api_of(contract("{}"), tmp_path)) == ({}, [])
