"""Mends of files of compose that need a look at the service."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.mending import by, drop, place_of
from hullmark.model import Evidence
from hullmark.model.config_edits import Append, Drop, Path, Proposed, Put
from hullmark.model.config_edits import at as value_at
from hullmark.model.later import regex
from hullmark.model.mending import Left
from hullmark.model.placed import Map

_GAIN = "no-new-privileges"

_VARIABLE = r"\$(?:\{[^{}]*\}|[A-Za-z_]\w*+)"
_ANY = rf"(?:[0-9-]|{_VARIABLE})+"
_NUMBER = r"(?:[0-9]|\$\{\w+:?-[0-9]+(?:-[0-9]+)?\})"
"""What a port begins with whose variables hold no address: one by its default holds a port."""

_END = rf"(?:/(?:[a-z]+|{_VARIABLE}))?\Z"
_anywhere = regex(rf"(?:0\.0\.0\.0|\[::\]|\*):((?:{_ANY})?:{_ANY}{_END})").match
_two_ports = regex(rf"{_NUMBER}(?:{_ANY})?:{_ANY}{_END}").match
_one_port = regex(rf"{_NUMBER}[0-9-]*{_END}").match
_address = regex(rf"(?:[^:${{}}]|{_VARIABLE})+:(?:[^:${{}}]|{_VARIABLE})*:").match
_short_mount = regex(r"[^:$]+:[^:$]+\Z").match

LOOPBACK = "127.0.0.1"
ADDRESS_TOLD = "a variable tells its address"

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
    """The place of evidence, and what the file has there, with its variables as they stand."""
    path = place_of(compose, evidence)
    return path, value_at(compose.written, path[1:])


def _on_loopback(compose: Compose, evidence: Evidence) -> Iterator[Proposed]:
    path, found = _there(compose, evidence)
    if isinstance(found, Map):
        if "$" in found.text("host_ip"):
            yield Left(ADDRESS_TOLD)
        else:
            yield Put(path=(*path, "host_ip"), value=LOOPBACK)
        return
    text = str(found)
    on_all = _anywhere(text)
    if on_all:
        yield Put(path=path, value=f"{LOOPBACK}:{on_all[1]}")
    elif _two_ports(text):
        yield Put(path=path, value=f"{LOOPBACK}:{text}")
    elif _one_port(text):
        yield Put(path=path, value=f"{LOOPBACK}::{text}")
    elif "$" not in text:
        yield Left("its port is written in an unusual way")
    elif _address(text):
        yield Left(ADDRESS_TOLD)
    else:
        yield Left("its variable may hold an address, too: no default says that it is a port")


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
    if isinstance(found, Map):
        yield Put(path=(*path, "read_only"), value=True)
    elif isinstance(found, str) and _short_mount(found):
        yield Put(path=path, value=f"{found}:ro")
    elif isinstance(found, str) and "$" in found:
        yield Left("a variable tells what is mounted, and may tell how")
    else:
        yield Left("its options are written in an unusual way")


def encrypted(compose: Compose, evidence: Evidence) -> Iterator[Proposed]:
    """An overlay network whose packets are encrypted between nodes."""
    yield Put(path=(*place_of(compose, evidence), "driver_opts", "encrypted"), value="true")
