"""From what a user typed to a source and the rest of the target."""

from collections.abc import Sequence
from os import environ
from os.path import exists, expanduser, isfile, realpath

import hullmark.sources
from hullmark.model import SourceError
from hullmark.model.lookup import Lookup
from hullmark.unit import Parser, Source, discover, load

BILLS = ("report", "sbom")
"""Sources of what others found."""

FEW_PARSERS = (*BILLS, "git")
"""Sources that need few parsers, or none; others are not imported before processes are forked."""


BARE = ("git", "host")
"""Sources that need no more than their prefix: the folder that the user is in, this machine."""

BY_NAME = ("containerd", "docker", "podman", "registry")
"""Sources of images by name, in which no part is empty."""

OF_OTHERS = {
    "docker-archive": "archive",
    "docker-daemon": "docker",
    "oci-archive": "archive",
    "oci-dir": "oci",
}
"""Prefixes that skopeo and Syft know; a registry would be asked for an image of that name."""


def source_of(target: str) -> tuple[Source, str]:
    """The source that a prefix names, else the one that recognises the target."""
    prefix, colon, rest = target.partition(":")
    if colon and (named := load(hullmark.sources, Source, prefix)):
        if not rest and prefix not in BARE:
            raise SourceError(target, "names nothing behind the colon")
        if rest.startswith("//") and prefix in BY_NAME:
            raise SourceError(target, f"is written without slashes: {prefix}:{rest[2:]}")
        return named, rest
    if prefix in OF_OTHERS and not exists(target):
        raise SourceError(target, f"is called {OF_OTHERS[prefix]}:{rest} here")
    sources = discover(hullmark.sources, Source)
    try:
        for source in sources.values():
            if source.recognises(target):
                return source, target
    except OSError as error:
        raise SourceError(target, f"cannot be opened: {error.strerror}") from error
    if isfile(target):
        if is_told_by_name(target):
            return sources["file"], target
        why = (
            "is no archive of an image, no bill of materials and no file that its name tells of: "
            "file: and dir: with its folder look into it all the same"
        )
    else:
        why = (
            "is no archive, image layout or folder here, and names no image: "
            "NAME:TAG and registry:NAME do, in a registry"
        )
    raise SourceError(target, f"{why} (prefixes: {', '.join(f'{id}:' for id in sources)})")


def is_told_by_name(path: str) -> bool:
    """Whether a parser claims this file by name; that it is JSON is not enough, as reports are."""
    import hullmark.parsers  # noqa: PLC0415 - all of them, for this alone
    from hullmark.scan.config_files import SYSTEMS  # noqa: PLC0415

    lookup = Lookup[str]()
    claimed = {id: each.names for id, each in discover(hullmark.parsers, Parser).items()}
    for id, names in (claimed | {each.id: each.names for each in SYSTEMS}).items():
        for name in names:
            lookup.add(name, id)
    of_any = lookup.find("any.json") if path.endswith(".json") else ()
    return not set(lookup.find(realpath(path)[1:])).issubset(of_any)


def parsers_for(targets: Sequence[str]) -> tuple[str, ...] | None:
    """The parsers that these targets need; all (``None``) where one needs more than a few."""
    needed: list[str] = []
    for target in targets:
        prefix = target.partition(":")[0]
        source = load(hullmark.sources, Source, prefix) if prefix in FEW_PARSERS else None
        if source is None or source.parsers is None:
            return None
        needed += source.parsers
    return tuple(dict.fromkeys(needed))


def known_layers_folder() -> str:
    """Where learned images are kept: below ``$HULLMARK_HOME`` or ``$XDG_DATA_HOME/hullmark``."""
    return f"{_data_folder()}/known-layers"


def advisories_file() -> str:
    """Where advisories are kept: below ``$HULLMARK_HOME`` or ``$XDG_DATA_HOME/hullmark``."""
    return f"{_data_folder()}/advisories.db"


def intel_file() -> str:
    """Where lists of what is known to be bad are kept: beside the advisories."""
    return f"{_data_folder()}/intel.db"


def cache_folder() -> str:
    """Where caches live: ``$HULLMARK_HOME/cache`` or ``$XDG_CACHE_HOME/hullmark``."""
    home = environ.get("HULLMARK_HOME")
    if home:
        return f"{home}/cache"
    return f"{environ.get('XDG_CACHE_HOME') or expanduser('~/.cache')}/hullmark"


def _data_folder() -> str:
    home = environ.get("HULLMARK_HOME")
    return home or f"{environ.get('XDG_DATA_HOME') or expanduser('~/.local/share')}/hullmark"
