"""A provider that a contract describes: stateful, in process or over HTTP, before there is one."""

from contractgen.mock.answer import SESSION, answer
from contractgen.mock.options import TOKEN, Options
from contractgen.mock.receive import Problem, Received, Receiver
from contractgen.mock.service import Service, compile_api
from contractgen.mock.state import State

__all__ = [
    "SESSION",
    "TOKEN",
    "Options",
    "Problem",
    "Received",
    "Receiver",
    "Service",
    "State",
    "answer",
    "compile_api",
]
