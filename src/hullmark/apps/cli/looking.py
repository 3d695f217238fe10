"""What a scan looks for in content, as options and the settings that are obeyed ask."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

import click
from msgspec import Struct
from msgspec.structs import replace

from hullmark.apps.cli.intelligence import daemon, lists_on_hand
from hullmark.apps.cli.own_rules import own_rules
from hullmark.apps.cli.settings import options_for
from hullmark.apps.cli.target import BILLS, cache_folder
from hullmark.model import PolicyError
from hullmark.sieve.options import NOTHING, Looking

MACHINE = "host"
"""The source of this machine, whose whole disk is searched only for who asks for it."""


class Search(Struct, frozen=True, kw_only=True):
    """Targets in which the same is looked for, and what is to be told of their allow lists."""

    targets: tuple[str, ...]
    look: Looking
    notes: tuple[str, ...] = ()


class _Asked(Struct, frozen=True, kw_only=True):
    """What decides what is looked for in one target."""

    source: str
    scanners: tuple[str, ...]
    yara: tuple[str, ...]
    clamd: str
    kubernetes: int
    registries: tuple[str, ...]
    units: tuple[str, ...]


def searches(ctx: click.Context, targets: Sequence[str]) -> Iterator[Search]:
    """The targets, grouped by what is looked for in them, before anything is read."""
    groups: dict[_Asked, list[str]] = {}
    named: dict[_Asked, list[str]] = {}
    for target in targets:
        options: Mapping[str, object] = ctx.params
        with suppress(PolicyError):  # told when it is this target's turn
            options = options_for(ctx, target)[0]
        asked = _asked(options, target)
        groups.setdefault(asked, []).append(target)
        named.setdefault(asked, []).extend(texts(options["ignore_file"]))
    for asked, group in groups.items():
        yield _search(_looking(asked), group, named[asked])


def texts(value: object) -> tuple[str, ...]:
    """What an option that may be given several times holds."""
    if not isinstance(value, (tuple, list)):
        raise PolicyError("options", f"a list is wanted, not {value!r}")
    return tuple(str(each) for each in value)


def _asked(options: Mapping[str, object], target: str) -> _Asked:
    prefix = target.partition(":")[0]
    return _Asked(
        source=prefix if prefix in (*BILLS, MACHINE) else "",
        scanners=texts(options["scanners"]),
        yara=texts(options["yara_rules"]),
        clamd=str(options["clamd"] or ""),
        kubernetes=int(str(options["kubernetes_version"])),
        registries=texts(options["trusted_registries"]),
        units=texts(options["units"]),
    )


def _looking(asked: _Asked) -> Looking:
    if asked.source in BILLS:
        return replace(NOTHING, kubernetes=asked.kubernetes, registries=asked.registries)
    every = not asked.scanners and asked.source != MACHINE
    malware = every or "malware" in asked.scanners
    lists, feeds = lists_on_hand() if malware else ("", ())
    clamd, versions = daemon(asked.clamd, wanted=malware)
    return Looking(
        secrets=every or "secrets" in asked.scanners,
        malware=malware,
        config=not asked.scanners or "config" in asked.scanners,
        folder=cache_folder(),
        own_rules=own_rules(asked.yara, cache_folder()),
        block_lists=lists,
        feeds=(*feeds, *versions),
        clamd=clamd,
        kubernetes=asked.kubernetes,
        registries=asked.registries,
        units=asked.units,
    )


def _search(look: Looking, targets: Sequence[str], named: Sequence[str]) -> Search:
    """With the secrets that allow lists accept."""
    if not look.secrets:
        return Search(targets=tuple(targets), look=look)
    from hullmark.apps.cli.allow_lists import allow_lists  # noqa: PLC0415 - for who looks

    found = allow_lists(targets, tuple(dict.fromkeys(named)))
    look = replace(look, allow=found.lists)
    return Search(targets=tuple(targets), look=look, notes=found.notes)
