"""Packages as Node's package managers name them: ``name`` or ``@scope/name``."""

from hullmark.model.facts import Package


def locked(path: str, name: str, version: str, *, licence: str = "", type: str = "npm") -> Package:
    """A package that a lock asks for."""
    scope, _, base = name.rpartition("/")
    return Package(
        type=type,
        namespace=scope,
        name=base,
        version=version,
        path=path,
        licences=(licence,) if licence else (),
        declared=True,
    )
