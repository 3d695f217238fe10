"""Maven projects of one tree: what each asks for, with what it inherits and imports.

Inheritance: https://maven.apache.org/guides/introduction/introduction-to-the-pom.html; imports:
https://maven.apache.org/guides/introduction/introduction-to-dependency-mechanism.html
"""

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from re import compile as regex

from hullmark.model.facts import Package
from hullmark.model.maven import exact
from hullmark.model.placeholders import filled
from hullmark.model.pom import Asked, Parent, Part, Pom
from hullmark.model.report import Gap

MAX_PARENTS = 32
"""Of one project; real ones have five at most."""

MAX_STEPS = 5_000_000
"""For all projects: a thousand modules with a hundred dependencies take some 2,000,000."""

PACKAGE_STEPS = 10
"""A package costs so many, since a parent's dependencies are those of all its children."""

MAX_NAMES = 50
"""Named in one gap."""

_PROPERTY = regex(r"\$\{([^${}]{1,200})\}")
_Key = tuple[str, str, str, str]


class _Spent(Exception):  # noqa: N818 - ends the work, and is told as a gap
    """All steps are taken."""


def modules(poms: Mapping[str, Pom]) -> Iterator[Package | Gap]:
    """Packages that these projects, by path, ask for; a gap for each version that is not known.

    Parents and imported lists are looked for among the projects themselves: a parent where its
    child says it lies, then by coordinates, as Maven's reactor does.
    """
    projects = _Projects(poms)
    for path in sorted(poms):
        if not poms[path].stored:
            try:
                yield from projects.asked(path)
            except _Spent:
                why = f"not resolved: all projects together take more than {MAX_STEPS} steps"
                yield _gap(path, why)


class _Project:
    """A project with its parents, nearest first: the parts that it is made of."""

    def __init__(
        self, path: str, parts: Sequence[Part], known: Mapping[str, str], missing: Sequence[str]
    ) -> None:
        self.path = path
        self.parts = parts
        self.known = known
        self.missing = list(missing)
        self.tables: list[Mapping[_Key, Asked]] | None = None
        self.lists: list[_Project] = []

    def fill(self, text: str) -> str:
        """A value with the properties filled in that are known."""
        return filled(text, _PROPERTY, self.known.get) if "${" in text else text

    def key(self, asked: Asked) -> _Key:
        """By what Maven tells dependencies apart."""
        fill = self.fill
        kind = fill(asked.type) or "jar"
        return fill(asked.group), fill(asked.artifact), kind, fill(asked.classifier)


class _Projects:
    def __init__(self, poms: Mapping[str, Pom]) -> None:
        self._poms = poms
        self._left = MAX_STEPS
        self._named: dict[tuple[str, str], list[str]] = {}
        for path in sorted(poms):
            name = (poms[path].said_group, poms[path].artifact)
            self._named.setdefault(name, []).append(path)
        self._known: dict[str, _Project] = {}
        self._places: dict[str, str] = {}
        self._plain: dict[int, tuple[Mapping[_Key, Asked], list[Asked]]] = {}

    def asked(self, path: str) -> Iterator[Package | Gap]:
        """What the project and its profiles ask for; gaps last."""
        project = self._project(path)
        found: dict[str, Package] = {}
        problems: dict[str, list[str]] = {}
        for one, parts in [
            (project, project.parts),
            *((self._profile(project, each), [each]) for each in self._poms[path].profiles),
        ]:
            for key, asked in self._merged(one, parts).items():
                self._spend(PACKAGE_STEPS)
                name = f"{key[0]}:{key[1]}"
                if not key[1] or "${" in name:
                    problems.setdefault("no name that is known", []).append(name)
                    continue
                managed, by, missing = self._managed(one, key)
                scope = one.fill(asked.scope) or by.fill(managed.scope)
                version = one.fill(asked.version) or by.fill(managed.version)
                package = _package(path, key, exact(version), scope)
                found.setdefault(package.purl, package)
                if not package.version:
                    problems.setdefault(_why(version, missing), []).append(name)
        yield from found.values()
        for why, names in problems.items():
            more = f" and {len(names) - MAX_NAMES} more" if len(names) > MAX_NAMES else ""
            yield _gap(path, f"{', '.join(names[:MAX_NAMES])!r}{more}: {why}")

    def _merged(self, project: _Project, parts: Sequence[Part]) -> dict[_Key, Asked]:
        """Dependencies of the nearest first: they go before those that are inherited."""
        found: dict[_Key, Asked] = {}
        for part in parts:
            self._spend(len(part.asked))
            for asked in part.asked:
                found.setdefault(project.key(asked), asked)
        return found

    def _profile(self, project: _Project, part: Part) -> _Project:
        known = ChainMap(dict(part.properties), dict(project.known))
        return _Project(project.path, [part, *project.parts], known, project.missing)

    def _project(self, path: str) -> _Project:
        if path in self._known:
            return self._known[path]
        pom = self._poms[path]
        chain, missing = [pom], []
        at, seen = path, {path}
        while (parent := chain[-1].parent) is not None:
            self._spend(1)
            if at not in self._places:
                self._places[at] = self._place(at, parent)
            at = self._places[at]
            if not at or at in seen or len(chain) > MAX_PARENTS:
                missing.append(f"parent {parent.group}:{parent.artifact}:{parent.version}")
                break
            seen.add(at)
            chain.append(self._poms[at])
        properties = [dict(each.part.properties) for each in chain]
        known = ChainMap(*properties, _own(pom))
        project = _Project(path, [each.part for each in chain], known, missing)
        return self._known.setdefault(path, project)

    def _place(self, path: str, parent: Parent) -> str:
        """Where a parent lies, empty if it is not on hand."""
        lies = _joined(path.rpartition("/")[0], parent.relative) if parent.relative else None
        if lies is not None:
            for at in (lies, f"{lies}/pom.xml".lstrip("/")):
                if at in self._poms and at != path and _is(self._poms[at], parent):
                    return at
        named = self._named.get((parent.group, parent.artifact), ())
        self._spend(len(named))
        return _nearest(path, [at for at in named if _is(self._poms[at], parent)])

    def _managed(self, project: _Project, key: _Key) -> tuple[Asked, _Project, list[str]]:
        """What manages a dependency, the project whose properties it uses, and what is missing.

        What a project and its parents manage goes before what they import; of two lists the
        first wins, with the lists that it imports itself.
        """
        missing: list[str] = []
        seen: set[int] = set()
        waiting = [project]
        while waiting:
            one = waiting.pop()
            if id(one) in seen:
                continue
            seen.add(id(one))
            tables = self._tables(one)
            self._spend(1 + len(tables))
            for table in tables:
                if key in table:
                    return table[key], one, missing
            missing += one.missing
            waiting += reversed(one.lists)
        return Asked("", ""), project, list(dict.fromkeys(missing))

    def _tables(self, project: _Project) -> list[Mapping[_Key, Asked]]:
        """What each part manages, nearest first; the lists they import are noted beside."""
        if project.tables is not None:
            return project.tables
        project.tables = []
        imports: dict[_Key, Asked] = {}
        for part in project.parts:
            plain, others = self._split(part)
            own: dict[_Key, Asked] = {}
            self._spend(len(others))
            for each in others:
                key = project.key(each)
                into = imports if project.fill(each.scope) == "import" else own
                into.setdefault(key, each)
            project.tables += [plain, own] if own else [plain]
        for key, each in imports.items():
            wanted = (key[0], key[1], project.fill(each.version))
            if found := self._list(project.path, *wanted):
                project.lists.append(found)
            else:
                project.missing.append(f"imported {':'.join(wanted)}")
        return project.tables

    def _split(self, part: Part) -> tuple[Mapping[_Key, Asked], list[Asked]]:
        """What is managed under plain names, once for all children, and the rest."""
        if id(part) not in self._plain:
            plain: dict[_Key, Asked] = {}
            others: list[Asked] = []
            for each in part.managed:
                names = (each.group, each.artifact, each.type or "jar", each.classifier)
                if each.scope == "import" or "${" in "".join((*names, each.scope)):
                    others.append(each)
                else:
                    plain.setdefault(names, each)
            self._plain[id(part)] = plain, others
        return self._plain[id(part)]

    def _list(self, path: str, group: str, artifact: str, version: str) -> _Project | None:
        """The project of these coordinates."""
        named = self._named.get((group, artifact), ())
        self._spend(len(named))
        for at in _by_nearness(path, named):
            project = self._project(at)
            if project.fill(self._poms[at].said_version) == version:
                return project
        return None

    def _spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise _Spent


def _own(pom: Pom) -> dict[str, str]:
    """What a project says of itself and its parent, under all names that Maven knows."""
    parent = pom.parent or Parent("", "", "", "")
    own = {"groupId": pom.said_group, "artifactId": pom.artifact, "version": pom.said_version}
    above = {"groupId": parent.group, "artifactId": parent.artifact, "version": parent.version}
    known = {f"{lead}{key}": own[key] for lead in ("", "pom.", "project.") for key in own}
    known |= {f"project.parent.{key}": value for key, value in above.items()}
    return {key: value for key, value in known.items() if value}


def _is(pom: Pom, parent: Parent) -> bool:
    """Whether this is the parent that is meant; a version may be a property or a range."""
    said = pom.said_version
    open_ended = "${" in said or not exact(parent.version)
    same = (pom.said_group, pom.artifact) == (parent.group, parent.artifact)
    return same and (open_ended or said == parent.version)


def _joined(folder: str, relative: str) -> str | None:
    """A path as it is named in a folder; ``None`` when it leads out of the tree."""
    parts = folder.split("/") if folder else []
    for part in relative.replace("\\", "/").split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return None if relative.startswith("/") else "/".join(parts)


def _nearest(path: str, places: Sequence[str]) -> str:
    return next(iter(_by_nearness(path, places)), "")


def _by_nearness(path: str, places: Sequence[str]) -> list[str]:
    """Those first that share most folders with ``path``."""
    if len(places) == 1:
        return [places[0]]
    own = path.split("/")

    def apart(place: str) -> int:
        shared = 0
        for ours, theirs in zip(own, place.split("/"), strict=False):
            if ours != theirs:
                break
            shared += 1
        return -shared

    return sorted(places, key=apart)


def _why(version: str, missing: Sequence[str]) -> str:
    absent = f"{', '.join(missing)!r} not on hand" if missing else ""
    if "${" in version:
        said = f"version {version!r} has a property that nothing on hand sets"
        return f"{said}; {absent}" if absent else said
    if version:
        return f"{version!r} names no single version"
    return f"no version, and {absent}" if absent else "no version, and nothing manages it"


def _gap(path: str, why: str) -> Gap:
    return Gap(unit="maven-pom", subject=path, why=why)


def _package(path: str, key: _Key, version: str, scope: str) -> Package:
    return Package(
        type="maven",
        namespace=key[0],
        name=key[1],
        version=version,
        path=path,
        declared=True,
        direct=True,
        development=scope == "test",
    )
