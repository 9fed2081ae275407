"""The command line: one module per command, loaded when the command is called."""

from __future__ import annotations

import difflib
import importlib
import sys

import click

from contractgen import __version__
from contractgen.cli.failure import exit_code_of

_COMMANDS = {
    "validate": "Check contracts before anyone builds on them.",
    "generate": "Write tests for every operation of the contracts.",
    "mock": "Serve the contracts, statefully, before a provider exists.",
    "rules": "List every rule that can report a finding.",
    "explain": "Say what a rule means, with examples.",
    "templates": "List, show and eject the templates of the generated files.",
}
"""Every command and its one-line help, so that --help imports none of them."""


class _Lazy(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"contractgen.cli.{cmd_name}")
        command = module.command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        close = difflib.get_close_matches(args[0], _COMMANDS, n=1)
        if args[0] not in _COMMANDS and close:
            ctx.fail(f"No such command {args[0]!r}. Did you mean {close[0]!r}?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with: contractgen generate specs/  then: pytest generated/",
)
@click.version_option(__version__, prog_name="contractgen")
@click.option("--debug", is_flag=True, help="Show the traceback when contractgen itself fails.")
@click.pass_context
def cli(ctx: click.Context, *, debug: bool) -> None:
    """Contract-first API tests.

    Reads OpenAPI contracts, checks them, writes tests for every operation, and serves a stateful
    mock until there is a provider.
    """
    ctx.obj = {"debug": debug}


def main() -> None:
    """Run the command line and end the process with its exit code."""
    debug = "--debug" in sys.argv
    try:
        code = cli.main(standalone_mode=False)
    except BaseException as error:
        if debug and not isinstance(error, (click.exceptions.ClickException, SystemExit)):
            raise
        code = exit_code_of(error)
    sys.exit(code if isinstance(code, int) else 0)
