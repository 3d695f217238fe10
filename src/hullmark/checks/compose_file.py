"""Files of docker compose as checks see them.

Reference: https://docs.docker.com/reference/compose-file/
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.model import Evidence, File, ParseError
from hullmark.model.documents import DocumentError
from hullmark.model.placed import Map, documents

MAX_COMPOSE_BYTES = 4 * 1024 * 1024
"""Ours: real ones have some KB."""


class Service(Struct, frozen=True):
    """One service: its name, and what is said of it."""

    name: str
    body: Map

    def tell(self, key: str, says: str, line: int = 0) -> Evidence:
        """What is wrong under a key, in the line of the key unless one is given."""
        return Evidence(
            at=f"services.{self.name}.{key}" if key else f"services.{self.name}",
            says=says,
            line=line or (self.body.line_of(key) if key else self.body.line),
        )


class Compose(Struct, frozen=True):
    """A whole file."""

    body: Map

    def services(self) -> Iterator[Service]:
        """Every service that is a mapping."""
        for name, body in self.body.map("services").items():
            if isinstance(body, Map):
                yield Service(name, body)

    def tell(self, at: str, says: str, line: int) -> Evidence:
        """What is wrong outside of services."""
        return Evidence(at=at, says=says, line=line)


def compose_file(file: File) -> Compose | None:
    """A file of compose; ``None`` where it has no services. Raises ``ParseError``."""
    if file.size > MAX_COMPOSE_BYTES:
        raise ParseError(file.path, f"more than the {MAX_COMPOSE_BYTES} bytes that are read")
    try:
        body = next(documents(file.data), None)
    except DocumentError as error:
        raise ParseError(file.path, str(error)) from error
    return Compose(body) if isinstance(body, Map) and "services" in body else None
