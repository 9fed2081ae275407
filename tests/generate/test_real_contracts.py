"""Contracts that other people wrote: whatever they hold, what is written compiles and is clean."""

from __future__ import annotations

import ast
import os
import subprocess
import sysconfig
from pathlib import Path

import pytest

from tests.generate.contracts import ROOT, load, written

DATA = Path(os.environ.get("CONTRACTGEN_DATA", ROOT.parent / "shared" / "data")) / "specs"
RUFF = Path(sysconfig.get_path("scripts")) / "ruff"


NO_VALUE = "/thread_id is required, but no value was found that is accepted there"
NOT_GENERATED: dict[str, dict[str, list[str]]] = {
    "adyen-checkout.new.json": {},
    "openai.new.yaml": {  # thread_id is required there, and no property: nothing may stand in it
        NO_VALUE: ["createThreadAndRun", "createRun"],
        "it needs createRun, which has no valid request": [
            *("listMessages", "getRun", "modifyRun", "submitToolOuputsToRun", "cancelRun"),
            "listRunSteps",
        ],
        "it needs listRunSteps, which has no valid request": ["getRunStep"],
    },
    "xero-accounting.old.yaml": {  # .../Attachments/{FileName} is .../Attachments/{AttachmentID}
        "requests for it are requests for GET": [
            *("getBankTransactionAttachmentByFileName", "getBankTransferAttachmentByFileName"),
            *("getContact", "getContactAttachmentByFileName", "getCreditNoteAttachmentByFileName"),
            *("getInvoiceAttachmentByFileName", "getManualJournalAttachmentByFileName"),
            *("getPurchaseOrderByNumber", "getPurchaseOrder≠AttachmentByFileName"),
            *("getQuoteAttachmentByFileName", "getReceiptAttachmentByFileName"),
            "getRepeatingInvoiceAttachmentByFileName",
        ],
    },
}
"""By the reason that is told, the operations of a contract that get no tests."""


@pytest.mark.slow
@pytest.mark.parametrize("name", NOT_GENERATED)
def test_the_files_of_a_real_contract_are_sound(name: str, tmp_path: Path) -> None:
    if not (DATA / name).exists():
        pytest.skip("the real contracts are not here: set CONTRACTGEN_DATA to their folder")
    files, findings = written(load(DATA / name))
    told: dict[str, list[str]] = {}
    for finding in findings:
        operation, _, reason = finding.message.removeprefix("no tests for ").partition(": ")
        told.setdefault(_of_any_path(reason), []).append(operation)
    assert {reason: sorted(told[reason]) for reason in told} == {
        reason: sorted(operations) for reason, operations in NOT_GENERATED[name].items()
    }
    for file, text in files.items():
        ast.parse(text)
        (tmp_path / file).write_text(text, encoding="utf-8")
    command = [RUFF, "check", "--isolated", "--select", "F,E4,E7,E9,I", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout


def _of_any_path(reason: str) -> str:
    """A reason without the path that it ends with."""
    return reason if reason.startswith("/") else reason.partition(" /")[0]
