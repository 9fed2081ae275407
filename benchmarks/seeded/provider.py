"""The billing service.

Start it with `python -m benchmarks.seeded.provider --port 8080 [--fault NAME]`, or give `app` to an
ASGI server.
"""

import argparse
import logging
import os
from collections import defaultdict

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from benchmarks.seeded import (
    adjustments,
    contracts,
    customers,
    granting,
    payments,
    statements,
    usage,
)
from benchmarks.seeded.checking import (
    authenticate,
    check_body,
    check_path,
    parameter_values,
    read_body,
)
from benchmarks.seeded.faults import FAULTS, Fault
from benchmarks.seeded.service import Call, Operation, Problem
from benchmarks.seeded.store import Store

_log = logging.getLogger(__name__)


def _health(call: Call) -> Response:
    call.store.execute("SELECT 1")
    return JSONResponse({"status": "ok", "checks": {"database": "ok"}})


OPERATIONS = (
    Operation(name="getHealth", method="GET", path="/health", run=_health, credentials=()),
    *customers.OPERATIONS,
    *contracts.OPERATIONS,
    *usage.OPERATIONS,
    *granting.OPERATIONS,
    *adjustments.OPERATIONS,
    *statements.OPERATIONS,
    *payments.OPERATIONS,
)


class Resource:
    """Everything that can be done at one path, as an ASGI application."""

    def __init__(self, operations: list[Operation], store: Store, fault: Fault | None) -> None:
        self._operations = {operation.method: operation for operation in operations}
        self._store = store
        self._fault = fault

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            response = await self._answer(Request(scope, receive))
        except Problem as problem:
            response = problem.response()
        except Exception:  # noqa: BLE001  # the last resort of a server
            _log.exception("%s %s", scope["method"], scope["path"])
            response = Problem(500).response()
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        operation = self._operations.get(request.method)
        if operation is None:
            raise Problem(405, headers={"Allow": ", ".join(self._operations)})
        fault = self._fault if self._fault and self._fault.operation == operation.name else None
        authenticate(request, operation, fault)
        body = await read_body(request, operation, fault)
        check_path(request.path_params)
        values = parameter_values(request, operation)
        check_body(operation, body, fault)
        call = Call(
            operation=operation,
            store=self._store,
            path=request.path_params,
            values=values,
            headers=request.headers,
            body=body,
            faulty=frozenset({fault.name} if fault else ()),
        )
        with self._store.transaction():
            return operation.run(call)


class Counted:
    """Counts the requests of an application; a path outside the contract says how many."""

    path = "/_seeded/requests"

    def __init__(self, application: ASGIApp) -> None:
        self._application = application
        self.requests = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer with the count."""
        if scope["type"] == "http" and scope["path"] == self.path:
            await JSONResponse({"requests": self.requests})(scope, receive, send)
            return
        self.requests += scope["type"] == "http"
        await self._application(scope, receive, send)


def build(fault: str = "", database: str = ":memory:") -> Counted:
    """The service, with at most one fault; without a file its database is its own and in memory."""
    store = Store(database)
    switched_on = FAULTS[fault] if fault else None
    paths: dict[str, list[Operation]] = defaultdict(list)
    for operation in OPERATIONS:
        paths[operation.path].append(operation)
    routes = [Route(path, Resource(group, store, switched_on)) for path, group in paths.items()]
    served = Starlette(routes=routes, exception_handlers={404: _not_found})
    served.router.redirect_slashes = False
    return Counted(served)


def _not_found(_request: Request, _error: Exception) -> Response:
    return Problem(404).response()


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="The billing service, with at most one fault.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--database", default=":memory:", help="a file that keeps what is stored")
    parser.add_argument("--fault", choices=sorted(FAULTS), default="", metavar="NAME")
    parser.add_argument("--faults", action="store_true", help="say which faults there are")
    options = parser.parse_args()
    if options.faults:
        for fault in FAULTS.values():
            print(f"{fault.name:26} {fault.operation:18} {fault.story}")
        return
    application = build(options.fault, options.database)
    uvicorn.run(application, host=options.host, port=options.port, log_level="warning")


app = build(os.environ.get("FAULT", ""))
"""The service for an ASGI server; the environment variable FAULT names its fault."""


if __name__ == "__main__":
    main()
