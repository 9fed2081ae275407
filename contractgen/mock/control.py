"""The mock's own endpoints: health, reset and state."""

from __future__ import annotations

import json
from http import HTTPStatus

from contractgen.core import Json
from contractgen.mock.identity import identity_in, with_identity
from contractgen.mock.problem import Refusal, undocumented
from contractgen.mock.resource import Resource
from contractgen.mock.service import Service
from contractgen.mock.state import Row, Session, State
from contractgen.model import Request, Response


def answer(service: Service, state: State, request: Request, session: str) -> Response:
    """Answer below the prefix: `health` (GET), `reset` (POST), `state` (GET, PUT, DELETE)."""
    name = request.path.removeprefix(service.options.prefix + "/")
    if (name, request.method) in {("health", "GET"), ("health", "HEAD")}:
        return _json({"status": "ok", "contracts": [api.title for api in service.apis]})
    if (name, request.method) in {("reset", "POST"), ("state", "DELETE")}:
        state.reset(session)
        return Response(HTTPStatus.NO_CONTENT)
    if (name, request.method) == ("state", "GET"):
        return _json(_dump(service, state.session(session)))
    if (name, request.method) == ("state", "PUT"):
        return _load(service, state, request, session)
    if name in _ALLOWED:
        return _refused(HTTPStatus.METHOD_NOT_ALLOWED, f"Use {_ALLOWED[name]}.", _ALLOWED[name])
    return _refused(HTTPStatus.NOT_FOUND, f"There are {', '.join(_ALLOWED)}.")


_ALLOWED = {"health": "GET", "reset": "POST", "state": "GET, PUT, DELETE"}


def _dump(service: Service, session: Session) -> dict[str, Json]:
    return {
        _name(service, key): [dict(row.body) for row in session.table(key)]
        for key in service.resources
    }


def _load(service: Service, state: State, request: Request, name: str) -> Response:
    """Replace the rows of the named resources; owners are found by the ids in the bodies."""
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError):
        given = None
    by_name = {_name(service, key): each for key, each in service.resources.items()}
    if not isinstance(given, dict) or not all(isinstance(rows, list) for rows in given.values()):
        return _refused(HTTPStatus.BAD_REQUEST, 'Send {"Resource": [{...}, ...]} as JSON.')
    unknown = [each for each in given if each not in by_name]
    if unknown:
        known = ", ".join(by_name)
        return _refused(HTTPStatus.BAD_REQUEST, f"There is no {unknown[0]}; known: {known}.")
    session = state.session(name)
    for resource_name, rows in given.items():
        resource = by_name[resource_name]
        session.tables.pop(resource.key, None)
        for body in rows:
            if isinstance(body, dict):
                _insert(service, session, resource, body)
    return Response(HTTPStatus.NO_CONTENT)


def _insert(service: Service, session: Session, resource: Resource, body: dict[str, Json]) -> None:
    number = session.tick()
    identifier = identity_in(body, resource) or str(number)
    others = {key: each for key, each in service.resources.items() if each is not resource}
    ids = {key: body.get(each.identity[-1]) for key, each in others.items() if each.identity}
    mentions = {key: str(value) for key, value in ids.items() if isinstance(value, str | int)}
    row = Row(
        id=identifier,
        body=with_identity(body, resource, identifier),
        owners={},
        mentions=mentions,
        number=number,
        changed=number,
        stage="",
    )
    session.table(resource.key).add(row)


def _name(service: Service, key: str) -> str:
    """The name of a resource, with its file where two contracts have the same name."""
    name = service.resources[key].name
    same = [each for each in service.resources.values() if each.name == name]
    return name if len(same) == 1 else key


def _json(value: Json) -> Response:
    return Response(
        HTTPStatus.OK, (("Content-Type", "application/json"),), json.dumps(value).encode()
    )


def _refused(status: HTTPStatus, detail: str, allow: str = "") -> Response:
    headers = {"Allow": allow} if allow else {}
    return undocumented(Refusal(status=status, detail=detail, problems=()), headers)
