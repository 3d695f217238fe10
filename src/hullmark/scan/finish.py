"""From facts to packages: origin, owner, licences, distribution, and one order for all."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from hullmark.model import Distribution, Fact, Gap, Licensed, Owned, Package, Resource
from hullmark.model.asked import Asked
from hullmark.model.go_symbols import GoSymbols
from hullmark.model.pom import Pom
from hullmark.model.shipped import Shipped
from hullmark.scan.facts import CONTENT, Parsed, renamed
from hullmark.scan.overlay import Visible
from hullmark.scan.relaying import UNIT

SYSTEM_TYPES = frozenset(("alpm", "apk", "deb", "rpm"))
"""Package types whose purl names the distribution as namespace."""

NAMESPACES = {"rhel": "redhat", "opensuse-leap": "opensuse", "opensuse-tumbleweed": "opensuse"}
"""os-release ids that purl spells otherwise."""

NIX = "nix/var/nix/db/db.sqlite"
"""The database of Nix's store: what it tells goes before the names of folders."""

_MANIFESTS = (Pom, Asked)

OS_RELEASE = ("etc/os-release", "usr/lib/os-release")
DOC = "usr/share/doc/"


class Inventory:
    """What all layers together hold."""

    def __init__(
        self, visible: Iterable[Visible], links: Mapping[str, str], layers: Sequence[str]
    ) -> None:
        self._links = links
        self._root_links = [
            (link, f"{target.lstrip('/')}/") for link, target in links.items() if "/" not in link
        ]
        self._layers = layers
        self._owned: list[Owned] = []
        self._licences: dict[tuple[str, str], tuple[str, ...]] = {}
        self._distributions: dict[str, Distribution] = {}
        self._found: list[Package] = []
        self._poms: dict[str, tuple[Pom, int]] = {}
        self._manifests: dict[tuple[str, str], _Manifest] = {}
        self._unsettled: list[Gap] = []
        self.resources: list[Resource] = []
        self.shipped: list[Shipped] = []
        self.go_symbols: dict[str, GoSymbols] = {}
        for each in visible:
            self._take(each)
        self._settle()
        self._settle_manifests()
        self.distribution = self._choose()

    def packages(self) -> tuple[Package, ...]:
        """Sorted, each once for each path, without those that a distribution package owns."""
        others = (each for each in self._found if not _of_system(each))
        owned = self._owned_among({_file(each.path) for each in others})
        kept: dict[tuple[str, str], Package] = {}
        completed: dict[str, str] = {}
        registered = {_store_path(each) for each in self._found if each.path.endswith(NIX)} - {""}
        for package in self._found:
            if _store_path(package) in registered and not package.path.endswith(NIX):
                continue
            if _of_system(package):
                told = package.purl
                package = self._with_distribution(package)  # noqa: PLW2901 - completed, same thing
                completed[told] = package.purl
            elif _file(package.path) in owned:
                continue
            elif not package.licences:
                package = self._with_text(package)  # noqa: PLW2901 - as above
            key = package.purl, package.path
            known = kept.setdefault(key, package)
            if known is not package and _weight(package) <= _weight(known):
                kept[key] = package
        for key, package in kept.items():
            if package.requires and package.type in SYSTEM_TYPES:
                requires = tuple([completed.get(each, each) for each in package.requires])
                kept[key] = replace(package, requires=requires)
        return tuple(kept[key] for key in sorted(kept))

    def gaps(self) -> Iterator[Gap]:
        """Versions that no project tells; distribution packages of an unknown distribution."""
        yield from self.nobodys(self._unsettled, ())
        if self.distribution is None and any(map(_of_system, self._found)):
            why = "no os-release: which distribution these packages are from is unknown"
            yield Gap(unit="distribution", subject="etc/os-release", why=why)

    def _take(self, each: Visible) -> None:  # noqa: C901 - one line a kind of fact
        origins = _Origins(each.versions)
        top = each.versions[-1][1]
        facts = top.facts
        if top.path != each.path:
            facts = [renamed(fact, top.path, each.path) for fact in facts]
        if manifests := [fact for fact in facts if isinstance(fact, _MANIFESTS)]:
            self._take_manifest(each, manifests[-1], facts)
            return
        for fact in facts:
            match fact:
                case Package():
                    layer = self._layers[origins.layer(fact)]
                    self._found.append(replace(fact, layer=layer))
                case Owned():
                    self._owned.append(fact)
                case Licensed():
                    self._licences[fact.type, fact.package] = fact.licences
                case Distribution():
                    self._distributions[each.path] = fact
                case Resource():
                    self.resources.append(fact)
                case Shipped():
                    self.shipped.append(fact)
                case GoSymbols():
                    self.go_symbols[each.path] = fact

    def _take_manifest(self, each: Visible, manifest: Pom | Asked, facts: Iterable[Fact]) -> None:
        if isinstance(manifest, Pom):
            self._poms[each.path] = manifest, _since(each.versions, manifest)
            return
        origins = _Origins(each.versions)
        exact = [
            replace(fact, layer=self._layers[origins.layer(fact)])
            for fact in facts
            if isinstance(fact, Package)
        ]
        layer = self._layers[each.versions[-1][0]]
        self._manifests[each.path, each.unit] = _Manifest(manifest, exact, layer)

    def _settle(self) -> None:
        """Packages of projects that inherit from each other."""
        if not self._poms:
            return
        from hullmark.model.maven_project import modules  # noqa: PLC0415 - few scans need it

        for fact in modules({path: pom for path, (pom, _) in self._poms.items()}):
            if isinstance(fact, Gap):
                self._unsettled.append(fact)
            else:
                layer = self._layers[self._poms[fact.path][1]]
                self._found.append(replace(fact, layer=layer))

    def _settle_manifests(self) -> None:
        """What manifests ask for and no lock tells: exact versions, and gaps."""
        if not self._manifests:
            return
        from hullmark.model.unlocked import Known, why_untold  # noqa: PLC0415 - as above

        known = Known(self._found, (each.asked for each in self._manifests.values()))
        for (path, unit), (asked, exact, layer) in self._manifests.items():
            self._found += known.untold_exact(path, asked, exact)
            left = known.untold(path, asked)
            if count := sum(not known.is_project(asked.type, name) for name in left):
                why = why_untold(count)
                self._unsettled.append(Gap(unit=unit, subject=path, why=why, layer=layer))

    def _choose(self) -> Distribution | None:
        """os-release tells best; a release without a number takes it from the other files."""
        paths = [path for path in OS_RELEASE if path in self._distributions]
        others = [path for path in sorted(self._distributions) if path not in OS_RELEASE]
        ranked = [self._distributions[path] for path in (*paths, *others)]
        if not ranked:
            return None
        best = ranked[0]
        for other in ranked[1:]:
            if not best.version and other.id == best.id and other.version:
                return replace(best, version=other.version)
        return best

    def _with_distribution(self, package: Package) -> Package:
        licences = package.licences or self._licence_of(package)
        release = self.distribution
        if release is None or (package.namespace and "distro" in package.qualifiers):
            return replace(package, licences=licences)
        name = f"{release.id}-{release.version}" if release.version else release.id
        return replace(
            package,
            namespace=NAMESPACES.get(release.id, release.id),
            qualifiers={**package.qualifiers, "distro": name},
            licences=licences,
        )

    def _with_text(self, package: Package) -> Package:
        """The package with the licence whose text lies in its folder, if one does."""
        folder = package.path.rpartition("/")[0]
        if package.type == "gem":
            folder = package.path.replace("/specifications/", "/gems/").removesuffix(".gemspec")
        elif package.type == "golang":
            project = folder.removesuffix("vendor").rstrip("/")
            folder = f"{project}/vendor/{package.full_name}".lstrip("/")
        found = self._licences.get(("folder", folder))
        return replace(package, licences=found) if found and "!/" not in package.path else package

    def _licence_of(self, package: Package) -> tuple[str, ...]:
        """By name; a documentation folder may be a link to that of another package."""
        found = self._licences.get((package.type, package.name))
        if found is None:
            target = self._links.get(DOC + package.name, "").rstrip("/").rpartition("/")[2]
            found = self._licences.get((package.type, target), ())
        return found

    def nobodys(self, gaps: Iterable[Gap], of_system: Container[str]) -> list[Gap]:
        """Gaps without those in files that a distribution package owns: it is what is judged.

        Content that was not looked at is a gap whoever owns the file. Those of units
        ``of_system`` stay: without them it is not known what it brought.
        """
        listed = list(gaps)
        owned = self._owned_among({_file(gap.subject) for gap in listed})
        return [
            gap
            for gap in listed
            if gap.unit in ("layer", CONTENT, UNIT)
            or gap.unit in of_system
            or _file(gap.subject) not in owned
        ]

    def _owned_among(self, paths: Iterable[str]) -> set[str]:
        """Those of these paths that a distribution package brought.

        Lists may name a file through a link of the root (``/lib`` for ``/usr/lib``).
        """
        return set(self.owned_by(paths))

    def owned_by(self, paths: Iterable[str]) -> dict[str, str]:
        """The distribution package of each of these paths that one brought."""
        wanted: dict[bytes, str] = {}
        for path in paths:
            for name in self._names(path):
                wanted[f"/{name}".encode(errors="replace")] = path
                wanted[name.encode(errors="replace")] = path
        return {
            wanted[line]: each.package
            for each in self._owned
            for line in wanted.keys() & each.paths.split(b"\n")
        }

    def owners_of(self, files: Container[str]) -> dict[str, str]:
        """The distribution package of each of these files that one brought, in one pass."""
        inside = dict(self._root_links)
        found = {}
        for each in self._owned:
            for line in each.paths.decode(errors="replace").split("\n"):
                path = line.removeprefix("/")
                if path not in files:
                    top, _, rest = path.partition("/")
                    path = inside[top] + rest if top in inside else path
                if path in files:
                    found[path] = each.package
        return found

    def owners(self, paths: Iterable[str]) -> frozenset[tuple[str, str]]:
        """Type and name of the distribution packages that own one of these paths."""
        wanted = {
            form.encode(errors="replace")
            for path in paths
            for name in self._names(path)
            for form in (name, f"/{name}")
        }
        ends = {line.rpartition(b"/")[2] for line in wanted}
        return frozenset(
            (each.type, each.package)
            for each in self._owned
            if any(end in each.paths for end in ends)
            and not wanted.isdisjoint(each.paths.split(b"\n"))
        )

    def aliases(self) -> dict[str, str]:
        """Links of the root and the folders they lead to, by which packages may name files."""
        return {link: inside.rstrip("/") for link, inside in self._root_links}

    def _names(self, path: str) -> Iterator[str]:
        yield path
        for link, inside in self._root_links:
            if path.startswith(inside):
                yield f"{link}/{path[len(inside) :]}"


class _Manifest(NamedTuple):
    """What a manifest asks for: by ranges, by exact versions; and the layer that shows it."""

    asked: Asked
    exact: list[Package]
    layer: str


class _Origins:
    """Which layer brought a package: looks each file's states up once."""

    def __init__(self, versions: Sequence[tuple[int, Parsed]]) -> None:
        self._top = versions[-1][0]
        self._below = [
            (number, {_key(fact) for fact in parsed.facts if isinstance(fact, Package)})
            for number, parsed in reversed(versions[:-1])
        ]

    def layer(self, package: Package) -> int:
        """The lowest layer from which on every state of the file tells of this very package."""
        found = self._top
        for number, known in self._below:
            if _key(package) not in known:
                break
            found = number
        return found


def _since(versions: Sequence[tuple[int, Parsed]], pom: Pom) -> int:
    """The lowest layer from which on every state of the file is this very project."""
    found = versions[-1][0]
    for number, parsed in reversed(versions):
        if pom not in parsed.facts:
            break
        found = number
    return found


def _store_path(package: Package) -> str:
    """The hash by which Nix tells paths of its store apart; empty for other packages."""
    return package.qualifiers.get("outputhash", "") if package.type == "nix" else ""


def _file(path: str) -> str:
    """The file on disk, of a path that may lead into an archive."""
    return path.partition("!/")[0]


def _weight(package: Package) -> tuple[bool, bool]:
    """Of two that tell of the same thing the one that makes it matter more goes first."""
    return package.declared, package.development


def _of_system(package: Package) -> bool:
    """Whether a package manager told of it; what a program tells of itself is inside its file."""
    return package.type in SYSTEM_TYPES and "!/" not in package.path


def _key(package: Package) -> tuple[str, str, str, str]:
    arch = package.qualifiers.get("arch", "")
    return package.namespace, package.name, package.version, arch
