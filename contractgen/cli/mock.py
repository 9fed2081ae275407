"""`contractgen mock`: a stateful provider, before there is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from contractgen import config
from contractgen.cli.output import report
from contractgen.core import ContractgenError, ExitCode
from contractgen.load import Library, discover
from contractgen.mock import Options, Service, State, compile_api
from contractgen.mock.describe import describe
from contractgen.mock.server import serve
from contractgen.model import Api, Kind, build

_MOST_LINES = 40


@click.command("mock")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option(
    "--port", default=8080, show_default=True, help="Where to listen; 0 for any free port."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--seed", type=int, help="Other made-up data, the same for the same number.")
@click.option("--token", help="The one accepted credential.  [default: contractgen]")
@click.option("--stateless", is_flag=True, default=None, help="Answer from examples only.")
@click.pass_context
def command(  # noqa: PLR0913 - one parameter per option
    ctx: click.Context,
    *,
    paths: tuple[str, ...],
    port: int,
    host: str,
    seed: int | None,
    token: str | None,
    stateless: bool | None,
) -> None:
    """Serve the contracts at PATHS (default: specs), statefully, until Ctrl-C.

    What is created can be read, listed, changed and deleted. Requests are checked against the
    contract; answers keep to it. The first line of the output is the URL.
    """
    given = {"seed": seed, "token": token, "stateless": stateless}
    options = config.load(Path.cwd()).options("mock", Options, **given)
    library = Library()
    documents = [library.load(path) for path in _contracts(paths)]
    broken = [found for each in documents if each.tree is None for found in each.findings]
    if broken:
        report(broken, library, ("text",), err=True)
        ctx.exit(ExitCode.SPEC)
    apis = [build(each, library) for each in documents]
    service = compile_api(*_served(apis), options=options)

    def ready(url: str) -> None:
        click.echo(url)
        click.echo("\n".join(_banner(service, url, apis)))

    serve(service, State(), host=host, port=port, ready=ready)


def _contracts(paths: Sequence[str]) -> list[Path]:
    found = discover(paths or ["specs"])
    if not found:
        raise ContractgenError(
            "there is no contract here: no YAML or JSON file has 'openapi' at the top",
            code="no-contract",
            where=", ".join(paths) or "specs",
            next_step="name a file or another folder",
            exit_code=ExitCode.SPEC,
        )
    return found


def _served(apis: Sequence[Api]) -> list[Api]:
    """The APIs that are served over HTTP; raises ContractgenError when there is none."""
    served = [api for api in apis if api.kind is Kind.HTTP]
    if not served:
        raise ContractgenError(
            "there is nothing to serve: contracts of messages have no mock",
            code="nothing-to-serve",
            where=", ".join(api.location.file for api in apis),
            next_step="name a contract whose top level has 'openapi' or 'swagger'",
        )
    return served


def _banner(service: Service, url: str, apis: Sequence[Api]) -> Iterator[str]:
    options = service.options
    for api in service.apis:
        count = sum(not each.outbound for each in api.operations)
        yield f"{api.title} {api.version}: {count} operations at {url}{_base(api)}"
    for api in apis:
        if api.kind is Kind.MESSAGE:
            yield f"{api.title} {api.version}: not served, {api.location.file} is about messages"
    yield ""
    lines = describe(service).splitlines() or ["no operation has state"]
    yield from lines[:_MOST_LINES]
    if len(lines) > _MOST_LINES:
        yield f"... and {len(lines) - _MOST_LINES} lines more"
    yield ""
    yield f"credential: {options.token} (bearer, API key, or basic as user and password)"
    yield f"also there: {url}{options.prefix}/health, POST .../reset, GET .../state"
    yield "Stop with Ctrl-C. Correct what was inferred in [tool.contractgen.mock]."


def _base(api: Api) -> str:
    first = next(iter(api.operations), None)
    return api.base_paths(first)[0] if first else ""
