"""Options by variables of the environment: ``HULLMARK_SCAN_POLICY`` is ``scan --policy``."""

from collections.abc import Iterator, Mapping

import click

LONG = "--"


def named(command: click.Command, prefix: str) -> None:
    """Have every option of a command, and of those below it, set by the variable of its name.

    Click would take the name that the option has in our code.
    """
    for variable, option in _options(command, prefix):
        option.envvar = variable
        option.allow_from_autoenv = False


def check(command: click.Command, prefix: str, environment: Mapping[str, str]) -> None:
    """Refuse a variable that sets no option of a command: a gate that it was to set stood open.

    So does one that leaves out the name of the command.
    """
    known = {variable for variable, _ in _options(command, prefix)}
    short = {f"{prefix.partition('_')[0]}{each.removeprefix(prefix)}" for each in known}
    for name in sorted(environment):
        misspelt = name.startswith(f"{prefix}_") or name in short
        if misspelt and name not in known and environment[name]:
            from difflib import get_close_matches  # noqa: PLC0415 - for errors

            alike = get_close_matches(name, known, n=1)
            hint = f"; did you mean {alike[0]}?" if alike else ""
            raise click.UsageError(f"the variable {name} sets no option{hint}")


def _options(command: click.Command, prefix: str) -> Iterator[tuple[str, click.Option]]:
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from _options(below, f"{prefix}_{_spelled(name)}")
    for each in command.params:
        if isinstance(each, click.Option):
            long = next(name for name in each.opts if name.startswith(LONG))
            yield f"{prefix}_{_spelled(long.removeprefix(LONG))}", each


def _spelled(name: str) -> str:
    return name.upper().replace("-", "_")
