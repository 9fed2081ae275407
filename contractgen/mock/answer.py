"""From a request to a response: pure but for the state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from contractgen.mock import control
from contractgen.mock.exchange import Exchange, Refused
from contractgen.mock.perform import perform
from contractgen.mock.problem import Refusal, undocumented
from contractgen.mock.receive import Problem
from contractgen.mock.replay import answered, remember
from contractgen.mock.respond import is_acceptable, refuse, respond
from contractgen.mock.service import Endpoint, Service
from contractgen.mock.state import Session, State
from contractgen.mock.success import documents
from contractgen.model import Request, Response

SESSION = "X-Contractgen-Session"
"""The header that tells clients apart who must not see each other's resources."""

_STATUSES = {415: (415, 400, 422), 400: (400, 422), 428: (428, 400, 422), 422: (422, 400)}
"""For each hint, worst first, the statuses that say so, best first."""


def answer(service: Service, state: State, request: Request) -> Response:
    """What the contract's provider would answer. Never raises for anything a client sends."""
    with state.lock:
        name = request.header(SESSION) or ""
        if request.path.startswith(service.options.prefix + "/"):
            return control.answer(service, state, request, name)
        response = _routed(service, state.session(name), request)
    return replace(response, body=b"") if request.method == "HEAD" else response


def _routed(service: Service, session: Session, request: Request) -> Response:
    if len(request.body) > service.options.max_body:
        return _plain(413, f"The body is larger than {service.options.max_body} bytes.")
    match = service.router.match(request.path)
    if match is None:
        return _plain(404, f"The contract has no path {request.path}.")
    found = match.target(request.method) or _behind(service, request)
    if found is None and request.method == "HEAD":
        found = match.target("GET")
    if found is None and request.method == "OPTIONS":
        return Response(204, (("Allow", match.route.allow),))
    if found is None:
        refusal = Refusal(status=405, detail=f"Use {match.route.allow}.", problems=())
        return undocumented(refusal, {"Allow": match.route.allow})
    endpoint, values = found
    try:
        return _served(_accepted(service, session, endpoint, (request, values)))
    except Refused as refused:
        return refuse(endpoint, refused, request.header("Accept"))


def _behind(service: Service, request: Request) -> tuple[Endpoint, Mapping[str, str]] | None:
    """What serves a method where the path in front of it does not.

    `/services/{name}` is read where `/services/jira` can only be set.
    """
    match = service.router.match(request.path, request.method)
    return match.target(request.method) if match else None


def _accepted(
    service: Service,
    session: Session,
    endpoint: Endpoint,
    sent: tuple[Request, Mapping[str, str]],
) -> Exchange:
    """The request as data, after every check that needs no state; raises Refused.

    Credentials come first, then everything the contract says about parameters and body, then
    whether there is an answer that the client can read.
    """
    request, values = sent
    if not endpoint.allows(request):
        challenge = {"WWW-Authenticate": endpoint.challenge}
        raise Refused(401, 403, detail="The credential is missing or wrong.", headers=challenge)
    received = endpoint.receiver.receive(request, values)
    if received.problems:
        raise _refused(received.problems)
    message = endpoint.success[1]
    if documents(endpoint.operation, 406) and not _is_readable(endpoint, request.header("Accept")):
        raise Refused(406, detail=f"There is {', '.join(message.payloads) if message else ''}.")
    return Exchange(service, session, endpoint, request, received)


def _is_readable(endpoint: Endpoint, accept: str | None) -> bool:
    """Whether a client can read what is answered, or says that it takes the errors: a 404, say."""
    errors = (each for each in endpoint.operation.responses.values() if each.payloads)
    return is_acceptable(endpoint.success[1], accept) or any(
        is_acceptable(each, accept) for each in errors
    )


def _refused(problems: Sequence[Problem]) -> Refused:
    """The refusal for what is wrong: media type before syntax before content."""
    hints = {problem.status for problem in problems}
    statuses = _STATUSES[next(status for status in _STATUSES if status in hints)]
    if all(problem.place == "path" for problem in problems):
        statuses = (*statuses, 404)
    first = problems[0]
    name = f" {first.name}" if first.name else ""
    return Refused(*statuses, detail=f"{first.place}{name}: {first.detail}", problems=problems)


def _served(exchange: Exchange) -> Response:
    """The answer to an acceptable request: remembered under its key, or worked out now."""
    before = answered(exchange)
    if before:
        return before
    outcome = perform(exchange)
    response = respond(exchange, outcome)
    remember(exchange, outcome, response)
    return response


def _plain(status: int, detail: str) -> Response:
    return undocumented(Refusal(status=status, detail=detail, problems=()))
