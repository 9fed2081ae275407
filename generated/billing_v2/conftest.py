"""Fixtures of the tests of Billing.

This file was written once and is yours: a fixture that is defined here replaces the one
of the same name in factories.py. To work with a resource of your own:

    @pytest.fixture
    def customer():
        return {"customerId": "cus_42"}
"""

from .factories import *  # noqa: F403, RUF100
