"""Fixtures of the tests of Billing events.

This file was written once and is yours. The application is the one that --contract-service
names (module:serve, a coroutine function that takes a transport and subscribes), or runs
elsewhere and is reached through the broker that --contract-broker names.
"""
