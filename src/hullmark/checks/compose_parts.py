"""Ports, mounts and named values of a service of compose, in all forms that people write."""

from collections.abc import Iterator, Mapping
from shlex import split
from typing import NamedTuple

from hullmark.checks.compose_merge import has_variable
from hullmark.model.later import regex
from hullmark.model.placed import Items, Map

MAX_CHARS = 4096
"""Of a port, a mount or an entry that is taken apart."""

MAX_COMMAND_CHARS = 16 * 1024
"""Of a command that is cut into words."""

MAX_PORT = 65535
EVERYWHERE = ("", "0.0.0.0", "::", "*")  # noqa: S104 - compared with, not bound to
"""Addresses by which a port is published on all interfaces."""

BIND, VOLUME, UNKNOWN = "bind", "volume", ""
"""What is mounted: a path of the host, a volume, or what only a variable tells."""

_parts = regex(r"(?:\$\{[^{}]*\}|[^:])+|(?<=:)(?=:)").findall
_drive = regex(r"[A-Za-z]:(?:\\|/[^:]*:/)").match
_windows = regex(r"[A-Za-z]:[\\/]").match
_range = regex(r"(\d{1,5})(?:-(\d{1,5}))?\Z").match


class Pair(NamedTuple):
    """A name and its value; ``None`` where the value comes from elsewhere."""

    name: str
    value: str | None
    line: int
    at: str


class Port(NamedTuple):
    """A port that is published: ``host`` and ``inside`` are first and last, or ``None``."""

    address: str
    host: tuple[int, int] | None
    inside: tuple[int, int] | None
    protocol: str
    written: str
    line: int
    at: str

    @property
    def is_everywhere(self) -> bool:
        """Whether every interface of the host answers."""
        return self.address in EVERYWHERE

    def leads_to(self, number: int) -> bool:
        """Whether this port of the container is published."""
        return self.inside is not None and self.inside[0] <= number <= self.inside[1]

    def answers_at(self, number: int) -> bool:
        """Whether this port of the host answers."""
        return self.host is not None and self.host[0] <= number <= self.host[1]


class Mount(NamedTuple):
    """What is mounted where; ``modes`` are the words after the target."""

    kind: str
    source: str
    target: str
    read_only: bool
    modes: tuple[str, ...]
    line: int
    at: str


def value_text(value: object) -> str | None:
    """A scalar as compose hands it on; ``None`` of what is none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else None


def is_true(value: object) -> bool:
    """Whether a value is the boolean, or the text that compose takes for it."""
    return value is True or (isinstance(value, str) and value.lower() in ("true", "yes", "y", "on"))


def pairs(body: Map, key: str) -> Iterator[Pair]:
    """Names and values under a key, written as mapping or as list."""
    found = body.get(key)
    if isinstance(found, Map):
        for name, value in found.items():
            yield Pair(name, value_text(value), found.line_of(name), f"{key}.{name}")
    elif isinstance(found, Items):
        for index, each in enumerate(found):
            if isinstance(each, str):
                name, given, text = each.partition("=")
                yield Pair(name, text if given else None, found.line_of(index), f"{key}.{name}")


def entries(body: Map, key: str) -> Iterator[tuple[str, int, str]]:
    """Texts and numbers of the list under a key, each with its line and place."""
    found = body.get(key)
    if isinstance(found, str):
        yield found, body.line_of(key), key
    elif isinstance(found, Items):
        for index, each in enumerate(found):
            if isinstance(each, str | int) and not isinstance(each, bool):
                yield str(each), found.line_of(index), f"{key}[{index}]"


def words(body: Map, key: str) -> list[str]:
    """The words of a command, those of scripts within it too."""
    found: list[str] = []
    for text in body.texts(key):
        found += _split(text[:MAX_COMMAND_CHARS]) if {" ", "\n"} & {*text} else [text]
    return found


def ports(body: Map) -> Iterator[Port]:
    """Every published port, short and long."""
    listed = body.items_of("ports")
    for index, each in enumerate(listed):
        line, at = listed.line_of(index), f"ports[{index}]"
        if isinstance(each, Map):
            published = each.text("published")
            yield Port(
                each.text("host_ip").strip("[]"),
                _numbers(published),
                _numbers(each.text("target")),
                each.text("protocol").lower() or "tcp",
                f"{published}:{each.text('target')}".strip(":"),
                line,
                at,
            )
        elif isinstance(each, str | int) and not isinstance(each, bool):
            yield _short_port(str(each)[:MAX_CHARS], line, at)


def mounts(body: Map, devices: Mapping[str, str]) -> Iterator[Mount]:
    """Every mount, short and long; of two with one target the last.

    ``devices`` are paths of the host behind named volumes.
    """
    listed = body.items_of("volumes")
    found: dict[str, Mount] = {}
    for index, each in enumerate(listed):
        line, at = listed.line_of(index), f"volumes[{index}]"
        if isinstance(each, Map):
            mount = _long_mount(each, line, at)
        elif isinstance(each, str):
            mount = _short_mount(each[:MAX_CHARS], line, at)
        else:
            continue
        if mount.kind == VOLUME and mount.source in devices:
            mount = mount._replace(kind=BIND, source=devices[mount.source])
        found[mount.target] = mount
    yield from found.values()


def _split(text: str) -> list[str]:
    try:
        return split(text)
    except ValueError:
        return text.split()


def _numbers(text: str) -> tuple[int, int] | None:
    found = _range(text.strip())
    if found is None:
        return None
    first = int(found[1])
    last = int(found[2] or first)
    return (first, last) if first <= last <= MAX_PORT else None


def _short_port(text: str, line: int, at: str) -> Port:
    """Take ``[[address:]published:]target[/protocol]`` apart."""
    rest, slash, protocol = text.rpartition("/")
    if not slash or has_variable(protocol):
        rest, protocol = text, "tcp"
    parts = _parts(rest)
    inside = parts[-1] if parts else ""
    published = parts[-2] if len(parts) > 1 else ""
    address = rest.removesuffix(inside).removesuffix(":").removesuffix(published)
    return Port(
        address.removesuffix(":").strip("[]"),
        _numbers(published),
        _numbers(inside),
        protocol.lower(),
        text,
        line,
        at,
    )


def _short_mount(text: str, line: int, at: str) -> Mount:
    """Take ``[source:]target[:mode]`` apart."""
    drive = text[:2] if _drive(text) else ""
    parts = _parts(text[len(drive) :])
    source = drive + parts[0] if parts else ""
    if len(parts) == 1:
        return Mount(VOLUME, "", source, read_only=False, modes=(), line=line, at=at)
    target = parts[1] if len(parts) > 1 else ""
    modes = tuple(parts[2].split(",")) if len(parts) > 2 else ()  # noqa: PLR2004 - the third part
    return Mount(_kind(source), source, target, "ro" in modes, modes, line, at)


def _kind(source: str) -> str:
    if source.startswith((".", "/", "~", "\\")) or _windows(source):
        return BIND
    if has_variable(source):
        return BIND if source.startswith(("$HOME", "${HOME}", "$PWD", "${PWD}")) else UNKNOWN
    return VOLUME


def _long_mount(body: Map, line: int, at: str) -> Mount:
    kind = body.text("type")
    modes = (body.map("bind").text("propagation"), body.map("bind").text("selinux"))
    return Mount(
        BIND if kind == "npipe" else kind,
        body.text("source"),
        body.text("target"),
        is_true(body.get("read_only")),
        tuple(each for each in modes if each),
        line,
        at,
    )
