"""What a manifest asks for, as a fact: what locks tell of it is known once all are read."""

from msgspec import Struct


class Asked(Struct, frozen=True, kw_only=True, tag_field="fact", tag=True):
    """What one manifest asks for without a version; exact versions are packages beside it.

    ``type`` is the purl type, ``project`` the project's own name, ``names`` are full names of
    packages, ``locks`` the names of files that tell the versions if they lie beside it.
    """

    type: str
    project: str = ""
    names: tuple[str, ...] = ()
    locks: tuple[str, ...] = ()


class Dependency(Struct, frozen=True):
    """One package that a manifest asks for; ``version`` is empty where no exact one is named."""

    name: str
    version: str = ""
    development: bool = False
