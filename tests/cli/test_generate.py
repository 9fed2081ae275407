"""`contractgen generate`: what is written where, what stays, and what the exit code says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contractgen.cli.generate import command
from contractgen.core import ContractgenError, ExitCode

SOUND = """\
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /things:
    get:
      operationId: listThings
      tags: [things]
      responses:
        "200": {description: All of them.}
  /others:
    get:
      operationId: listOthers
      tags: [others]
      responses:
        "200": {description: All of them.}
"""
INVALID = SOUND.replace("responses:", "response:")
WITH_WARNING = SOUND.replace(
    "      tags: [others]\n",
    "      tags: [others]\n      parameters:\n"
    "        - {name: q, in: query, required: true, schema: {enum: [1], type: string}}\n",
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "a.yaml").write_text(SOUND)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def generate(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments), standalone_mode=False)


def files(folder: Path) -> set[str]:
    root = folder / "generated"
    return {str(p.relative_to(root)) for p in root.rglob("*.py")}


ROOT = {"__init__.py"}
PACT = "a/test_pact_provider.py"
A = {"a/__init__.py", "a/conftest.py", "a/test_things.py", "a/test_others.py", PACT}
B = {name.replace("a/", "b/") for name in A}


def test_without_paths_the_contracts_in_specs_are_taken(folder: Path) -> None:
    done = generate()
    assert done.return_value == ExitCode.OK
    assert done.stdout.splitlines() == [
        "specs/a.yaml: 2 operations, 5 files in a/",
        "generated: 6 written, 0 unchanged, 0 removed",
        "pacts: 2 written, 0 unchanged, 0 removed",
    ]
    assert files(folder) == ROOT | A


def test_a_contract_of_messages_without_operations_gives_no_file(folder: Path) -> None:
    (folder / "specs" / "events.yaml").write_text(
        'asyncapi: 3.0.0\ninfo: {title: Events, version: "1"}\n'
    )
    done = generate()
    assert done.return_value == ExitCode.OK
    assert done.stdout.splitlines() == [
        "specs/a.yaml: 2 operations, 5 files in a/",
        "specs/events.yaml: 0 operations, 0 files in events/",
        "generated: 6 written, 0 unchanged, 0 removed",
        "pacts: 2 written, 0 unchanged, 0 removed",
    ]
    assert files(folder) == ROOT | A


def test_the_files_name_the_spec_from_where_they_are(folder: Path) -> None:
    generate("specs/a.yaml", "--out", "tests/contract")
    text = (folder / "tests/contract/a/test_things.py").read_text()
    assert 'contract = Contract("../../../specs/a.yaml", beside=__file__)' in text


def test_a_second_run_changes_nothing(folder: Path) -> None:
    generate()
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.py")}
    done = generate()
    assert "0 written, 6 unchanged, 0 removed" in done.stdout
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.py")} == before


def test_specs_of_one_name_get_folders_of_their_own(folder: Path) -> None:
    (folder / "specs" / "old").mkdir()
    (folder / "specs" / "old" / "a.yaml").write_text(SOUND)
    generate()
    assert files(folder) == ROOT | A | {name.replace("a/", "a_2/") for name in A}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda _: None, ExitCode.OK),
        (lambda path: path.unlink(), ExitCode.FINDINGS),
        (lambda path: path.write_text(path.read_text() + "# mine\n"), ExitCode.FINDINGS),
    ],
)
def test_check_finds_drift_and_writes_nothing(change: object, code: int, folder: Path) -> None:
    generate()
    target = folder / "generated/a/test_things.py"
    assert callable(change)
    change(target)
    before = target.read_text() if target.exists() else None
    done = generate("--check")
    assert done.return_value == code
    assert ("error[generated-drift]" in done.stderr) == (code != ExitCode.OK)
    assert (target.read_text() if target.exists() else None) == before


def test_what_was_changed_by_hand_is_not_overwritten(folder: Path) -> None:
    generate()
    target = folder / "generated/a/test_things.py"
    target.write_text("# mine\n")
    with pytest.raises(ContractgenError, match=r"a/test_things\.py is edited"):
        CliRunner().invoke(command, [], standalone_mode=False, catch_exceptions=False)
    assert target.read_text() == "# mine\n"
    assert generate("--force").return_value == ExitCode.OK
    assert target.read_text() != "# mine\n"


def test_the_conftest_is_the_users_after_the_first_run(folder: Path) -> None:
    generate()
    target = folder / "generated/a/conftest.py"
    target.write_text("# mine\n")
    assert generate().return_value == ExitCode.OK
    assert generate("--check").return_value == ExitCode.OK
    assert generate("--force").return_value == ExitCode.OK
    assert target.read_text() == "# mine\n"


def test_an_invalid_contract_stops_only_itself(folder: Path) -> None:
    (folder / "specs" / "b.yaml").write_text(SOUND)
    generate()
    (folder / "specs" / "a.yaml").write_text(INVALID)
    done = generate()
    assert done.return_value == ExitCode.SPEC
    assert "specs/a.yaml: not generated, 2 errors" in done.stdout
    assert done.stderr.count("error[") == 2
    assert files(folder) == ROOT | A | B


def test_a_contract_can_be_taken_unchecked(folder: Path) -> None:
    (folder / "specs" / "a.yaml").write_text(INVALID)
    assert generate("--no-validate").return_value == ExitCode.OK
    assert files(folder) == ROOT | A - {PACT}


@pytest.mark.parametrize(
    ("arguments", "left"),
    [
        (["specs"], ROOT | A),
        (["specs/a.yaml"], ROOT | A | B),
        (["specs", "--tag", "things"], ROOT | A | B),
    ],
)
def test_a_run_over_a_folder_removes_what_is_stale(
    arguments: list[str], left: set[str], folder: Path
) -> None:
    other = folder / "specs" / "b.yaml"
    other.write_text(SOUND)
    generate()
    other.unlink()
    generate(*arguments)
    assert files(folder) == left


def test_a_conftest_goes_with_its_spec_unless_it_was_changed(folder: Path) -> None:
    for name in ("b", "c"):
        (folder / "specs" / f"{name}.yaml").write_text(SOUND)
    generate()
    (folder / "generated/b/conftest.py").write_text("# mine\n")
    for name in ("b", "c"):
        (folder / "specs" / f"{name}.yaml").unlink()
    assert "generated: 0 written, 6 unchanged, 9 removed" in generate().stdout
    assert files(folder) == ROOT | A | {"b/conftest.py"}
    assert generate("--check").return_value == ExitCode.OK


def test_a_tag_that_is_gone_leaves_no_file(folder: Path) -> None:
    generate()
    (folder / "specs" / "a.yaml").write_text(SOUND.replace("[others]", "[things]"))
    generate("specs/a.yaml")
    assert files(folder) == ROOT | A - {"a/test_others.py"}


@pytest.mark.parametrize(
    ("arguments", "code"), [([], ExitCode.OK), (["--fail-on", "warning"], ExitCode.FINDINGS)]
)
def test_an_operation_without_tests_is_a_warning(
    arguments: list[str], code: int, folder: Path
) -> None:
    (folder / "specs" / "a.yaml").write_text(WITH_WARNING)
    done = generate("--no-validate", *arguments)
    assert done.return_value == code
    assert "warning[not-generated] specs/a.yaml:" in done.stderr
    assert files(folder) == ROOT | A - {"a/test_others.py"}


def test_settings_choose_and_options_win(folder: Path) -> None:
    (folder / "contractgen.toml").write_text('[generate]\ntag = ["others"]\n')
    generate()
    assert files(folder) == ROOT | A - {"a/test_things.py", PACT}
    generate("--tag", "things")
    assert files(folder) == ROOT | A - {PACT}


def test_what_is_excluded_gets_no_tests_unless_it_is_named(folder: Path) -> None:
    old = folder / "specs" / "archive" / "b.yaml"
    old.parent.mkdir()
    old.write_text(SOUND)
    (folder / "contractgen.toml").write_text('[generate]\nexclude = ["specs/archive/*"]\n')
    generate("specs")
    assert files(folder) == ROOT | A
    generate("specs", str(old))
    assert files(folder) == ROOT | A | B


def pacts(folder: Path, name: str = "pacts") -> set[str]:
    return {path.name for path in (folder / name).glob("*.json") if not path.name.startswith(".")}


def test_pacts_are_written_beside_the_tests_and_removed_with_their_contract(folder: Path) -> None:
    other = folder / "specs" / "b.yaml"
    other.write_text(SOUND)
    generate()
    assert pacts(folder) == {"a-consumer-a.json", "b-consumer-b.json", "REPORT.json"}
    (folder / "pacts" / "web-a.json").write_text("{}")  # a consumer's own
    other.unlink()
    generate()
    assert pacts(folder) == {"a-consumer-a.json", "web-a.json", "REPORT.json"}
    assert list(json.loads((folder / "pacts/REPORT.json").read_text())) == ["a-consumer-a.json"]


def test_a_run_over_one_contract_leaves_the_pacts_of_others_alone(folder: Path) -> None:
    (folder / "specs" / "b.yaml").write_text(SOUND)
    generate()
    before = {path: path.read_bytes() for path in (folder / "pacts").iterdir()}
    assert "pacts: 0 written, 2 unchanged, 0 removed" in generate("specs/a.yaml").stdout
    assert {path: path.read_bytes() for path in (folder / "pacts").iterdir()} == before


def test_a_run_over_one_folder_leaves_the_pacts_of_others_alone(folder: Path) -> None:
    """What is gone from that folder goes."""
    inner = folder / "specs" / "inner"
    inner.mkdir()
    for name in ("b", "c"):
        (inner / f"{name}.yaml").write_text(SOUND)
    generate()
    (inner / "b.yaml").unlink()
    generate("specs/inner", "--pacts", "pacts", "--out", "other")
    assert pacts(folder) == {"a-consumer-a.json", "c-consumer-c.json", "REPORT.json"}
    assert generate("--check").stdout.endswith("pacts: 0 differences\n")


def test_check_finds_a_pact_that_is_out_of_date(folder: Path) -> None:
    generate()
    (folder / "pacts" / "a-consumer-a.json").unlink()
    done = generate("--check")
    assert done.return_value == ExitCode.FINDINGS
    assert "pacts: 1 difference" in done.stdout
    assert "a-consumer-a.json is missing" in done.stderr


@pytest.mark.parametrize("arguments", [("--pacts", ""), ("--tag", "things")])
def test_where_no_pacts_are_wanted_nothing_is_written_or_tested(
    arguments: tuple[str, ...], folder: Path
) -> None:
    generate(*arguments)
    assert pacts(folder) == set()
    assert PACT not in files(folder)


def test_pacts_go_where_they_are_wanted_and_the_tests_find_them_there(folder: Path) -> None:
    generate("--pacts", "contracts/pacts", "--out", "tests/contract")
    assert pacts(folder, "contracts/pacts") == {"a-consumer-a.json", "REPORT.json"}
    text = (folder / "tests/contract/a/test_pact_provider.py").read_text()
    assert 'pacts = Pacts("../../../contracts/pacts", provider="a", beside=__file__)' in text


def test_what_is_generated_elsewhere_leaves_the_pacts_of_the_project_alone(folder: Path) -> None:
    """Unless the settings say where pacts go."""
    generate("--out", str(folder / "trial"))
    assert pacts(folder) == set()
    assert pacts(folder, "trial/pacts") == {"a-consumer-a.json", "REPORT.json"}
    (folder / "contractgen.toml").write_text('[pacts]\nout = "agreed"\n')
    generate("--out", "other")
    assert pacts(folder, "other/pacts") == set()
    assert pacts(folder, "agreed") == {"a-consumer-a.json", "REPORT.json"}


def test_the_settings_name_both_sides_of_a_pact(folder: Path) -> None:
    (folder / "contractgen.toml").write_text('[pacts]\nconsumer = "web"\nprovider = "shop"\n')
    generate()
    assert pacts(folder) == {"web-shop.json", "REPORT.json"}


def test_two_contracts_cannot_have_different_pacts_of_one_name(folder: Path) -> None:
    (folder / "specs" / "b.yaml").write_text(SOUND.replace("listOthers", "listMore"))
    (folder / "contractgen.toml").write_text('[pacts]\nprovider = "shop"\n')
    with pytest.raises(ContractgenError, match="different pacts of the same name") as raised:
        CliRunner().invoke(command, [], standalone_mode=False, catch_exceptions=False)
    assert raised.value.next_step == "name the provider: x-pact-provider in the contract"
    assert not (folder / "pacts").exists()


EVENTS = """\
asyncapi: 3.0.0
info: {title: E, version: "1"}
x-pact-provider: shop
channels:
  born: {address: born, messages: {Born: {payload: {type: object}}}}
operations:
  tell: {action: send, channel: {$ref: "#/channels/born"}}
"""
OLDER = """\
asyncapi: 2.6.0
info: {title: E, version: "1"}
x-pact-provider: shop
channels:
  born: {subscribe: {operationId: tell, message: {messageId: Born, payload: {type: object}}}}
"""


def test_one_contract_in_two_versions_of_its_language_has_one_pact(folder: Path) -> None:
    """The report names the first of the two, whichever is in a later run."""
    (folder / "specs" / "e.yaml").write_text(EVENTS)
    (folder / "specs" / "e-2.yaml").write_text(OLDER)
    generate()
    assert pacts(folder) == {"a-consumer-a.json", "shop-consumer-shop.json", "REPORT.json"}
    before = {path: path.read_bytes() for path in (folder / "pacts").iterdir()}
    generate("specs/e.yaml")
    assert {path: path.read_bytes() for path in (folder / "pacts").iterdir()} == before
    assert generate("--check").return_value == ExitCode.OK


def test_check_finds_a_pact_of_messages_that_is_out_of_date(folder: Path) -> None:
    events = folder / "specs" / "e.yaml"
    events.write_text(EVENTS)
    generate()
    events.write_text(EVENTS.replace("type: object", "type: string"))
    done = generate("--check", "specs/e.yaml")
    assert done.return_value == ExitCode.FINDINGS
    assert "shop-consumer-shop.json" in done.stderr


@pytest.mark.parametrize(
    ("setting", "message"),
    [('mode = "all"', r"\[pacts\] mode: 'all' is not known"), ("version = 2", "version: '2'")],
)
def test_a_setting_that_cannot_be_is_said(setting: str, message: str, folder: Path) -> None:
    (folder / "contractgen.toml").write_text(f"[pacts]\n{setting}\n")
    with pytest.raises(ContractgenError, match=message):
        CliRunner().invoke(command, [], standalone_mode=False, catch_exceptions=False)


def test_a_folder_without_contracts_is_an_error(folder: Path) -> None:
    (folder / "specs" / "a.yaml").unlink()
    with pytest.raises(ContractgenError, match="no contract"):
        CliRunner().invoke(command, [], standalone_mode=False, catch_exceptions=False)
