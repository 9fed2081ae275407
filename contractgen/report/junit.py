"""For CI servers that show tests: a case per finding, and one per file without any."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from contractgen.core import Finding, Level
from contractgen.report.report import Report


def render(report: Report) -> str:
    """A suite per file; errors are failures, the rest stands in the output of a passed case."""
    root = ET.Element("testsuites", name="contractgen")
    found: dict[str, list[Finding]] = {name: [] for name in report.checked}
    for finding in report.findings:
        found.setdefault(finding.location.file, []).append(finding)
    for file, findings in found.items():
        root.append(_suite(file, findings))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(file: str, findings: list[Finding]) -> ET.Element:
    failures = sum(finding.level is Level.ERROR for finding in findings)
    tests = max(len(findings), 1)
    suite = ET.Element("testsuite", name=file, tests=str(tests), failures=str(failures))
    if not findings:
        ET.SubElement(suite, "testcase", classname=file, name="contract")
    for finding in findings:
        place = f"{finding.location.line}:{finding.location.column}"
        case = ET.SubElement(suite, "testcase", classname=file, name=f"{finding.rule} {place}")
        if finding.level is Level.ERROR:
            failure = ET.SubElement(case, "failure", message=_clean(finding.message))
            failure.text = _clean(f"{finding.location}: {finding.message}\n{finding.help}")
        else:
            ET.SubElement(case, "system-out").text = _clean(f"{finding.level}: {finding.message}")
    return suite


def _clean(words: str) -> str:
    """Without the characters that XML 1.0 cannot hold (section 2.2)."""
    return "".join(char for char in words if _allowed(char))


def _allowed(char: str) -> bool:
    surrogate = "\ud800" <= char <= "\udfff"
    return char in "\t\n\r" or (char >= " " and not surrogate and char not in "\ufffe\uffff")
