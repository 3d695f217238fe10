"""Options of every command that examines targets: what is read, how it is judged, what is let pass.

How a report is written each command says itself.
"""

from collections.abc import Callable
from typing import TypeVar

from hullmark.apps.cli.access import registry_options
from hullmark.apps.cli.charts import chart_options
from hullmark.apps.cli.config_options import config_options
from hullmark.apps.cli.scan_options import gate_options, reading_options

Command = TypeVar("Command", bound=Callable[..., object])

ALL = (reading_options, config_options, chart_options, gate_options, registry_options)
"""In the order of the help page."""


def examining_options(command: Command) -> Command:
    """Add all of them."""
    for options in reversed(ALL):
        command = options(command)
    return command
