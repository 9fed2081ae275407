"""The fixtures of generated tests: what sends requests, carries messages and plays pacts.

What they need is loaded when the first of them is used.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NoReturn

import pytest

from contractgen.pytest_plugin.runs import ending_in_test, messages_of, run_of

if TYPE_CHECKING:
    from contractgen.model import Operation
    from contractgen.testing import Case, Contract, Pacts, ProviderState, Send, Verify
    from contractgen.testing.messages import Courier, MessageFactory, MessageHandler
    from contractgen.testing.messages.application import Application
    from contractgen.testing.sending import Sender


@pytest.fixture
def send(request: pytest.FixtureRequest) -> Send:
    """Sends requests to the target and judges the answers by the contract of the test's module."""
    from contractgen.testing.hooks import describe  # noqa: PLC0415 - this run needs it

    contract = _contract_of(request)
    node: pytest.Item = request.node
    subject = getattr(request.cls, "operation_id", "")

    def noted(operation: Operation, case: Case) -> None:
        if not subject or operation.id == subject:
            describe(node, operation, case)

    with ending_in_test(request.session):
        return run_of(request.config).sender(contract, skip=pytest.skip, noted=noted)


@pytest.fixture
def provider_state(request: pytest.FixtureRequest) -> ProviderState:
    """Brings the provider into a state of a pact: what an operation works on is made before it.

    Replace it in conftest.py for states that only you can bring about.
    """
    from contractgen.testing.states import KnownStates  # noqa: PLC0415 - this run needs it

    pacts: Pacts | None = getattr(request.module, "pacts", None)
    sender: Sender = request.getfixturevalue("send")
    return KnownStates(
        contract=_contract_of(request),
        states=getattr(request.module, "STATES", {}),
        variants=pacts.variants if pacts else {},
        instead=sender.channel.instead,
        send=sender,
        factory=request.getfixturevalue,
    )


@pytest.fixture
def verify_pact(request: pytest.FixtureRequest, provider_state: ProviderState) -> Verify:
    """Holds the target to one interaction of a pact."""
    from contractgen.testing.pact_results import BUILT_IN  # noqa: PLC0415 - this run needs it
    from contractgen.testing.verifying import Verifying  # noqa: PLC0415

    options = run_of(request.config).options
    request.node.stash[BUILT_IN] = not (options.target or options.app)
    contract = _contract_of(request)
    fail: Callable[[str], NoReturn] = partial(pytest.fail, pytrace=False)
    with ending_in_test(request.session):
        channel = run_of(request.config).channel(
            contract, skip=pytest.skip, noted=lambda _operation, _case: None
        )
        return Verifying(
            channel=channel,
            provider_state=provider_state,
            fail=fail,
            http=request.config.getoption("--pact-http"),
        )


@pytest.fixture
def courier(request: pytest.FixtureRequest) -> Courier:
    """Delivers messages to the application and judges what it makes of them."""
    contract = _contract_of(request)
    with ending_in_test(request.session):
        return messages_of(request.config).courier(contract, skip=pytest.skip)


@pytest.fixture
def message_factory(request: pytest.FixtureRequest) -> MessageFactory:
    """Makes the messages that consumers expect: the application is made to send them.

    Replace it in conftest.py for those that your code can make by itself.
    """
    return _application(request).make


@pytest.fixture
def message_handler(request: pytest.FixtureRequest) -> MessageHandler:
    """Hands the messages of a pact to the application, over its transport.

    Replace it in conftest.py to call a handler by yourself.
    """
    return _application(request).handle


@pytest.fixture
def verify_message(request: pytest.FixtureRequest, message_factory: MessageFactory) -> Verify:
    """Holds what the application sends to one interaction of a pact."""
    from contractgen.testing.messages.pacts import Making  # noqa: PLC0415 - this run needs it

    return Making(
        contract=_contract_of(request),
        factory=message_factory,
        fail=partial(pytest.fail, pytrace=False),
        http=request.config.getoption("--pact-http"),
    )


@pytest.fixture
def accept_message(message_handler: MessageHandler) -> Verify:
    """Shows that the application takes a message of a pact."""
    from contractgen.testing.messages.pacts import Taking  # noqa: PLC0415 - this run needs it

    return Taking(handler=message_handler, fail=partial(pytest.fail, pytrace=False))


def _application(request: pytest.FixtureRequest) -> Application:
    from contractgen.testing.messages.application import Application  # noqa: PLC0415 - see above
    from contractgen.testing.messages.run import is_built_in  # noqa: PLC0415
    from contractgen.testing.pact_results import BUILT_IN  # noqa: PLC0415

    def courier() -> Courier:
        request.node.stash[BUILT_IN] = is_built_in(messages_of(request.config).options)
        found: Courier = request.getfixturevalue("courier")
        return found

    return Application(
        contract=_contract_of(request),
        courier=courier,
        skip=pytest.skip,
        fail=partial(pytest.fail, pytrace=False),
    )


def _contract_of(request: pytest.FixtureRequest) -> Contract:
    """The contract of the module that a test stands in."""
    contract: Contract | None = getattr(request.module, "contract", None)
    if contract is None:
        name = request.fixturename
        pytest.fail(f"`{name}` needs a module that says: contract = Contract(...)", pytrace=False)
    return contract
