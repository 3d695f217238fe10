"""What a file tells: packages, resources, and what ties them together."""

from collections.abc import Mapping

from msgspec import Struct

from hullmark.model.artifact import Distribution
from hullmark.model.asked import Asked
from hullmark.model.gathered import Gathered
from hullmark.model.go_symbols import GoSymbols
from hullmark.model.pom import Pom
from hullmark.model.purl import purl
from hullmark.model.shipped import Shipped
from hullmark.model.spotted import Accounts, Entry, Root, Spotted, Subjects

_VENDORED = frozenset(("alpm", "apk", "cpan", "deb", "qpkg", "rpm"))
"""purl types whose namespace is who distributes a package, and no part of its name."""

_JOINTS = {"maven": ":", "vscode-extension": "."}
"""What stands between namespace and name where it is no slash."""


class Package(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="fact", tag=True):
    """One installed or locked package.

    ``type`` is the purl type. ``path`` is the file that tells of it; inside an archive,
    ``app.jar!/lib/x.jar``. ``layer`` is the diffID of the layer that brought this version.
    ``licences`` are SPDX expressions, one for each statement found. ``source`` and
    ``source_version`` name what a distribution built it from, ``vendor`` who built it, where a
    distribution's package says so. ``declared`` is true when a lock
    or manifest asks for it and nothing shows that it is installed.

    Where the file says so, ``direct`` tells whether the project itself asks for it (true) or
    another package does (false), ``development`` that it is needed only to build or test, and
    ``requires`` lists the purls of those packages of the same file that it needs.
    """

    type: str
    name: str
    version: str = ""
    namespace: str = ""
    qualifiers: Mapping[str, str] = {}
    subpath: str = ""
    path: str = ""
    layer: str = ""
    licences: tuple[str, ...] = ()
    source: str = ""
    source_version: str = ""
    vendor: str = ""
    declared: bool = False
    direct: bool | None = None
    development: bool = False
    requires: tuple[str, ...] = ()

    @property
    def purl(self) -> str:
        """Canonical package URL, e.g. ``pkg:deb/debian/bash@5.2.15-2%2Bb8?arch=amd64``."""
        return purl(
            self.type,
            self.name,
            self.version,
            namespace=self.namespace,
            qualifiers=self.qualifiers,
            subpath=self.subpath,
        )

    @property
    def full_name(self) -> str:
        """Name as its ecosystem writes it: ``@babel/core``, ``org.slf4j:slf4j-api``, ``bash``."""
        if not self.namespace or self.type in _VENDORED:
            return self.name
        return f"{self.namespace}{_JOINTS.get(self.type, '/')}{self.name}"

    @property
    def licence(self) -> str:
        """All statements in ``licences`` as one SPDX expression; empty when there is none."""
        if len(self.licences) == 1:
            return self.licences[0]
        each = dict.fromkeys(filter(None, self.licences))
        if len(each) == 1:
            return next(iter(each))
        return " AND ".join(f"({licence})" if " " in licence else licence for licence in each)


class Resource(Struct, frozen=True, kw_only=True, tag_field="fact", tag=True):
    """One configuration object: a pod spec, a Dockerfile's stage, a daemon's settings.

    ``kind`` is ``<system>:<Kind>``, e.g. ``kubernetes:PodSpec``. ``line`` counts from 1.
    """

    kind: str
    name: str
    path: str
    body: Mapping[str, object]
    line: int = 0


class Owned(Struct, frozen=True, kw_only=True, tag_field="fact", tag=True):
    """The paths that a distribution package brought: nobody else reports what is in them.

    ``paths`` is newline-separated, relative to the root (a leading slash is allowed), as bytes,
    since file names need not be text. ``package`` is the owner's name, ``type`` its purl type.
    """

    type: str
    package: str
    paths: bytes


class Licensed(Struct, frozen=True, kw_only=True, tag_field="fact", tag=True):
    """Licences of a package that another file tells of, by purl type and package name."""

    type: str
    package: str
    licences: tuple[str, ...]


Fact = (
    Package
    | Resource
    | Owned
    | Licensed
    | Distribution
    | Pom
    | Asked
    | GoSymbols
    | Spotted
    | Entry
    | Accounts
    | Subjects
    | Root
    | Shipped
    | Gathered
)
"""All that a parser may yield."""


def dig(value: object, *keys: str) -> object:
    """Follow ``keys`` into nested mappings; ``None`` where a step is absent or no mapping."""
    for key in keys:
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    return value
