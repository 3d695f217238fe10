"""Files of docker compose as checks see them: variables filled in, services with what they extend.

Reference: https://docs.docker.com/reference/compose-file/
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from hullmark.checks import compose_parts as parts
from hullmark.checks.compose_merge import TAGS, Joining, TooMuchError, interpolated, untagged
from hullmark.checks.compose_parts import Mount, Pair, Port
from hullmark.checks.image_facts import reference, short
from hullmark.model import Evidence, File, ParseError
from hullmark.model.documents import DocumentError
from hullmark.model.placed import Map, documents

MAX_COMPOSE_BYTES = 1024 * 1024
"""Ours: real ones have some KB."""

STACK_KEYS = ("mode", "placement", "update_config", "rollback_config", "endpoint_mode")
"""Keys of ``deploy`` that only Swarm heeds."""


class Service(Struct, frozen=True):
    """One service: its name, and what is said of it.

    ``whole`` is false where another file says more of it, so that what is missing proves nothing;
    ``devices`` are paths of the host behind the file's named volumes.
    """

    name: str
    body: Map
    whole: bool = True
    devices: Mapping[str, str] = {}

    def tell(self, key: str, says: str, line: int = 0) -> Evidence:
        """What is wrong under a key, in the line of the key unless one is given."""
        return Evidence(
            at=f"services.{self.name}.{key}" if key else f"services.{self.name}",
            says=f"service {short(self.name)}: {says}",
            line=line or (self.body.line_of(key) if key else self.body.line),
        )

    def flag(self, key: str) -> bool:
        """Whether a key is true, as boolean or as text."""
        return parts.is_true(self.body.get(key))

    @property
    def build(self) -> Map:
        """How its image is built; a context alone is ``context``."""
        context = self.body.text("build")
        if not context:
            return self.body.map("build")
        line = self.body.line_of("build")
        alone = Map(line)
        alone["context"] = context
        alone.lines["context"] = line
        return alone

    @property
    def is_built(self) -> bool:
        """Whether its image is built from a folder, so that ``image`` only names the result."""
        return self.body.get("build") is not None

    @property
    def image(self) -> tuple[str, str, str]:
        """Repository, tag and digest of its image, each empty where it has none."""
        return reference(self.body.text("image"))

    @property
    def image_name(self) -> str:
        """The last part of the image's repository: ``postgres``."""
        return self.image[0].rpartition("/")[2].lower()

    @property
    def deploy(self) -> Map:
        """What is said of its containers as a whole."""
        return self.body.map("deploy")

    @property
    def limits(self) -> Map:
        """Limits of resources as ``deploy`` has them."""
        return self.deploy.map("resources").map("limits")

    def ports(self) -> Iterator[Port]:
        """Every published port, except where the network is the host's or another's."""
        mode = self.body.text("network_mode")
        if mode not in ("host", "none") and not mode.startswith(("container:", "service:")):
            yield from parts.ports(self.body)

    def mounts(self) -> Iterator[Mount]:
        """Every volume and path of the host that is mounted."""
        return parts.mounts(self.body, self.devices)

    def environment(self) -> Iterator[Pair]:
        """Every variable, from mapping or list."""
        return parts.pairs(self.body, "environment")

    def pairs(self, key: str) -> Iterator[Pair]:
        """Names and values under a key (``labels``, ``sysctls``), from mapping or list."""
        return parts.pairs(self.body, key)

    def entries(self, key: str) -> Iterator[tuple[str, int, str]]:
        """Texts of the list under a key, each with its line and place."""
        return parts.entries(self.body, key)

    def words(self, key: str) -> list[str]:
        """The words of a command (``command``, ``entrypoint``)."""
        return parts.words(self.body, key)


class Compose(Struct, frozen=True):
    """A whole file; ``written`` is what it says with its variables as they stand."""

    body: Map
    listed: tuple[Service, ...] = ()
    written: Map = field(default_factory=Map)

    def services(self) -> Iterator[Service]:
        """Every service that is a mapping."""
        return iter(self.listed)

    def top(self, key: str) -> Iterator[tuple[str, Map]]:
        """Every mapping below a key at the top (``volumes``, ``networks``, ``secrets``)."""
        for name, body in self.body.map(key).items():
            if isinstance(body, Map):
                yield name, body

    @property
    def is_stack(self) -> bool:
        """Whether a service is deployed as only Swarm does it."""
        return any(key in each.deploy for each in self.listed for key in STACK_KEYS)

    def tell(self, at: str, says: str, line: int) -> Evidence:
        """What is wrong outside of services."""
        return Evidence(at=at, says=says, line=line)


def compose_file(file: File) -> Compose | None:
    """A file of compose; ``None`` where it has no services. Raises ``ParseError``.

    Documents after the first are laid over it, as compose does.
    """
    if file.size > MAX_COMPOSE_BYTES:
        raise ParseError(file.path, f"more than the {MAX_COMPOSE_BYTES} bytes that are read")
    joining = Joining()
    body: Map | None = None
    try:
        for each in documents(file.data, keep=TAGS):
            if isinstance(each, Map):
                body = each if body is None else joining.joined(body, each)
        if body is not None and b"!" in file.data:
            body = _plain(body)
        if body is None or ("services" not in body and "include" not in body):
            _held_to_services(file.path, body)
            return None
        written = body
        if b"${" in file.data:
            body = interpolated(body)
        extended = joining.extended(body.map("services"))
    except (DocumentError, TooMuchError) as error:
        raise ParseError(file.path, str(error)) from error
    overrides = "override" in file.path.rpartition("/")[2]
    services = {name: (each, known and not overrides) for name, (each, known) in extended.items()}
    return replace(composed(body, services), written=written)


def composed(body: Map, services: Mapping[str, tuple[Map, bool]]) -> Compose:
    """A file of which each service is known, with whether all that it is made of is there."""
    devices = _devices(body)
    return Compose(
        body,
        tuple(
            Service(name, service, _is_whole(service) and known, devices)
            for name, (service, known) in services.items()
        ),
    )


def _plain(body: Map) -> Map:
    found = untagged(body)
    return found if isinstance(found, Map) else body


def _held_to_services(path: str, body: Map | None) -> None:
    """Raise ``ParseError`` where services stand at the top, as Compose 1 has had them."""
    old = (each for each in (body or {}).values() if isinstance(each, Map) and _is_whole(each))
    if next(old, None) is not None:
        raise ParseError(path, "services at the top, as only Compose 1 reads them")


def _is_whole(service: Map) -> bool:
    return service.get("image") is not None or service.get("build") is not None


def driver_options(volume: Map) -> dict[str, str]:
    """Options of a named volume's driver."""
    return {each.name: each.value or "" for each in parts.pairs(volume, "driver_opts")}


def _devices(body: Map) -> dict[str, str]:
    """Paths of the host that named volumes bind."""
    found = {}
    for name, volume in body.map("volumes").items():
        if isinstance(volume, Map):
            options = driver_options(volume)
            if {"bind", "rbind"} & {*options.get("o", "").split(",")}:
                found[name] = options.get("device", "")
    return found
