"""`contractgen diff` on files and folders: what is shown, what counts, and the exit code."""

from __future__ import annotations

import json
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result

from contractgen.cli.diff import command
from contractgen.core import ContractgenError, ExitCode
from tests.cli.contracts import BROKEN, OLD, WIDER, contract, write


def diff(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(command, list(arguments), input=stdin)


def rules(*arguments: str, stdin: str | None = None) -> list[str]:
    """The rules of all findings that are reported, in their order."""
    done = diff(*arguments, "-f", "json", stdin=stdin)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return [finding["rule"] for finding in json.loads(done.stdout)["findings"]]


def refusal(*arguments: str) -> ContractgenError:
    error = diff(*arguments).exception
    assert isinstance(error, ContractgenError), error
    return error


@pytest.fixture(autouse=True)
def files(work: Path) -> Path:
    write(work, {"old.yaml": OLD, "broken.yaml": BROKEN, "wider.yaml": WIDER})
    return work


@pytest.mark.parametrize(
    ("new", "options", "code"),
    [
        ("broken.yaml", [], ExitCode.FINDINGS),
        ("broken.yaml", ["--fail-on", "info"], ExitCode.FINDINGS),
        ("broken.yaml", ["--fail-on", "never"], ExitCode.OK),
        ("wider.yaml", [], ExitCode.OK),
        ("wider.yaml", ["--fail-on", "warning"], ExitCode.OK),
        ("wider.yaml", ["--fail-on", "info"], ExitCode.FINDINGS),
        ("old.yaml", ["--fail-on", "info"], ExitCode.OK),
    ],
)
def test_the_exit_code_says_what_was_found(new: str, options: list[str], code: int) -> None:
    assert diff("old.yaml", new, *options).exit_code == code


def test_compatible_changes_are_shown_when_they_are_asked_for() -> None:
    assert rules("old.yaml", "wider.yaml") == []
    assert rules("old.yaml", "wider.yaml", "--level", "info") == ["operation-added"]
    assert rules("wider.yaml", "old.yaml", "--level", "error") == ["operation-removed"]


def test_both_places_have_lines() -> None:
    found = json.loads(diff("old.yaml", "broken.yaml", "-f", "json").stdout)["findings"]
    (finding,) = found
    assert finding["location"]["file"] == "broken.yaml"
    assert finding["location"]["line"] > 0
    assert (finding["origin"]["file"], finding["origin"]["line"]) == ("old.yaml", 10)


def test_one_side_can_be_standard_input() -> None:
    assert rules("old.yaml", "-", stdin=BROKEN) == ["operation-removed"]
    assert rules("-", "broken.yaml", stdin=OLD) == ["operation-removed"]
    assert "standard input" in refusal("-", "-").what


def test_a_version_can_be_read_from_its_address(files: Path) -> None:
    handler = partial(SimpleHTTPRequestHandler, directory=str(files))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        assert rules(f"{url}/old.yaml", "broken.yaml") == ["operation-removed"]
        assert rules("old.yaml", f"{url}/broken.yaml") == ["operation-removed"]
        assert refusal("old.yaml", f"{url}/missing.yaml").what.endswith("answers with status 404")
        server.shutdown()
    gone = refusal("old.yaml", f"{url}/broken.yaml")
    assert gone.exit_code == ExitCode.UNREACHABLE


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["a", "b", "c"], "3 versions cannot be compared with each other"),
        (["old.yaml", "."], ". is a folder and old.yaml is not"),
        (["old.yaml", "missing.yaml"], "cannot read missing.yaml: No such file or directory"),
        (["old.yaml", "new.yaml", "-f", "pdf"], "cannot read new.yaml: No such file or directory"),
        (["old.yaml", "old.yaml", "-f", "pdf"], "'pdf' is not a report format"),
        (["old.yaml", "old.yaml", "--baseline", "no.toml"], "cannot read no.toml"),
        (["old.yaml", "old.yaml", "--oasdiff-levels", "no.txt"], "cannot read no.txt"),
    ],
)
def test_wrong_usage_is_said(arguments: list[str], what: str) -> None:
    assert refusal(*arguments).what.startswith(what)


def test_a_misspelt_file_gets_a_suggestion() -> None:
    assert refusal("old.yaml", "brokn.yaml").next_step == "did you mean broken.yaml?"


def test_folders_are_compared_by_path_then_by_title(files: Path) -> None:
    write(
        files,
        {
            "v1/a.yaml": contract("x", "y", title="A"),
            "v1/b.yaml": contract("x", "y", title="B"),
            "v1/gone.yaml": contract("x", title="Gone"),
            "v2/a.yaml": contract("x", title="Renamed, but where it was"),
            "v2/moved/b.yaml": contract("x", "y", "z", title="B"),
            "v2/new.yaml": contract("x", title="New"),
            "v2/part.yaml": "type: string\n",
        },
    )
    done = diff("v1", "v2", "-f", "json", "--level", "info")
    found = [
        (finding["rule"], finding["location"]["file"])
        for finding in json.loads(done.stdout)["findings"]
    ]
    assert found == [
        ("operation-removed", "v2/a.yaml"),
        ("operation-added", "v2/moved/b.yaml"),
        ("contract-removed", "v1/gone.yaml"),
        ("contract-added", "v2/new.yaml"),
    ]
    assert diff("v1", "v2", "-f", "json", "--level", "info", "--jobs", "2").stdout == done.stdout


def test_an_invalid_newer_version_is_said_and_not_compared(files: Path) -> None:
    dangling = BROKEN.replace("{description: All of them.}", "{$ref: '#/components/nowhere'}")
    for text, rule in [
        (dangling, "unresolved-reference"),
        (OLD + "paths: {}\n", "duplicate-key"),
        ("openapi: [", "syntax"),
        ("openapi: 4.0.0\n", "unsupported-version"),
    ]:
        write(files, {"new.yaml": text})
        assert rules("old.yaml", "new.yaml") == [rule]
        assert diff("old.yaml", "new.yaml").exit_code == ExitCode.SPEC
        assert diff("old.yaml", "new.yaml", "--fail-on", "never").exit_code == ExitCode.OK


def test_a_broken_older_version_is_compared_as_far_as_it_goes(files: Path) -> None:
    dangling = OLD.replace("{description: All of them.}", "{$ref: '#/components/nowhere'}", 1)
    for text, rule in [
        (dangling, "unresolved-reference"),
        (OLD + "  /things: {get: {responses: {}}}\n", "duplicate-key"),
    ]:
        write(files, {"before.yaml": text})
        found = json.loads(diff("before.yaml", "broken.yaml", "-f", "json").stdout)["findings"]
        told = {finding["rule"]: finding for finding in found}
        assert told["operation-removed"]["level"] == "error"
        assert told[rule]["level"] == "warning"
        assert told[rule]["message"].startswith("in the older version: ")
        assert told[rule]["location"]["file"] == "before.yaml"
        assert told[rule]["location"]["line"] > 1


def test_an_older_version_that_is_no_contract_cannot_be_compared(files: Path) -> None:
    for text, rule in [("openapi: [", "syntax"), ("a: 1\n", "unsupported-version")]:
        write(files, {"before.yaml": text})
        done = diff("before.yaml", "broken.yaml", "-f", "oneline")
        assert f"error[{rule}]" in done.output
        assert done.exit_code == ExitCode.SPEC


def test_a_reference_in_an_example_is_none(files: Path) -> None:
    example = BROKEN + "components: {examples: {e: {value: {$ref: '#/nowhere'}}}}\n"
    write(files, {"new.yaml": example})
    assert rules("old.yaml", "new.yaml") == ["operation-removed"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('[rules]\noperation-removed = "warning"', ["warning"]),
        ('[rules]\noperation-removed = "off"', []),
        ('[rules]\n"operation-removed@request" = "off"', ["error"]),
        ('[diff]\nlevel = "error"\n[rules]\noperation-removed = "warning"', []),
    ],
)
def test_a_project_chooses_levels(line: str, expected: list[str], files: Path) -> None:
    write(files, {"contractgen.toml": line})
    found = json.loads(diff("old.yaml", "broken.yaml", "-f", "json").stdout)["findings"]
    assert [finding["level"] for finding in found] == expected


@pytest.mark.parametrize(
    ("line", "what", "hint"),
    [
        ('[diff]\nlevl = "info"', "[diff] levl is not a known setting", "did you mean 'level'?"),
        ('[diff]\nlevel = "all"', "[diff] level: 'all' is not a known", "error, warning, info"),
        ('[rules]\noperation-remove = "off"', "[rules] operation-remove is", "operation-removed"),
        ('[rules]\n"operation-removed@body" = "off"', "[rules] operation-removed@body", "request"),
    ],
)
def test_a_wrong_choice_is_said(line: str, what: str, hint: str, files: Path) -> None:
    write(files, {"contractgen.toml": line})
    error = refusal("old.yaml", "broken.yaml")
    assert error.what.startswith(what)
    assert hint in error.next_step


def test_an_option_wins_over_the_configuration(files: Path) -> None:
    write(files, {"contractgen.toml": '[diff]\nfail-on = "never"\n'})
    assert diff("old.yaml", "broken.yaml").exit_code == ExitCode.OK
    assert diff("old.yaml", "broken.yaml", "--fail-on", "error").exit_code == ExitCode.FINDINGS


@pytest.mark.parametrize(
    ("version", "expected"),
    [("1.0.0", ["version-not-raised"]), ("1.4.0", ["version-not-raised"]), ("2.0.0", [])],
)
def test_a_break_calls_for_a_new_major_version(
    version: str, expected: list[str], files: Path
) -> None:
    write(files, {"new.yaml": contract("things", version=version)})
    found = rules("old.yaml", "new.yaml", "--check-version")
    assert found == ["operation-removed", *expected]
    assert rules("old.yaml", "new.yaml") == ["operation-removed"]


@pytest.mark.parametrize(
    ("new", "expected"), [("broken.yaml", "2.0.0"), ("wider.yaml", "1.1.0"), ("old.yaml", "1.0.0")]
)
def test_the_next_version_follows_from_every_change(new: str, expected: str, files: Path) -> None:
    assert diff("old.yaml", new, "-f", "next-version").output == f"{expected}\n"
    assert diff("old.yaml", new, "-f", "next-version", "--level", "error").output == f"{expected}\n"
    write(files, {"raised.yaml": (files / new).read_text().replace("1.0.0", "1.0.1")})
    given = ("old.yaml", "raised.yaml", "-f", "next-version", "--check-version")
    assert diff(*given).output == f"{expected}\n"


def test_an_addition_calls_for_a_new_minor_version() -> None:
    done = diff("old.yaml", "wider.yaml", "--check-version", "-f", "oneline")
    assert "wider.yaml:2:" in done.output
    assert "the changes call for 1.1.0 or above" in done.output
    assert done.exit_code == ExitCode.FINDINGS


def test_every_format_can_be_written_in_one_run(files: Path) -> None:
    done = diff("old.yaml", "broken.yaml", "-f", "oneline", "-f", "sarif=out.sarif")
    assert "error[operation-removed]" in done.output
    assert json.loads((files / "out.sarif").read_text())["version"] == "2.1.0"


LEVELS = "# ours\napi-path-removed-without-deprecation  {}\nother-rule err\n"


@pytest.mark.parametrize(
    ("level", "expected"), [("info", "info"), ("warn", "warning"), ("err", "error"), ("none", "")]
)
def test_levels_of_oasdiff_hold_through_its_ids(level: str, expected: str, files: Path) -> None:
    write(files, {"levels.txt": LEVELS.format(level)})
    options = ("--oasdiff-levels", "levels.txt", "--level", "info", "-f", "json")
    found = json.loads(diff("old.yaml", "broken.yaml", *options).stdout)["findings"]
    assert [finding["level"] for finding in found] == ([expected] if expected else [])


def test_a_wrong_level_of_oasdiff_is_said(files: Path) -> None:
    write(files, {"levels.txt": "a-rule fatal\n"})
    error = refusal("old.yaml", "broken.yaml", "--oasdiff-levels", "levels.txt")
    assert (error.where, error.what) == ("levels.txt:1", "not a severity level: a-rule fatal")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("GET /others api path removed without deprecation", ExitCode.OK),
        (" - 12.01.2026 In GET /Others the API path was removed without deprecation", ExitCode.OK),
        ("GET /things api path removed without deprecation", ExitCode.FINDINGS),
        ("POST /others api path removed without deprecation", ExitCode.FINDINGS),
        ("GET /others removed the request property 'name'", ExitCode.FINDINGS),
        ("GET /others", ExitCode.FINDINGS),
        ("", ExitCode.FINDINGS),
    ],
)
def test_ignore_files_of_oasdiff_hold(line: str, code: int, files: Path) -> None:
    write(files, {"ignore.txt": f"# Known\n{line}\n"})
    done = diff("old.yaml", "broken.yaml", "--oasdiff-ignore", "ignore.txt")
    assert done.exit_code == code, done.output


NARROWER = OLD.replace(
    "operationId: others\n",
    "operationId: others\n      parameters: [{name: q, in: query, schema: {type: integer}}]\n",
)
WIDE = NARROWER.replace("{type: integer}", "{$ref: 'parts.yaml#/Q'}")


def test_breaks_are_emitted_as_tests(work: Path) -> None:
    """With the older version beside them, all files of it, whatever becomes of the original."""
    write(work, {"v1.yaml": WIDE, "parts.yaml": "Q: {type: [integer, string]}\n"})
    write(work, {"v2.yaml": NARROWER})
    done = diff("v1.yaml", "v2.yaml", "--emit-tests", "clients", "-f", "oneline")
    assert done.exit_code == ExitCode.FINDINGS
    assert done.stderr == "clients: 6 written, 0 unchanged\n"
    kept = work / "clients" / "v2"
    assert sorted(path.name for path in kept.iterdir()) == [
        "__init__.py",
        "conftest.py",
        "contract",
        "test_clients.py",
    ]
    assert (kept / "contract" / "v1.yaml").read_text() == WIDE
    assert (kept / "contract" / "parts.yaml").exists()
    again = diff("v1.yaml", "v2.yaml", "--emit-tests", "clients", "-f", "oneline")
    assert again.stderr == "clients: 0 written, 6 unchanged\n"


def test_what_was_accepted_is_not_emitted(work: Path) -> None:
    """The team has told those whom it concerns."""
    diff("old.yaml", "broken.yaml", "--write-baseline")
    done = diff("old.yaml", "broken.yaml", "--emit-tests", "clients")
    assert "nothing to write" in done.stderr
    assert not (work / "clients").exists()


def test_tests_need_a_version_that_can_be_read_again() -> None:
    done = diff("-", "broken.yaml", "--emit-tests", "clients", stdin=OLD)
    assert isinstance(done.exception, ContractgenError)
    assert "standard input" in done.exception.what
