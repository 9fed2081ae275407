"""What `contractgen --help` says: plain text, so that it costs a bare interpreter and no more."""

from __future__ import annotations

COMMANDS = {
    "validate": "Check contracts before anyone builds on them.",
    "diff": "Say what a new version of a contract breaks, and for whom.",
    "changelog": "Say what changed between two versions, for those who use the API.",
    "accept": "Accept a break, with a reason and until a day.",
    "git-diff-driver": "Show changes of contracts in git diff and git log.",
    "generate": "Write tests for every operation of the contracts.",
    "mock": "Serve the contracts, statefully, before a provider exists.",
    "pact": "Hold recorded interactions of consumers to the contract.",
    "can-deploy": "Say whether a version fits what is deployed, from kept results.",
    "rules": "List every rule that can report a finding.",
    "explain": "Say what a rule means, with examples.",
    "schema": "Print the JSON Schema of what contractgen writes.",
    "templates": "List, show and eject the templates of the generated files.",
}
"""Every command and its one-line help; the module of a command is imported when it is called."""

_HELP = """\
Usage: contractgen [OPTIONS] COMMAND [ARGS]...

  Contract-first API tests.

  Reads OpenAPI and AsyncAPI contracts, checks them, writes tests for every
  operation, says what a new version breaks, and serves a stateful mock until
  there is a provider.

Options:
  --version   Show the version and exit.
  --debug     Show the traceback when contractgen itself fails.
  -h, --help  Show this message and exit.

Commands:
{commands}

  Start with: contractgen generate specs/  then: pytest generated/
"""


def overview() -> str:
    """The help of the command itself."""
    lines = [f"  {name:<15}  {words}" for name, words in COMMANDS.items()]
    return _HELP.format(commands="\n".join(lines))
