"""contractgen: contracts first, and tests that hold a provider to them."""

__version__ = "0.1.0"
