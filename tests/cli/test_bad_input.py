"""Bad input: one clear message with a place, the right exit code, nothing half-written."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OK, FINDINGS, USAGE, SPEC, INTERRUPTED = 0, 1, 2, 3, 130

MINIMAL = """\
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /things:
    get:
      operationId: listThings
      responses:
        "200": {description: All of them.}
"""

WITHOUT_OPERATIONS = """\
openapi: 3.1.0
info: {title: T, version: "1"}
paths: {}
"""


def contractgen(
    *arguments: object, cwd: Path, **options: object
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "contractgen", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **options,  # type: ignore[call-overload]
    )


@dataclass(frozen=True, kw_only=True)
class Bad:
    """A file that is wrong, and what has to be said about it."""

    content: bytes
    rule: str
    place: str
    help: str
    says: str = ""
    name: str = "spec.yaml"


def text(before: str, after: str) -> bytes:
    assert before in MINIMAL
    return MINIMAL.replace(before, after).encode()


def bomb() -> bytes:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return ("openapi: 3.1.0\n" + "\n".join(lines)).encode()


ANSWER = '"200": {description: All of them.}'
DANGLING = """\
"200": {$ref: "#/components/responses/Al"}
components:
  responses:
    All: {description: x}"""
CYCLE = """\
"200": {$ref: "#/components/responses/A"}
components:
  responses:
    A: {$ref: "#/components/responses/B"}
    B: {$ref: "#/components/responses/A"}"""

SUPPORTED = "supported"
WRITE = "write the contract into it, or leave the file out"
NAME_PARTS = "name the inner parts under components and refer to them with $ref"

BAD = {
    "empty": Bad(content=b"", rule="empty-file", place="1:1", help=WRITE),
    "only a comment": Bad(content=b"# later\n", rule="empty-file", place="1:1", help=WRITE),
    "binary": Bad(
        content=b"\x89PNG\r\n\x1a\n\x00\x00",
        rule="not-text",
        place="1:1",
        help="check that the path leads to the contract and not to an archive or an image",
    ),
    "invalid YAML": Bad(
        content=text("info: {title: T", "info: {title: T, {"),
        rule="syntax",
        place="2:18",
        help="put the text in quotes when it starts with '{' or '['",
    ),
    "invalid JSON": Bad(
        content=b'{"openapi": "3.1.0",\n "info": }',
        rule="syntax",
        place="2:10",
        help="write a value; JSON has no comments and no single quotes",
        name="spec.json",
    ),
    "unknown version": Bad(
        content=text("3.1.0", "4.0.0"),
        rule="unsupported-version",
        place="1:1",
        says="4.0.0",
        help=SUPPORTED,
    ),
    "no version": Bad(
        content=text("openapi: 3.1.0\n", ""),
        rule="unsupported-version",
        place="1:1",
        help=SUPPORTED,
    ),
    "dangling $ref": Bad(
        content=text(ANSWER, DANGLING),
        rule="unresolved-reference",
        place="8:17",
        says="#/components/responses/Al",
        help="did you mean '#/components/responses/All'?",
    ),
    "cyclic $ref": Bad(
        content=text(ANSWER, CYCLE),
        rule="unresolved-reference",
        place="8:17",
        says="refers to itself",
        help="correct the reference",
    ),
    "alias bomb": Bad(
        content=bomb(),
        rule="too-large",
        place="8:10",
        says="1,000,000",
        help="use $ref instead of YAML aliases",
    ),
    "2,000 levels": Bad(
        content=b"openapi: 3.1.0\nx-deep: " + b"[" * 2000 + b"]" * 2000,
        rule="too-deep",
        place="2:264",
        says="256",
        help=NAME_PARTS,
    ),
    "2,000 levels of JSON": Bad(
        content=b'{"openapi": "3.1.0", "x-deep": ' + b"[" * 2000 + b"]" * 2000 + b"}",
        rule="too-deep",
        place="1:287",
        says="256",
        help=NAME_PARTS,
        name="spec.json",
    ),
    "duplicate keys": Bad(
        content=text("    get:\n", "    get: {}\n    get:\n"),
        rule="duplicate-key",
        place="6:5",
        says="first in line 5",
        help="delete one of the two, or rename it",
    ),
    "two documents": Bad(
        content=(MINIMAL + "---\na: 1\n").encode(),
        rule="syntax",
        place="9:1",
        help="move it into a file of its own",
    ),
    "a list": Bad(
        content=b"- a\n- b\n",
        rule="unsupported-version",
        place="1:1",
        says="a list",
        help=SUPPORTED,
    ),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
@pytest.mark.parametrize("command", ["validate", "generate", "diff"])
def test_a_wrong_contract_is_a_finding_with_a_place(bad: Bad, command: str, tmp_path: Path) -> None:
    (tmp_path / bad.name).write_bytes(bad.content)
    (tmp_path / "old.yaml").write_text(MINIMAL)
    given = ["old.yaml", bad.name] if command == "diff" else [bad.name]
    done = contractgen(command, *given, cwd=tmp_path)
    said = done.stdout + done.stderr
    assert done.returncode == SPEC, said
    assert "Traceback" not in said
    start = rf"^error\[{bad.rule}\] {re.escape(bad.name)}:{bad.place}: .*{re.escape(bad.says)}"
    shown = r"(  [^h].*\n)*"  # the line, a mark below it, and where else to look
    shape = rf"{start}.*\n{shown}  help: {re.escape(bad.help)}"
    assert re.search(shape, said, re.MULTILINE), said
    assert not (tmp_path / "generated").exists()


@pytest.mark.parametrize(
    ("command", "exit_code"),
    [
        (["validate", "spec.yaml"], OK),
        (["validate", "spec.yaml", "--fail-on", "warning"], FINDINGS),
    ],
)
def test_a_contract_without_operations_is_a_warning(
    command: list[str], exit_code: int, tmp_path: Path
) -> None:
    (tmp_path / "spec.yaml").write_text(WITHOUT_OPERATIONS)
    done = contractgen(*command, cwd=tmp_path)
    assert done.returncode == exit_code
    assert re.match(
        r"warning\[no-operations\] spec\.yaml:3:1: .*\n(  [^h].*\n)*  help: add an operation",
        done.stdout,
    ), done.stdout


def test_a_contract_without_operations_gives_no_tests(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(WITHOUT_OPERATIONS)
    done = contractgen("generate", "spec.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout.splitlines()[0]) == (
        OK,
        "spec.yaml: 0 operations, 0 files in spec/",
    )
    assert list(tmp_path.rglob("*.py")) == []


@pytest.mark.parametrize("command", ["validate", "generate", "mock"])
def test_a_missing_file_is_named(command: str, tmp_path: Path) -> None:
    done = contractgen(command, "nowhere.yaml", cwd=tmp_path)
    assert done.returncode == SPEC
    assert re.match(r"error\[cannot-read\] nowhere\.yaml: .*\n  help: .+", done.stderr), done.stderr
    assert len(done.stderr.splitlines()) <= 3


@pytest.mark.parametrize("command", ["validate", "generate", "mock"])
def test_a_folder_without_contracts_is_said(command: str, tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "notes.yaml").write_text("a: 1\n")
    done = contractgen(command, "specs", cwd=tmp_path)
    assert done.returncode == SPEC
    assert re.match(r"error\[no-contract\] specs: .*\n  help: .+", done.stderr), done.stderr


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(MINIMAL)
    done = contractgen("generate", "spec.yaml", "--out", "/proc/contractgen", cwd=tmp_path)
    assert done.returncode == USAGE
    said = r"error\[cannot-write\] /proc/contractgen.*: .*\n  help: .*--out"
    assert re.match(said, done.stderr), done.stderr


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(MINIMAL)
    (tmp_path / "taken").write_text("mine")
    done = contractgen("generate", "spec.yaml", "--out", "taken", cwd=tmp_path)
    assert done.returncode == USAGE
    assert re.match(r"error\[cannot-write\] taken.*: .*\n  help: .+", done.stderr), done.stderr
    assert (tmp_path / "taken").read_text() == "mine"


def test_a_limit_while_writing_leaves_what_was_there(tmp_path: Path) -> None:
    """The kernel refuses a write in the middle of a file, as it does on a full disk."""
    (tmp_path / "spec.yaml").write_text(MINIMAL)
    assert contractgen("generate", "spec.yaml", cwd=tmp_path).returncode == OK
    before = snapshot(tmp_path / "generated")
    (tmp_path / "spec.yaml").write_text(MINIMAL.replace("listThings", "listAllThings"))
    done = contractgen(
        "generate",
        "spec.yaml",
        cwd=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (700, 700)),
    )
    assert done.returncode == USAGE, done.stderr
    said = r"error\[cannot-write\] generated.*: .*\n  help: .+"
    assert re.match(said, done.stderr), done.stderr
    assert snapshot(tmp_path / "generated") == before


def test_a_report_to_a_full_device(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(MINIMAL)
    done = contractgen("validate", "spec.yaml", "-f", "json=/dev/full", cwd=tmp_path)
    assert done.returncode == USAGE
    assert re.match(r"error\[cannot-write\] /dev/full: .*\n  help: .+", done.stderr), done.stderr


USED = {
    "request": {"method": "GET", "url": "http://localhost/things"},
    "response": {"status": 200, "content": {}},
}


@pytest.mark.parametrize(
    "arguments",
    [
        ["rules", "--pages", "taken/rules"],
        ["templates", "eject", "--to", "taken/templates"],
        ["pact", "slice", "spec.yaml", "--name", "Web", "--from", "used.har", "--out", "taken/w"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_file_that_cannot_be_written(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(MINIMAL)
    (tmp_path / "used.har").write_text(json.dumps({"log": {"entries": [USED]}}))
    (tmp_path / "taken").write_text("mine")
    done = contractgen(*arguments, cwd=tmp_path)
    assert done.returncode == USAGE, done.stderr
    said = r"error\[cannot-write\] taken/.*: cannot write: .*\n  help: .+"
    assert re.fullmatch(said, done.stderr.strip()), done.stderr


@pytest.mark.parametrize("delay", [0, 0.3, 0.7])
def test_an_interrupt_leaves_only_whole_files(tmp_path: Path, delay: float) -> None:
    """The delay is from the first contract on, so that a busy machine is not still starting."""
    process = subprocess.Popen(
        [sys.executable, "-m", "contractgen", "generate", str(ROOT / "specs"), "--out", "out"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "catalog.yaml" in process.stdout.readline()
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    if process.returncode < 0:  # the signal came when Python could not catch it any more
        assert process.returncode == -signal.SIGINT
    else:
        assert process.returncode in {OK, INTERRUPTED}, said
        words = "interrupted; nothing was half-written"
        assert (process.returncode == INTERRUPTED) == (words in said), said
        assert "Traceback" not in said
    for path in (tmp_path / "out").rglob("*.py"):
        compile(path.read_text(), str(path), "exec")
    assert list((tmp_path / "out").glob(".contractgen-*")) == []


def test_several_errors_are_reported_in_one_run(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(BAD["unknown version"].content)
    (tmp_path / "b.yaml").write_bytes(BAD["dangling $ref"].content)
    done = contractgen("validate", ".", "-f", "json", cwd=tmp_path)
    found = {(f["location"]["file"], f["rule"]) for f in json.loads(done.stdout)["findings"]}
    assert {("a.yaml", "unsupported-version"), ("b.yaml", "unresolved-reference")} <= found
    assert done.returncode == SPEC


def test_an_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(MINIMAL)
    done = contractgen("validate", "spec.yaml", "-f", "pdf", cwd=tmp_path)
    assert done.returncode == USAGE
    assert "'pdf' is not a report format" in done.stderr
    assert "choose one of: text, " in done.stderr


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        os.path.relpath(path, folder): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
