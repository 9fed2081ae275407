"""Is a request right? Credential, media type, syntax, parameters, schema, in this order."""

import json
import re
from collections.abc import Mapping
from functools import cache
from urllib.parse import parse_qsl

import jsonschema_rs
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from benchmarks.seeded.contract import request_schema, validator, without
from benchmarks.seeded.faults import Fault
from benchmarks.seeded.service import TOKEN, Operation, Parameter, Problem
from benchmarks.seeded.store import Json

_UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_IDENTIFIERS = {"customerId": "cus_[0-9a-z]{12}", "paymentId": "pay_[0-9a-z]{16}"}
_MOST_ERRORS = 10
_LONGEST_DETAIL = 200


def authenticate(request: Request, operation: Operation, fault: Fault | None) -> None:
    """401 unless the request has a credential that the operation accepts, and no wrong one."""
    name = fault.name if fault else ""
    if name == "auth-ignored" or not operation.credentials:
        return
    presented = {
        "bearer": _bearer_is_good(request.headers.get("authorization"), name),
        "key": _key_is_good(request.headers.get("x-api-key")),
    }
    accepted = {"bearer", "key"} if name == "api-key-accepted" else set(operation.credentials)
    verdicts = {good for kind, good in presented.items() if kind in accepted} - {None}
    if verdicts != {True}:
        challenge = {} if name == "challenge-missing" else {"WWW-Authenticate": "Bearer"}
        raise Problem(401, headers=challenge)


def _bearer_is_good(header: str | None, fault: str) -> bool | None:
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    good = token == TOKEN or (fault == "any-token-accepted" and token != "")
    return scheme.lower() == "bearer" and good


def _key_is_good(header: str | None) -> bool | None:
    return None if header is None else header == TOKEN


async def read_body(request: Request, operation: Operation, fault: Fault | None) -> Json:
    """The body as data: 415 for another media type, 400 when it cannot be read."""
    if operation.body is None:
        return None
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent != operation.body.media_type:
        if fault and fault.name == "media-type-crashes":
            raise KeyError(sent)
        raise Problem(415, f"The body has to be {operation.body.media_type}.")
    if sent == "multipart/form-data":
        return await _form(request)
    try:
        return _json(await request.body())
    except (ValueError, RecursionError) as error:
        if fault and fault.name == "malformed-json-crashes":
            raise
        raise Problem(400, "The body is not valid JSON.") from error


def _json(raw: bytes) -> Json:
    text = raw.decode("utf-8")
    value = json.loads(text, parse_constant=_refuse, parse_float=_number)
    json.dumps(value, ensure_ascii=False).encode()  # refuses half of a surrogate pair
    return value


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _number(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError(text)
    return value


async def _form(request: Request) -> dict[str, Json]:
    try:
        async with request.form(max_files=10) as form:
            parts = [(name, await _part(name, value)) for name, value in form.multi_items()]
    except HTTPException as error:
        raise Problem(400, "The form cannot be read.") from error
    names = [name for name, _ in parts]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise Problem(422, errors=tuple((f"/{name}", "is there more than once") for name in twice))
    return dict(parts)


async def _part(name: str, value: UploadFile | str) -> bytes | str:
    content = await value.read() if isinstance(value, UploadFile) else value.encode()
    return content if name == "file" else content.decode("utf-8", "replace")


def check_path(path: Mapping[str, str]) -> None:
    """400 for an identifier that cannot be one."""
    for name, value in path.items():
        if not re.fullmatch(_IDENTIFIERS.get(name, _UUID), value):
            raise Problem(400, errors=((name, "is not an identifier"),))


def parameter_values(request: Request, operation: Operation) -> dict[str, Json]:
    """The values of query and header parameters: 400 for one that is not as agreed."""
    query = _query(request)
    values: dict[str, Json] = {}
    for parameter in operation.parameters:
        if parameter.place == "header":
            sent = request.headers.getlist(parameter.name)
        else:
            sent = query.get(parameter.name, [])
        if sent:
            values[parameter.name] = _converted(parameter, sent)
        elif parameter.default is not None:
            values[parameter.name] = parameter.default
    return values


def _query(request: Request) -> dict[str, list[str]]:
    raw = request.scope["query_string"].decode("latin-1")
    try:
        pairs = parse_qsl(raw, keep_blank_values=True, errors="strict")
    except ValueError as error:
        raise Problem(400, "The query is not valid UTF-8.") from error
    query: dict[str, list[str]] = {}
    for name, value in pairs:
        query.setdefault(name, []).append(value)
    return query


def _converted(parameter: Parameter, sent: list[str]) -> object:
    if len(sent) != 1 or not re.fullmatch(parameter.pattern, sent[0]):
        raise Problem(400, errors=((parameter.name, f"does not match {parameter.pattern}"),))
    return parameter.convert(sent[0])


@cache
def _validator(reference: str, loosened: str) -> jsonschema_rs.Draft202012Validator:
    schema = request_schema(reference)
    return validator(without(schema, loosened) if loosened else schema)


def check_body(operation: Operation, body: Json, fault: Fault | None) -> None:
    """422 for a body that breaks its schema, with every place where it does."""
    if operation.body is None:
        return
    instance = body
    if operation.body.media_type == "multipart/form-data":
        instance = {**body, **({"file": ""} if "file" in body else {})}
    checker = _validator(operation.body.schema, fault.loosens if fault else "")
    errors = [
        ("/" + "/".join(map(str, error.instance_path)), error.message[:_LONGEST_DETAIL])
        for _, error in zip(range(_MOST_ERRORS), checker.iter_errors(instance), strict=False)
    ]
    if not errors:
        return
    if fault and fault.name == "stack-trace-returned":
        trace = 'Traceback (most recent call last):\n  File "/srv/billing/credits.py", line 31'
        raise Problem(422, f"{trace}\nsqlite3.IntegrityError: /srv/billing/billing.sqlite")
    raise Problem(422, errors=tuple(errors))
