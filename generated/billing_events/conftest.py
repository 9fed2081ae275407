"""Fixtures of the tests of Billing events.

This file was written once and is yours. The application is the one that --contract-service
names (module:serve, a coroutine function that takes a transport and subscribes), or runs
elsewhere and is reached through the broker that --contract-broker names.

For its pacts it is made to send its messages. To make one by your own code instead:

    @pytest.fixture
    def message_factory(message_factory):
        def make(wanted):
            if wanted.name == "CreditGranted":
                return Event(payload={...}, headers={...})  # of contractgen.testing
            return message_factory(wanted)

        return make
"""
