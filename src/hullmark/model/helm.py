"""Helm charts as packages.

No purl type is registered for them; ``helm`` is the one in common use.
"""

from hullmark.model.facts import Package


def chart(name: str, version: str, repository: str, path: str) -> Package:
    """A chart that another one asks for; a repository's alias (``@name``) names no place."""
    place = repository.rstrip("/")
    return Package(
        type="helm",
        name=name,
        version=version,
        qualifiers={"repository_url": place} if "://" in place else {},
        path=path,
        declared=True,
        direct=True,
    )
