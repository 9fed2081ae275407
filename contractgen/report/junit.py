"""For CI servers that show tests: what is wrong fails, and what is right is there too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from contractgen.core import Finding, Level
from contractgen.report import witness
from contractgen.report.grouping import WHOLE, heading, introduced, parts
from contractgen.report.report import Accepted, Comparison, Report


def render(report: Report) -> str:
    """Errors are failures, the rest stands in the output of a passed case.

    A suite is a file, in which a file without findings is one passed case; or it is a contract that
    was compared, in which every operation is a class and has at least one case.
    """
    root = ET.Element("testsuites", name="contractgen")
    suites = _compared(report) if report.compared else _files(report)
    for name, cases in suites:
        root.append(_suite(name, cases))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(name: str, cases: list[ET.Element]) -> ET.Element:
    counted = {
        "tests": len(cases),
        "failures": sum(case.find("failure") is not None for case in cases),
        "skipped": sum(case.find("skipped") is not None for case in cases),
    }
    suite = ET.Element("testsuite", {key: str(count) for key, count in counted.items()})
    suite.set("name", _clean(name))
    suite.extend(cases)
    return suite


def _files(report: Report) -> Iterator[tuple[str, list[ET.Element]]]:
    found: dict[str, list[Finding]] = {name: [] for name in report.checked}
    for finding in report.findings:
        found.setdefault(finding.location.file, []).append(finding)
    for file, findings in found.items():
        yield file, [_found(file, finding) for finding in findings] or [_case(file, "contract")]


def _compared(report: Report) -> Iterator[tuple[str, list[ET.Element]]]:
    for part in parts(report):
        comparison = part.comparison
        cases = [_changed(finding, comparison) for finding in part.findings]
        cases += [_skipped(each) for each in report.accepted if comparison.concerns(each.finding)]
        concerned = {title for finding in part.findings for title in _titles(finding)}
        untouched = (title for title in comparison.operations if title not in concerned)
        yield heading(comparison), cases + [_case(title, "unchanged") for title in untouched]


def _titles(finding: Finding) -> Iterable[str]:
    return (finding.subject, *finding.operations)


def _changed(finding: Finding, comparison: Comparison) -> ET.Element:
    told = witness.lines(finding.witness)
    shown = "\n".join([introduced(finding, comparison), *told]) if told else ""
    return _found(finding.subject or WHOLE, finding, shown)


def _found(classname: str, finding: Finding, shown: str = "") -> ET.Element:
    case = _case(classname, _name(finding))
    if finding.level is Level.ERROR:
        failure = ET.SubElement(case, "failure", message=_clean(finding.message))
        failure.text = _clean(f"{finding.location}: {finding.message}\n{finding.help}\n{shown}")
    else:
        ET.SubElement(case, "system-out").text = _clean(f"{finding.level}: {finding.message}")
    return case


def _skipped(accepted: Accepted) -> ET.Element:
    finding = accepted.finding
    case = _case(finding.subject or WHOLE, _name(finding))
    ET.SubElement(case, "skipped", message=_clean(f"accepted: {accepted.reason}"))
    return case


def _name(finding: Finding) -> str:
    return f"{finding.rule} {finding.location.line}:{finding.location.column}"


def _case(classname: str, name: str) -> ET.Element:
    return ET.Element("testcase", classname=_clean(classname), name=_clean(name))


def _clean(words: str) -> str:
    """Without the characters that XML 1.0 cannot hold (section 2.2)."""
    return "".join(char for char in words if _allowed(char))


def _allowed(char: str) -> bool:
    surrogate = "\ud800" <= char <= "\udfff"
    return char in "\t\n\r" or (char >= " " and not surrogate and char not in "\ufffe\uffff")
