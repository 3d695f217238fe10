"""Options of ``hullmark scan`` that say how Helm charts are rendered."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import click
import msgspec

from hullmark.apps.cli.looking import texts
from hullmark.apps.cli.own_files import content
from hullmark.apps.cli.scan_options import Many
from hullmark.charts import ChartOptions, over
from hullmark.model import PolicyError
from hullmark.model.documents import DocumentError

MAX_VALUES_BYTES = 4 * 1024 * 1024

Command = TypeVar("Command", bound=Callable[..., object])


def chart_options(command: Command) -> Command:
    """Add what says how charts are rendered."""
    for option in reversed(
        (
            click.option(
                "--helm-values",
                multiple=True,
                metavar="FILE",
                help="Render Helm charts with these values over their own; the last counts.",
            ),
            click.option(
                "--helm-set",
                multiple=True,
                metavar="KEY=VALUE",
                help="A value for Helm charts, as helm template --set takes it.",
            ),
            click.option(
                "--helm-api-versions",
                cls=Many,
                multiple=True,
                metavar="API",
                help="Have Helm charts find these in the cluster: policy/v1/PodDisruptionBudget.",
            ),
        )
    ):
        command = option(command)
    return command


def rendering(options: Mapping[str, object]) -> ChartOptions:
    """How charts are to be rendered; ``PolicyError`` names a file of values that is none."""
    values: dict[str, object] = {}
    for path in texts(options["helm_values"]):
        values = over(values, _values(path))
    return ChartOptions(
        values=msgspec.json.encode(values),
        sets=texts(options["helm_set"]),
        api_versions=texts(options["helm_api_versions"]),
    )


def _values(path: str) -> Mapping[str, object]:
    """A file of values; an empty one is none at all."""
    from hullmark.model.placed import documents, of_kubernetes  # noqa: PLC0415 - YAML takes 20 ms

    try:
        found = [*documents(content(path, MAX_VALUES_BYTES), of_kubernetes)]
    except DocumentError as error:
        raise PolicyError(path, str(error)) from error
    if len(found) > 1 or not all(isinstance(each, dict) or each is None for each in found):
        raise PolicyError(path, "one mapping of values is wanted")
    return next((each for each in found if isinstance(each, dict)), {})
