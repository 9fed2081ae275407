"""The click group: its commands are modules beside this one, loaded when they are called."""

from __future__ import annotations

import importlib

import click

from contractgen.cli.overview import COMMANDS, overview


class _Lazy(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"contractgen.cli.{cmd_name}")
        command = module.command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS:
            import difflib  # noqa: PLC0415 - only a mistyped command pays for it

            for close in difflib.get_close_matches(args[0], COMMANDS, n=1):
                ctx.fail(f"No such command {args[0]!r}. Did you mean {close!r}?")
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: click.Context) -> str:
        del ctx
        return overview().rstrip()


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="contractgen", prog_name="contractgen")
@click.option("--debug", is_flag=True, help="Show the traceback when contractgen itself fails.")
def cli(*, debug: bool) -> None:
    """Contract-first API tests."""
    del debug  # read before click is there: see `contractgen.cli.main`
