"""A group of commands that are modules of one package, each imported when it is called."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

import click


class LazyGroup(click.Group):
    """Commands by name: `known` has what each says in one line, `package` its module.

    The module of `can-i-deploy` is `can_i_deploy`; its `command` is the command.
    """

    package = ""
    known: Mapping[str, str] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(self.known)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in self.known:
            return None
        module = importlib.import_module(f"{self.package}.{cmd_name.replace('-', '_')}")
        command = module.command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.known:
            import difflib  # noqa: PLC0415 - only a mistyped command pays for it

            for close in difflib.get_close_matches(args[0], self.known, n=1):
                ctx.fail(f"No such command {args[0]!r}. Did you mean {close!r}?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(self.known.items()))
