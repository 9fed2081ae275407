"""One operation as a view: its tables of cases, what its requests need, and its tests."""

from __future__ import annotations

from collections.abc import Callable, Container

from contractgen.generate import answers, prose
from contractgen.generate.calls import BODY, MEMBER, method, send
from contractgen.generate.expected import expected, spoken
from contractgen.generate.fresh import unknown_id
from contractgen.generate.literal import Call, Code, Node, assigned, layout
from contractgen.generate.live import live_view
from contractgen.generate.plan import Plan
from contractgen.generate.request import Request, is_required
from contractgen.generate.security import asked_of, refused_by
from contractgen.generate.tables import tables
from contractgen.generate.views import LiveView, OperationView, Table, Test
from contractgen.model import Operation
from contractgen.model.media import is_json, is_xml
from contractgen.model.serialization import carries_data

_REJECTED = Code("REJECTED")
_WRONG_TYPES = ("text/plain", "application/xml", "application/json")


def operation_view(operation: Operation, plan: Plan, name: str) -> OperationView:
    """Everything the template says about one operation; `name` is its class without `Test`."""
    request = plan.request(operation)
    live = live_view(request, plan)
    shown = {table.name: table for table in tables(request, plan)}
    tests = _Tests(request, _fixture(live), shown, plan)
    return OperationView(
        id=operation.id,
        id_text=assigned("operation_id", operation.id, MEMBER),
        class_name=f"Test{name}",
        doc=prose.operation_doc(operation),
        expected=spoken(operation),
        besides=prose.besides(conflict=request.conflict, denial=request.denial),
        tables=tuple(shown.values()),
        base_text=_base_text(request, shown),
        live=live,
        smallest=tests.smallest(),
        valid=tests.valid(),
        accepts_body=tests.table("accepts_body", "BODIES"),
        rejects_body=tests.table("rejects_body", "BAD_BODIES"),
        accepts_parameters=tests.table("accepts_parameters", "PARAMETERS"),
        rejects_parameters=tests.table("rejects_parameters", "BAD_PARAMETERS"),
        survives_cursor=tests.cursor(),
        rejects_path=tests.table("rejects_path", "BAD_PATHS"),
        unknown=tests.unknown(),
        invalid=tests.invalid(),
        media_type=tests.media_type(),
        malformed_json=tests.malformed("json", is_json),
        malformed_xml=tests.malformed("xml", is_xml),
        auth=tests.auth(),
    )


def _base_text(request: Request, constants: Container[str]) -> str:
    base = request.base_with(constants)
    return layout(base, before="base = ", indent=MEMBER) if base.named else ""


def _fixture(live: LiveView | None) -> str:
    if live is None:
        return ""
    return "new_live" if live.each else "live"


class _Tests:
    """The tests of one operation that make sense for it; None for the others."""

    def __init__(self, request: Request, live: str, tables: dict[str, Table], plan: Plan) -> None:
        self._request = request
        self._operation = request.operation
        self._tables = tables
        self._prefix = request.prefix
        self._base = Code("self.base") if request.base.named else None
        self._live = live
        self._security = plan.security

    def smallest(self) -> Test | None:
        if not answers.succeeds(self._operation):
            return None
        return self._test("smallest_request_succeeds", (), expect=self._expected())

    def valid(self) -> Test | None:
        if not answers.succeeds(self._operation):
            return None
        test = self._test("valid_requests_succeed", ("case: Case",), expect=self._expected())
        return self._drawn(test, "valid")

    def invalid(self) -> Test | None:
        if not {self._name("BAD_BODIES"), self._name("BAD_PARAMETERS")} & self._tables.keys():
            return None
        test = self._test("invalid_requests_are_rejected", ("case: Case",), expect=_REJECTED)
        return self._drawn(test, "invalid")

    def table(self, test: str, table: str) -> Test | None:
        if self._name(table) not in self._tables:
            return None
        if not test.startswith("accepts"):
            expect: Node = Code("REJECTED_PATH") if table == "BAD_PATHS" else _REJECTED
        elif answers.succeeds(self._operation):
            expect = self._expected()
        else:
            return None
        made = self._test(test, ("case: Case",), expect=expect, live=table != "BAD_PATHS")
        return Test(made.signature, made.call, f"@{self._name(table)}")

    def cursor(self) -> Test | None:
        """A cursor that no page gave: without `expect` any documented status below 500 is right."""
        if self._name("CURSORS") not in self._tables:
            return None
        made = self._test("survives_foreign_cursor", ("case: Case",))
        return Test(made.signature, made.call, f"@{self._name('CURSORS')}")

    def unknown(self) -> Test | None:
        """The last id of the path is one that nothing has; what it nests in is there."""
        upsert = answers.documents(self._operation, 201) and self._operation.method == "PUT"
        if upsert or not answers.documents(self._operation, 404, 410):
            return None
        found = unknown_id(self._operation, self._request.needs)
        if found is None:
            return None
        return self._test(
            "unknown_id_is_not_found",
            (),
            live=not self._request.asks,
            path={found[0]: found[1]},
            expect=Code("GONE"),
        )

    def media_type(self) -> Test | None:
        request = self._operation.request
        taken = list(request.payloads) if request else []
        if not taken or any("*" in media_type for media_type in taken):
            return None
        wrong = [name for name in _WRONG_TYPES if name not in taken][:2]
        raw: dict[str, Node] = {} if "body" in self._request.base.named else {"raw": b"<x/>"}
        test = self._test(
            "rejects_media_type",
            ("media_type: str",),
            live=True,
            media_type=Code("media_type"),
            **raw,
            expect=Code("UNSUPPORTED"),
        )
        return Test(test.signature, test.call, _decorator(Call("@media_types", tuple(wrong))))

    def malformed(self, language: str, speaks: Callable[[str], bool]) -> Test | None:
        payload = self._request.payload
        if payload is None or not is_required(self._operation):
            return None
        if not speaks(payload.media_type) or not carries_data(payload):
            return None
        name = f"rejects_malformed_{language}"
        return self._test(name, ("raw: bytes",), expect=_REJECTED, raw=Code("raw"))

    def auth(self) -> Test | None:
        asked = asked_of(self._operation, self._security)
        if not asked:
            return None
        others = refused_by(self._operation, self._security)
        test = self._test(
            "requires_authentication",
            ("credential: Credential",),
            live=not self._request.asks,
            auth=Code("credential"),
            expect=Code("UNAUTHORIZED"),
        )
        decorator = Call("@credentials", asked, {"others": others} if others else {})
        return Test(test.signature, test.call, _decorator(decorator))

    def _test(
        self, name: str, parameters: tuple[str, ...], *, live: bool = True, **named: Node
    ) -> Test:
        fixtures = self._fixtures() if live or not self._request.asks else ()
        needed = fixtures[0].partition(":")[0] if fixtures else ""
        value = Code(f"{needed}()" if needed == "new_live" else needed) if needed else None
        given = tuple(Code(p.partition(":")[0]) for p in parameters if p.startswith("case"))
        call = send(self._operation.id, *given, base=self._base, live=value, **named)
        head = method(f"test_{name}", *parameters, "send: Send", *fixtures)
        return Test(head, layout(call, indent=BODY))

    def _fixtures(self) -> tuple[str, ...]:
        kinds = {"live": "live: Live", "new_live": "new_live: Callable[[], Live]", "": ""}
        return (kinds[self._live],) if self._live else ()

    def _drawn(self, test: Test, kind: str) -> Test:
        drawn = Call("@given", (), {"case": Call(f"contract.{kind}", (self._operation.id,))})
        return Test(test.signature, test.call, _decorator(drawn))

    def _expected(self) -> Node:
        return expected(self._operation, self._request.besides)

    def _name(self, table: str) -> str:
        return f"{self._prefix}_{table}"


def _decorator(call: Call) -> str:
    return layout(call, indent=MEMBER)
