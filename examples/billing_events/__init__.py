"""A small application of the contract in specs/billing-events, on any transport."""

from examples.billing_events.application import FAULTS, serve

__all__ = ["FAULTS", "serve"]
