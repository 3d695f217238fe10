"""References by which Conan names a package: ``name/version@user/channel#revision:package%time``.

Format: https://docs.conan.io/2/reference/conanfile/methods/requirements.html
"""

from hullmark.model.facts import Package

_OPEN = ("[", "(")
"""Begins a range of versions, or an alias for one."""


def package(
    reference: str,
    path: str,
    *,
    declared: bool = False,
    direct: bool | None = None,
    development: bool = False,
) -> Package | None:
    """The package of a reference; none for what is no reference.

    As purl's own tests have it, a user stands as namespace beside a channel, else as qualifier.
    """
    recipe = reference.partition("%")[0].partition(":")[0].strip()
    whole, _, revision = recipe.partition("#")
    release, _, owner = whole.partition("@")
    name, _, version = release.partition("/")
    user, channel = (part if part != "_" else "" for part in owner.partition("/")[::2])
    if not name or not version or " " in name or "/" in version:
        return None
    told = {"user": "" if channel else user, "channel": channel if user else "", "rrev": revision}
    return Package(
        type="conan",
        namespace=user if channel else "",
        name=name,
        version=version,
        qualifiers={key: value for key, value in told.items() if value},
        path=path,
        declared=declared,
        direct=direct,
        development=development,
    )


def is_open(package: Package) -> bool:
    """Whether a reference leaves the version open."""
    return package.version.startswith(_OPEN)
