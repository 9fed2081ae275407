"""The click group: its commands are modules beside this one, loaded when they are called."""

from __future__ import annotations

import click

from contractgen.cli.lazy import LazyGroup
from contractgen.cli.overview import COMMANDS, overview
from contractgen.core import ExitCode


class _Commands(LazyGroup):
    """The commands of contractgen; their help is the one that is shown without click."""

    package = "contractgen.cli"
    known = COMMANDS

    def get_help(self, ctx: click.Context) -> str:
        del ctx
        return overview().rstrip()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="contractgen", prog_name="contractgen")
@click.option("--debug", is_flag=True, help="Show the traceback when contractgen itself fails.")
def cli(*, debug: bool) -> None:
    """Contract-first API tests."""
    del debug  # read before click is there: see `contractgen.cli.main`


def run() -> int:
    """Do what the command line asks for; returns the exit code.

    What click says about the line itself is shown. Raises ContractgenError.
    """
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.exceptions.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except click.exceptions.Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else ExitCode.OK
