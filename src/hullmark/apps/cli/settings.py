"""``.hullmark.yaml``: options of the command line, kept beside what they are for."""

import os
from collections.abc import Collection, Iterable

import click
from click.core import ParameterSource

from hullmark.apps.cli.own_files import content, is_own, keys, spelled
from hullmark.model import PolicyError

NAME = ".hullmark.yaml"
MAX_BYTES = 1024 * 1024
ELSEWHERE = ("ignore", "licences")
"""Keys that are no options, and read by others."""

OF_SCANS = frozenset(("format", "full", "output", "severity", "show-suppressed"))
"""Keys that are options of scans alone: passed over by other commands."""

SPOKEN = frozenset(("units",))
"""Keys that no file may set: what they name is run."""

HARMLESS = frozenset(
    ("fail-on", "format", "full", "jobs", "no-cache", "offline", "quiet", "show-suppressed")
)
"""Keys that are obeyed wherever the settings lie: they hide nothing and write nowhere."""


def find(target: str, name: str = NAME) -> str:
    """The nearest file of a name in the target's folder or above; empty when there is none.

    An unpacked image may bring one: a folder that is scanned is not looked into unless the user
    works there, and outside the user's own and root's files nothing is obeyed.
    """
    path, works_there = _place(target)
    folder = path if works_there else os.path.dirname(path)
    while True:
        candidate = os.path.join(folder, name)
        if is_own(candidate):
            return candidate
        if folder == os.path.dirname(folder):
            return ""
        folder = os.path.dirname(folder)


def within(target: str, name: str = NAME) -> str:
    """The file of a name in a folder that is scanned from elsewhere; empty when there is none."""
    path, works_there = _place(target)
    candidate = os.path.join(path, name)
    return "" if works_there or not is_own(candidate) else candidate


def chosen(target: str, name: str = NAME) -> str:
    """The settings of the working folder or above; where there are none, those by the target."""
    beside = find(target, name)
    return beside if is_near(beside) else find(".", name) or beside


def is_near(path: str) -> bool:
    """Whether settings lie where the user works, or above: not only where the target lies."""
    try:
        here = os.getcwd()
    except FileNotFoundError:
        return False
    folder = os.path.dirname(os.path.abspath(path)) if path else ""
    return bool(folder) and os.path.commonpath([folder, here]) == folder


def _place(target: str) -> tuple[str, bool]:
    """The path that a target names, and whether the user works in that folder."""
    _, colon, rest = target.partition(":")
    named = (rest or "/") if colon and not os.path.exists(target) else target or "."
    try:
        path = os.path.abspath(named)
        return path, os.path.isdir(path) and os.path.commonpath([path, os.getcwd()]) == path
    except FileNotFoundError:  # the folder that we stand in was deleted
        return os.path.join("/", named), False


def options_for(ctx: click.Context, target: str) -> tuple[dict[str, object], str, str]:
    """The options for a target, the settings by it, and those that are obeyed; empty for none."""
    path = ctx.params["config"] or chosen(target)
    obeyed = path if ctx.params["config"] or is_near(path) else ""
    if not path:
        return ctx.params, "", ""
    return apply(ctx, path, never=("config", "forms", "file"), trusted=bool(obeyed)), path, obeyed


def apply(
    ctx: click.Context,
    path: str,
    *,
    never: Iterable[str] = (),
    trusted: bool = True,
    alone: Collection[str] = (),
) -> dict[str, object]:
    """The command's options, with those that the file sets and the user did not.

    A key is an option's long name without dashes in front; of files that are not ``trusted``
    those alone count that are ``HARMLESS``, and where some are named, those that are ``alone``.
    ``PolicyError`` names the file and key that is unknown or of the wrong type.
    """
    options = {
        option.lstrip("-"): parameter
        for parameter in ctx.command.params
        if isinstance(parameter, click.Option) and parameter.name not in never
        for option in parameter.opts
        if option.startswith("--")
    }
    values = dict(ctx.params)
    for key, value in _read(path).items():
        if key in ELSEWHERE:
            continue
        if key in SPOKEN:
            raise PolicyError(path, f"{key!r} is said on the command line alone: it runs programs")
        if alone and key not in alone:
            continue
        option = options.get(key)
        if option is None and key in OF_SCANS and ctx.command.name != "scan":
            continue
        if option is None or option.name is None:
            known = ", ".join(sorted({*options, *ELSEWHERE} - SPOKEN))
            raise PolicyError(path, f"unknown key {key!r} (known: {known})")
        if not trusted and key not in HARMLESS:
            continue
        if ctx.get_parameter_source(option.name) is ParameterSource.DEFAULT:
            values[option.name] = _cast(ctx, option, value, f"{path}: {key}")
    return values


def unheeded(path: str) -> tuple[str, ...]:
    """A note that names what is not obeyed of settings that only lie by the target, if anything."""
    names = ", ".join(key for key in _read(path) if key not in HARMLESS)
    return (f"{spelled(path)}: lies by the target, so not obeyed: {names}",) if names else ()


def left(ctx: click.Context, target: str) -> tuple[str, ...]:
    """A note about settings in the folder that is scanned, which are never looked for there."""
    path = "" if ctx.params["config"] else within(target)
    return (f"{spelled(path)}: lies in the target, so not obeyed: --config does",) if path else ()


def _cast(ctx: click.Context, option: click.Option, value: object, place: str) -> object:
    listed = value if isinstance(value, list) else [value]
    try:
        if option.multiple:
            return option.type_cast_value(ctx, [_plain(each, place) for each in listed])
        if isinstance(value, (list, dict)):
            raise PolicyError(place, "one value is wanted")
        return option.process_value(ctx, value if isinstance(value, bool) else _plain(value, place))
    except click.ClickException as error:
        raise PolicyError(place, error.format_message()) from error


def _plain(value: object, place: str) -> str:
    text = value if isinstance(value, str) else str(value)
    if "\0" in text:
        raise PolicyError(place, "has a zero byte")
    return text


def _read(path: str) -> dict[str, object]:
    return keys(content(path, MAX_BYTES), path)
