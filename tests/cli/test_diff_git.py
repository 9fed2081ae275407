"""`contractgen diff` in git: revisions, merge bases, new, deleted and renamed files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contractgen.cli.diff import command
from contractgen.core import ContractgenError, ExitCode
from tests.cli.contracts import BROKEN, OLD, WIDER, contract, save, write
from tests.repositories import git


def diff(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


def found(*arguments: str) -> list[tuple[str, str, str]]:
    """Rule, file and the file of the older version, of all changes."""
    done = diff(*arguments, "-f", "json", "--level", "info")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return [
        (
            finding["rule"],
            finding["location"]["file"],
            finding["origin"]["file"] if finding["origin"] else "",
        )
        for finding in json.loads(done.stdout)["findings"]
    ]


def refusal(*arguments: str) -> ContractgenError:
    error = diff(*arguments).exception
    assert isinstance(error, ContractgenError), error
    return error


@pytest.fixture(autouse=True)
def first(project: Path) -> str:
    """The hash of the first commit, from which `work` has left `main`."""
    commit = save(project, {"specs/api.yaml": OLD})
    git(project, "switch", "--quiet", "-c", "work")
    return commit


REMOVED = "operation-removed"


def test_without_arguments_all_specs_are_compared_with_where_the_branch_began(
    project: Path, first: str
) -> None:
    save(project, {"specs/api.yaml": BROKEN})
    git(project, "switch", "--quiet", "main")
    save(project, {"specs/api.yaml": WIDER, "specs/other.yaml": OLD})
    git(project, "switch", "--quiet", "work")
    expected = [(REMOVED, "specs/api.yaml", f"{first[:10]}:specs/api.yaml")]
    assert found() == expected
    assert found("--against", "main") == expected
    assert diff().exit_code == ExitCode.FINDINGS
    assert (REMOVED, "specs/api.yaml", "main:specs/api.yaml") in found(
        "--against", "main", "--no-merge-base"
    )


def test_what_is_not_committed_counts(project: Path, first: str) -> None:
    write(project, {"specs/api.yaml": BROKEN})
    assert found() == [(REMOVED, "specs/api.yaml", f"{first[:10]}:specs/api.yaml")]


def test_the_folder_and_the_revision_are_configurable(project: Path, first: str) -> None:
    save(project, {"api/shop.yaml": OLD})
    git(project, "tag", "v1")
    write(project, {"api/shop.yaml": BROKEN, "specs/api.yaml": BROKEN})
    write(project, {"contractgen.toml": '[diff]\nspecs = "api"\nagainst = "v1"\n'})
    commit = git(project, "rev-parse", "v1")[:10]
    assert found() == [(REMOVED, "api/shop.yaml", f"{commit}:api/shop.yaml")]
    assert found("specs", "--against", "main") == [
        (REMOVED, "specs/api.yaml", f"{first[:10]}:specs/api.yaml")
    ]


def test_one_path_is_compared_with_the_default_branch(project: Path, first: str) -> None:
    write(project, {"specs/api.yaml": BROKEN, "specs/new.yaml": contract("a", title="New")})
    assert found("specs/api.yaml") == [(REMOVED, "specs/api.yaml", f"{first[:10]}:specs/api.yaml")]


def test_new_deleted_and_renamed_contracts(project: Path, first: str) -> None:
    save(project, {"specs/gone.yaml": contract("a", title="Gone")})
    base = save(project, {"specs/kept.yaml": contract(*"abcdefgh", title="Before")})
    git(project, "branch", "--force", "main", "HEAD")
    (project / "specs" / "gone.yaml").unlink()
    (project / "specs" / "api.yaml").rename(project / "specs" / "shop.yaml")
    git(project, "mv", "specs/kept.yaml", "specs/after.yaml")
    write(
        project,
        {
            "specs/shop.yaml": BROKEN,
            "specs/after.yaml": contract(*"bcdefgh", title="After"),
            "specs/new.yaml": contract("b", title="New"),
        },
    )
    label = base[:10]
    assert found() == [
        (REMOVED, "specs/shop.yaml", f"{label}:specs/api.yaml"),
        ("contract-removed", f"{label}:specs/gone.yaml", f"{label}:specs/gone.yaml"),
        (REMOVED, "specs/after.yaml", f"{label}:specs/kept.yaml"),
        ("contract-added", "specs/new.yaml", ""),
    ]
    assert first != base


def test_references_are_followed_in_the_revision_they_were_written_in(project: Path) -> None:
    head = 'openapi: 3.1.0\ninfo: {title: T, version: "1"}\npaths:\n'
    operations = [
        f"{name}: {{responses: {{'200': {{description: x}}}}}}" for name in ("get", "put")
    ]
    api = head + "  /a: {$ref: parts/a.yaml}\n"
    save(project, {"specs/api.yaml": api, "specs/parts/a.yaml": "\n".join(operations)})
    git(project, "branch", "--force", "main", "HEAD")
    label = git(project, "rev-parse", "HEAD")[:10]
    write(project, {"specs/parts/a.yaml": operations[0]})
    ((rule, _, origin),) = found()
    assert (rule, origin) == (REMOVED, f"{label}:specs/parts/a.yaml")


def test_two_revisions_of_a_file_and_of_a_folder(project: Path) -> None:
    save(project, {"specs/api.yaml": BROKEN})
    expected = [(REMOVED, "work:specs/api.yaml", "main:specs/api.yaml")]
    assert found("main:specs/api.yaml", "work:specs/api.yaml") == expected
    assert found("main:specs", "work:specs") == expected
    assert found("main:specs/api.yaml", "specs/api.yaml") == [
        (REMOVED, "specs/api.yaml", "main:specs/api.yaml")
    ]
    git(project, "rm", "--quiet", "specs/api.yaml")
    assert found("HEAD~1:specs/api.yaml", "HEAD:specs/api.yaml") == [
        (REMOVED, "HEAD:specs/api.yaml", "HEAD~1:specs/api.yaml")
    ]


def test_what_is_staged_can_be_compared(project: Path) -> None:
    write(project, {"specs/api.yaml": BROKEN})
    git(project, "add", "specs/api.yaml")
    write(project, {"specs/api.yaml": OLD})
    assert found("HEAD:specs/api.yaml", ":specs/api.yaml") == [
        (REMOVED, ":specs/api.yaml", "HEAD:specs/api.yaml")
    ]


def test_a_path_can_be_relative_to_the_current_folder(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(project, {"specs/api.yaml": BROKEN})
    monkeypatch.chdir(project / "specs")
    expected = [(REMOVED, "api.yaml", "main:specs/api.yaml")]
    assert found("main:./api.yaml", "api.yaml") == expected
    assert found("main:specs/api.yaml", "api.yaml") == expected
    assert [each[:2] for each in found("--against", "main", "api.yaml")] == [(REMOVED, "api.yaml")]


@pytest.mark.parametrize(
    ("arguments", "what", "next_step"),
    [
        (["--against", "mian"], "mian is no revision", "did you mean main?"),
        (["mian:specs/api.yaml", "specs/api.yaml"], "mian is no revision", "did you mean main?"),
        (
            ["main:specs/apy.yaml", "specs/api.yaml"],
            "specs/apy.yaml does not exist in revision main",
            "did you mean main:specs/api.yaml?",
        ),
        (["--against", "main", "specs/apy.yaml"], "cannot read specs/apy.yaml", "specs/api.yaml?"),
        (["main:specs", "specs/api.yaml"], "main:specs is a folder and specs/api.yaml is", "name"),
        (["--against", "main", "docs"], "there is no contract here", "name a file"),
    ],
)
def test_what_is_not_there_is_said(
    arguments: list[str], what: str, next_step: str, project: Path
) -> None:
    (project / "docs").mkdir()
    error = refusal(*arguments)
    assert error.what.startswith(what)
    assert next_step in error.next_step


def test_outside_of_a_repository_the_two_files_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"specs/api.yaml": OLD})
    for arguments in ([], ["--against", "main"], ["main:a.yaml", "specs/api.yaml"]):
        assert "contractgen diff OLD NEW" in refusal(*arguments).next_step


def test_unchanged_contracts_are_no_findings(project: Path) -> None:
    save(project, {"specs/b.yaml": contract("b", title="B")})
    git(project, "branch", "--force", "main", "HEAD")
    assert found() == []
    assert diff().output == "no changes\n"


def orders(*fields: str) -> str:
    """A contract of messages: the application receives orders in Avro; `b?` has a default."""
    written = [
        {"name": it.strip("?"), "type": "int", **({"default": 0} if "?" in it else {})}
        for it in fields
    ]
    schema = {"type": "record", "name": "Order", "fields": written}
    form = "application/vnd.apache.avro;version=1.9.0"
    message = {"contentType": "avro/binary", "payload": {"schemaFormat": form, "schema": schema}}
    return json.dumps(
        {
            "asyncapi": "3.0.0",
            "info": {"title": "Orders", "version": "1"},
            "channels": {"orders": {"address": "orders", "messages": {"Order": message}}},
            "operations": {"hear": {"action": "receive", "channel": {"$ref": "#/channels/orders"}}},
        }
    )


def test_every_released_version_counts_where_compatibility_is_transitive(project: Path) -> None:
    """Without `b` in the first version, `b` needs a default, although the last version had it."""
    path = "specs/orders.json"
    for tag, fields in {"v1": ("a",), "v2": ("a", "b?")}.items():
        save(project, {path: orders(*fields)})
        git(project, "tag", tag)
    write(project, {path: orders("a", "b")})
    assert found("--compat", "backward", "--against", "v2") == []
    broken = ("avro-schema", path, f"v1:{path}")
    assert found("--compat", "backward-transitive", path) == [broken]


def test_without_tags_no_version_was_released() -> None:
    assert refusal("--compat", "backward-transitive").what == (
        "no version in the history of HEAD has a tag"
    )
