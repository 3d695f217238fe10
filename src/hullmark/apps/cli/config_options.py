"""Options of ``hullmark scan`` that say how configuration as code is judged."""

from collections.abc import Callable
from typing import TypeVar

import click

from hullmark.apps.cli.scan_options import Many
from hullmark.model.kubernetes import NEWEST, OLDEST, minor_of
from hullmark.model.registries import trusted_pattern

Command = TypeVar("Command", bound=Callable[..., object])


class Release(click.ParamType[int]):
    """A release of Kubernetes, as its minor number."""

    name = "release"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """``1.29`` and ``v1.29.3`` alike."""
        if isinstance(value, int):
            return value
        try:
            return minor_of(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Repositories(click.ParamType[str]):
    """A pattern of registries and repositories."""

    name = "glob"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The pattern, which names its registry."""
        try:
            return trusted_pattern(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


def units_option(help: str) -> Callable[[Command], Command]:
    """The option that names folders of the user's own checks."""
    return click.option(
        "--units",
        multiple=True,
        metavar="DIR",
        type=click.Path(exists=True, file_okay=False),
        help=help,
    )


def config_options(command: Command) -> Command:
    """Add what says how configuration as code is judged."""
    for option in reversed(
        (
            click.option(
                "--kubernetes-version",
                type=Release(),
                default=f"1.{NEWEST}",
                show_default=True,
                metavar="1.N",
                help=f"Judge manifests for clusters of this release, 1.{OLDEST} to 1.{NEWEST}.",
            ),
            click.option(
                "--trusted-registry",
                "trusted_registries",
                cls=Many,
                multiple=True,
                type=Repositories(),
                metavar="GLOB",
                help="Images of other registries or repositories are findings.",
            ),
            units_option("Checks of your own: docs/own-checks.md. Not in settings."),
        )
    ):
        command = option(command)
    return command
