"""Options of commands that may pull from a registry."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from os import environ
from typing import TypeVar

import click

from hullmark.apps.cli.target import source_of
from hullmark.model import PolicyError, SourceError
from hullmark.oci.reference import reference
from hullmark.unit import Access, Source

Command = TypeVar("Command", bound=Callable[..., object])


def registry_options(command: Command) -> Command:
    """Add what says how registries are reached."""
    for option in (
        click.option(
            "--ca-file", metavar="FILE", default="", help="Trust these certificates too (PEM)."
        ),
        click.option(
            "--plain-http",
            metavar="HOST",
            multiple=True,
            help="Speak to this registry (HOST or HOST:PORT) without TLS.",
        ),
        click.option(
            "--registry-mirror",
            metavar="HOST=MIRROR",
            multiple=True,
            help="Ask MIRROR (HOST[:PORT][/PREFIX]) for HOST's images first, then HOST.",
        ),
        click.option(
            "--redirect-host",
            metavar="HOST",
            multiple=True,
            help="Let registries lead to HOST even where it is in a network further in than they.",
        ),
    ):
        command = option(command)
    return command


def access(options: Mapping[str, object]) -> Access:
    """What the options say."""
    return Access(
        mirrors=_texts(options["registry_mirror"]),
        plain_http=_texts(options["plain_http"]),
        ca_file=str(options["ca_file"] or ""),
        redirect_hosts=_texts(options["redirect_host"]),
    )


def tie_credentials(targets: Iterable[str]) -> None:
    """``PolicyError`` when nobody says which of several registries gets the environment's login.

    A target that cannot be read is not judged here.
    """
    if not environ.get("HULLMARK_REGISTRY_USERNAME") or "HULLMARK_REGISTRY" in environ:
        return
    hosts = set()
    for target in targets:
        with suppress(SourceError):
            source, rest = source_of(target)
            if source.id == "registry":
                hosts.add(reference(rest).host)
    if len(hosts) > 1:
        listed = ", ".join(sorted(hosts)[:10])
        why = f"is for one registry, the targets name {listed}: name its own in HULLMARK_REGISTRY"
        raise PolicyError("HULLMARK_REGISTRY_USERNAME", why)


def stay_offline(source: Source, target: str) -> None:
    """``SourceError`` when a target needs the network."""
    if source.id == "registry":
        raise SourceError(target, "is in a registry, which --offline does not ask")


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, (tuple, list)):
        raise PolicyError("options", f"a list is wanted, not {value!r}")
    return tuple(str(each) for each in value)
