"""A contract is read when it is first needed, and once."""

from __future__ import annotations

from pathlib import Path

import pytest

from contractgen.core import ContractgenError, ExitCode, Location
from contractgen.testing import Contract

from .pets import CONTRACT
from .serving import serving


def test_nothing_is_read_before_it_is_needed(tmp_path: Path) -> None:
    contract = Contract("not-there.yaml", beside=str(tmp_path / "test_x.py"))
    assert repr(contract) == "Contract('not-there.yaml')"
    with pytest.raises(ContractgenError) as error:
        _ = contract.api
    assert error.value.exit_code == ExitCode.SPEC


def test_a_file_is_read_once_however_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "generated").mkdir()
    (tmp_path / "specs" / "pets.yaml").write_text(CONTRACT)
    one = Contract("../specs/pets.yaml", beside=str(tmp_path / "generated" / "test_x.py"))
    other = Contract(str(tmp_path / "specs" / "pets.yaml"))
    assert one.loaded is other.loaded


def test_reports_name_a_contract_from_where_the_run_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "pets.yaml").write_text(CONTRACT)
    monkeypatch.chdir(tmp_path)
    contract = Contract("specs/pets.yaml")
    assert contract.name == "specs/pets.yaml"
    located = contract.loaded.located(Location("specs/pets.yaml", "/info/title"))
    assert str(located) == "specs/pets.yaml:2:8"


@pytest.mark.parametrize("text", ["", "a: [", "openapi: 3.1.0\x00"])
def test_what_cannot_be_read_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.yaml").write_text(text)
    with pytest.raises(ContractgenError, match=r"cannot be read: .") as error:
        _ = Contract(str(tmp_path / "x.yaml")).api
    assert error.value.exit_code == ExitCode.SPEC
    assert error.value.next_step.startswith("contractgen validate ")


def test_an_unknown_operation_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(CONTRACT)
    with pytest.raises(ContractgenError, match="has no operation 'renamePet'"):
        Contract(str(tmp_path / "x.yaml")).operation("renamePet")


def test_a_contract_may_be_at_a_url() -> None:
    async def app(scope: object, receive: object, send: object) -> None:
        del scope, receive
        assert callable(send)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": CONTRACT.encode()})

    with serving(app) as url:
        contract = Contract(f"{url}/pets.yaml", beside=__file__)
        assert contract.operation("getPet").path == "/pets/{petId}"
        assert contract.name == f"{url}/pets.yaml"
