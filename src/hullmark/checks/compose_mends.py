"""Mends of files of compose that need a look at the service."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.mending import by, drop, place_of
from hullmark.model import Evidence
from hullmark.model.config_edits import Append, Drop, Path, Proposed, Put
from hullmark.model.config_edits import at as value_at
from hullmark.model.later import regex
from hullmark.model.mending import Left

_GAIN = "no-new-privileges"
_short_port = regex(
    r"(?:[0-9]{1,5}(?:-[0-9]{1,5})?:)?[0-9]{1,5}(?:-[0-9]{1,5})?(?:/[a-z]+)?\Z"
).match
_everywhere = regex(r"(?:0\.0\.0\.0|\[::\]|\*):(?=[0-9]{1,5}(?:-[0-9]{1,5})?:)").match
_short_mount = regex(r"[^:$]+:[^:$]+\Z").match

LOOPBACK = "127.0.0.1"

NO_MORE_OF_THE_HOST = drop(
    says="remove it",
    breaks="shuts the service out of what it shares with the host",
    risky=True,
)
CONFINED = drop(
    prune=1,
    says="remove the option",
    breaks="forbids what the profile of the engine forbids",
    risky=True,
)


def _there(compose: Compose, evidence: Evidence) -> tuple[Path, object]:
    """The place of evidence, and what the file has there once variables are filled in."""
    path = place_of(compose, evidence)
    return path, value_at(compose.body, path[1:])


def _on_loopback(compose: Compose, evidence: Evidence) -> Iterator[Proposed]:
    path, found = _there(compose, evidence)
    if isinstance(found, dict):
        yield Put(path=(*path, "host_ip"), value=LOOPBACK)
        return
    text = str(found)
    text = text[len(open_to_all[0]) :] if (open_to_all := _everywhere(text)) else text
    if not _short_port(text):
        yield Left("its port depends on a variable or is written in an unusual way")
    elif ":" not in text:
        yield Put(path=path, value=f"{LOOPBACK}::{text}")
    else:
        yield Put(path=path, value=f"{LOOPBACK}:{text}")


ON_LOOPBACK = by(
    _on_loopback,
    says=f"publish it on {LOOPBACK}",
    breaks="cuts off who comes from other hosts",
    risky=True,
)


def without_pair(compose: Compose, evidence: Evidence) -> Iterator[Proposed]:
    """Name and value removed, from a mapping or a list of texts."""
    path = place_of(compose, evidence)
    for length in range(2, len(path)):
        around = value_at(compose.body, path[1:length])
        if isinstance(around, list):
            name = ".".join(map(str, path[length:]))  # a key's own dots part no keys in a list
            for index, each in enumerate(around):
                if isinstance(each, str) and each.startswith(f"{name}="):
                    yield Drop(path=(*path[:length], index), prune=1)
            return
    yield Drop(path=path, prune=1)


def no_new_privileges(compose: Compose, evidence: Evidence) -> Iterator[Proposed]:
    """The option added, or set where it is refused."""
    path = place_of(compose, evidence)
    path = path if path[-1] == "security_opt" else (*path, "security_opt")
    options = value_at(compose.body, path[1:])
    for index, each in enumerate(options if isinstance(options, list) else ()):
        if isinstance(each, str) and each.startswith(_GAIN):
            yield Put(path=(*path, index), value=f"{_GAIN}:true")
            return
    yield Append(path=path, value=f"{_GAIN}:true")


def all_dropped(compose: Compose, evidence: Evidence) -> Iterator[Proposed]:
    """All capabilities among those that are dropped."""
    path = place_of(compose, evidence)
    yield Append(path=path if path[-1] == "cap_drop" else (*path, "cap_drop"), value="ALL")


def only_read(compose: Compose, evidence: Evidence) -> Iterator[Proposed]:
    """The service's own file system."""
    path = place_of(compose, evidence)
    yield Put(path=path if path[-1] == "read_only" else (*path, "read_only"), value=True)


def mounted_to_read(compose: Compose, evidence: Evidence) -> Iterator[Proposed]:
    """A mount of the host, in its short or its long form."""
    path, found = _there(compose, evidence)
    if isinstance(found, dict):
        yield Put(path=(*path, "read_only"), value=True)
    elif isinstance(found, str) and _short_mount(found):
        yield Put(path=path, value=f"{found}:ro")
    else:
        yield Left("its options are written in an unusual way")


def encrypted(compose: Compose, evidence: Evidence) -> Iterator[Proposed]:
    """An overlay network whose packets are encrypted between nodes."""
    yield Put(path=(*place_of(compose, evidence), "driver_opts", "encrypted"), value="true")
