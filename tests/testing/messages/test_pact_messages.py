"""Pacts of messages as the tests of an application play them: what it sends, and what it takes."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from contractgen.load import Library
from contractgen.model import build
from contractgen.pacts import Options, file_name, text_of
from contractgen.pacts.plan_messages import plan_messages
from tests.testing.projects import Run, runner, unsettle

pytest_plugins = ["pytester"]


CONTRACT = """\
asyncapi: 3.0.0
info: {title: Shop, version: '1'}
defaultContentType: application/json
channels:
  orders: {address: orders, messages: {Order: {$ref: '#/components/messages/Order'}}}
  bills: {address: bills, messages: {Bill: {$ref: '#/components/messages/Bill'}}}
  alarms: {address: alarms, messages: {Alarm: {payload: {type: object}}}}
  prices: {address: prices, messages: {Asked: {payload: {type: object, required: [sku]}}}}
  answers: {address: answers, messages: {Price: {$ref: '#/components/messages/Price'}}}
  rates: {address: rates, messages: {Asked: {payload: {type: object}}}}
operations:
  order: {action: receive, channel: {$ref: '#/channels/orders'}, x-contractgen-capture: bill}
  bill: {action: send, channel: {$ref: '#/channels/bills'}}
  alarm: {action: send, channel: {$ref: '#/channels/alarms'}}
  quote:
    action: receive
    channel: {$ref: '#/channels/prices'}
    reply: {channel: {$ref: '#/channels/answers'}}
  rate:
    action: send
    channel: {$ref: '#/channels/rates'}
    reply: {channel: {$ref: '#/channels/answers'}}
components:
  messages:
    Order: {payload: {type: object, required: [sku], properties: {sku: {type: string}}}}
    Bill:
      headers: {type: object, required: [page], properties: {page: {type: integer}}}
      payload:
        type: object
        required: [cents, pay]
        properties:
          cents: {type: integer}
          pay:
            oneOf:
              - {type: object, title: Card, required: [pan], properties: {pan: {type: string}}}
              - {type: object, title: Cash, required: [coins], properties: {coins: {type: integer}}}
    Price: {payload: {type: object, required: [cents], properties: {cents: {type: integer}}}}
"""
TESTS = """\
import pytest
from contractgen.testing import Contract, Pacts

contract = Contract("events.yaml", beside=__file__)
sent = Pacts("pacts", provider="shop", beside=__file__)
taken = Pacts("pacts", consumer="shop", beside=__file__)

@pytest.mark.message
@pytest.mark.pact
@pytest.mark.parametrize("expected", sent.messages)
def test_sends(expected, verify_message):
    verify_message(expected)

@pytest.mark.message
@pytest.mark.pact
@pytest.mark.parametrize("expected", taken.messages)
def test_takes(expected, accept_message):
    accept_message(expected)
"""
APPLICATION = """\
import asyncio, json
from contractgen.testing.transports import Delivery

async def serve(transport):
    inbox = asyncio.Queue()
    for address in ("orders", "prices"):
        await transport.subscribe(address, inbox.put_nowait)

    async def work():
        while True:
            given = await inbox.get()
            if given.address == "orders":
                await say("bills", BILL, HEADERS)
            else:
                await say("answers", {"cents": 7}, {})

    async def say(address, payload, headers):
        content = json.dumps(payload).encode()
        await transport.publish(Delivery(address=address, payload=content, headers=headers))

    return asyncio.create_task(work())
"""
SOUND = {"cents": 1, "pay": {"pan": "4111"}}
SERVICE = "--contract-service=shop:serve"
PASSED = {"bill -> Bill", "quote -> Price", "order <- Order"}
SKIPPED = {"alarm -> Alarm", "bill -> Bill [pay=Cash]", "rate -> Price"}


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    unsettle(monkeypatch)
    (pytester.path / "events.yaml").write_text(CONTRACT)
    (pytester.path / "test_pact_messages.py").write_text(TESTS)
    folder = pytester.mkdir("pacts")
    library = Library()
    api = build(library.load(pytester.path / "events.yaml"), library)
    for planned in plan_messages(api, Options(), name="shop"):
        (folder / file_name(planned.pact)).write_text(text_of(planned.pact))
    serve(pytester, SOUND)
    return pytester


@pytest.fixture
def run(project: pytest.Pytester) -> Run:
    return runner(project, "-rA")


def serve(project: pytest.Pytester, bill: object, headers: object = None) -> None:
    """An application that answers an order with this bill."""
    head = f"BILL, HEADERS = {bill!r}, {headers or {'page': '1'}!r}\n"
    (project.path / "shop.py").write_text(head + APPLICATION)


def outcome_of(result: pytest.RunResult, outcome: str) -> set[str]:
    pattern = rf"{outcome} .*test_(?:sends|takes)\[(.*?)\](?= - |$)"
    lines = (re.match(pattern, line) for line in result.outlines)
    return {match[1] for match in lines if match}


@pytest.mark.parametrize("service", [(), (SERVICE,)], ids=["built-in", "application"])
@pytest.mark.parametrize("way", [(), ("--pact-http",)], ids=["in-process", "http"])
def test_every_message_is_a_test_and_a_right_application_passes(
    way: tuple[str, ...], service: tuple[str, ...], run: Run
) -> None:
    """A message that it cannot be made to send is skipped, and so is another kind of one."""
    result = run(*way, *service)
    assert outcome_of(result, "PASSED") == PASSED
    result.assert_outcomes(passed=len(PASSED), skipped=len(SKIPPED))


FAULTS: list[tuple[str, Any, Any, str]] = [
    ("wrong-type", {**SOUND, "cents": "1"}, None, "body /cents: Expected '1' (String) to be an *"),
    ("missing", {"cents": 1}, None, "body (whole): Actual map is missing *pay"),
    ("no-header", SOUND, {"other": "1"}, "header page: it is missing"),
    ("wrong-header", SOUND, {"page": "one"}, "header page: Expected 'one' (String) to be an *"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=[it[0] for it in FAULTS])
def test_what_an_application_sends_wrong_fails_its_interaction(
    fault: tuple[str, Any, Any, str], project: pytest.Pytester, run: Run
) -> None:
    """The order that it follows from is not well taken either."""
    _, bill, headers, said = fault
    serve(project, bill, headers)
    result = run(SERVICE)
    both_kinds = {"bill -> Bill", "bill -> Bill [pay=Cash]"}
    assert outcome_of(result, "FAILED") == both_kinds | {"order <- Order"}
    result.stdout.fnmatch_lines([f"*{said}*"])


@pytest.mark.parametrize("fault", FAULTS, ids=[it[0] for it in FAULTS])
def test_the_verifier_of_pact_python_judges_alike(
    fault: tuple[str, Any, Any, str], project: pytest.Pytester, run: Run
) -> None:
    serve(project, *fault[1:3])
    here, there = (run(SERVICE, *way) for way in ([], ["--pact-http"]))
    assert outcome_of(here, "FAILED") == outcome_of(there, "FAILED") != set()


def test_a_mismatch_says_where_what_and_why(project: pytest.Pytester, run: Run) -> None:
    serve(project, {**SOUND, "cents": "1"})
    result = run(SERVICE, "-k", "sends and Bill and not Cash")
    result.stdout.fnmatch_lines(
        [
            "*bill -> Bill of shop-consumer: 1 mismatch",
            "*body /cents: Expected '1' (String) to be an integer",
            "*    expected  1",
            '*    got       "1"',
            "*    contract  events.yaml:32:11 /components/messages/Bill/payload/properties/cents",
            "*pact      shop-consumer-shop.json",
            "*state     Bill can be sent",
            "*got       page: 1",
            '*            "cents": "1",',
        ]
    )


def test_what_cannot_be_provoked_says_what_to_do(run: Run) -> None:
    said = [
        "*replace the fixture message_factory in conftest.py: *makes the application send Alarm*",
        "*replace the fixture message_factory in conftest.py: *sends another kind of Bill*",
        "*replace the fixture message_handler in conftest.py: send rates asks by itself*",
    ]
    result = run(SERVICE)
    for line in said:
        result.stdout.fnmatch_lines([line])


FACTORY = """
import pytest
from contractgen.testing import Event

@pytest.fixture
def message_factory(message_factory):
    def make(wanted):
        if wanted.name == "Bill":
            kind = wanted.states[0].params.get("variant")
            pay = {"coins": COINS} if kind == "pay=Cash" else {"pan": "1"}
            return Event(payload={"cents": 1, "pay": pay}, headers={"page": 1})
        return message_factory(wanted)
    return make
"""


@pytest.mark.parametrize(
    ("coins", "failed"),
    [("5", set()), ("'5'", {"bill -> Bill [pay=Cash]"})],
    ids=["right", "wrong"],
)
def test_a_message_can_be_made_by_the_users_own_code(
    coins: str, failed: set[str], project: pytest.Pytester, run: Run
) -> None:
    """The states of the interaction tell which kind of message is wanted."""
    project.makeconftest(FACTORY.replace("COINS", coins))
    result = run(SERVICE)
    assert outcome_of(result, "FAILED") == failed
    assert outcome_of(result, "PASSED") == (PASSED | {"bill -> Bill [pay=Cash]"}) - failed


def test_a_handler_can_be_called_by_the_users_own_code(project: pytest.Pytester, run: Run) -> None:
    project.makeconftest(
        """
        import pytest

        @pytest.fixture
        def message_handler():
            def handle(message):
                assert message.example.payload == {"sku": "text"}, message.name
            return handle
        """
    )
    result = run("-k", "takes")
    assert outcome_of(result, "PASSED") == {"order <- Order"}
    assert outcome_of(result, "FAILED") == {"rate -> Price"}
    result.stdout.fnmatch_lines(["E  *AssertionError: Price*"])


def of_a_consumer(project: pytest.Pytester, **interaction: Any) -> None:
    """A pact that a consumer has written by hand."""
    document = {
        "consumer": {"name": "web"},
        "provider": {"name": "shop"},
        "interactions": [
            {"type": "Asynchronous/Messages", "description": "my bill", **interaction}
        ],
        "metadata": {"pactSpecification": {"version": "4.0"}},
    }
    (project.path / "pacts" / "web-shop.json").write_text(json.dumps(document))


def test_a_message_that_only_the_consumer_knows_fails_until_somebody_makes_it(
    project: pytest.Pytester, run: Run
) -> None:
    contents = {"content": {"cents": 1}, "contentType": "application/json", "encoded": False}
    of_a_consumer(project, contents=contents)
    result = run("-k", "web")
    assert outcome_of(result, "FAILED") == {"web: my bill"}
    result.stdout.fnmatch_lines(
        ["*message_factory in conftest.py: the pact does not say what 'my bill' is*"]
    )
    project.makeconftest(
        """
        import pytest
        from contractgen.testing import Event

        @pytest.fixture
        def message_factory():
            return lambda wanted: Event(payload=b'{"cents": 1}')
        """
    )
    run("-k", "web").assert_outcomes(passed=1)


def test_a_rule_that_no_engine_can_apply_fails_its_interaction(
    project: pytest.Pytester, run: Run
) -> None:
    rules = {"body": {"$['it\\'s']": {"combine": "AND", "matchers": [{"match": "type"}]}}}
    reference = {"references": {"AsyncAPI": {"operationId": "bill", "messageId": "Bill"}}}
    of_a_consumer(project, matchingRules=rules, comments=reference)
    result = run("-k", "web", SERVICE)
    result.stdout.fnmatch_lines(["web-shop.json: my bill: *has a quote inside a name*"])
