"""What manifests ask for, and what of it no lock and no installed package tells."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from re import ASCII
from re import compile as regex

from hullmark.model.asked import Asked, Dependency
from hullmark.model.errors import ParseError
from hullmark.model.facts import Package
from hullmark.model.file import File
from hullmark.model.pypi import normalised

MAX_ASKED = 20_000
"""Ours, of one manifest: the largest ask for some 500 packages."""

MAX_ABOVE = 40
"""Ours: folders above a manifest in which a lock of its workspace is looked for."""

MAX_WORD_CHARS = 300
"""Ours, of a name or version: npm's names, the longest that a registry allows, have 214."""

_OWN = frozenset(("bower_components", "node_modules", "vendor"))
"""Folders of a project into which tools put what it asks for, and nobody else sees."""

_BESIDE = _OWN | frozenset((".tox", ".venv", "venv"))
"""These, and environments: those of a system are for all projects."""

_ELSEWHERE = frozenset(
    (
        ".bundle",
        ".cache",
        ".cargo",
        ".npm",
        ".rustup",
        ".yarn",
        "dist-packages",
        "site-packages",
        "wp-includes",
    )
)
"""Folders of packages that are nobody's, or of whom their place does not tell."""

_FETCHED = _BESIDE | _ELSEWHERE
_SYSTEM = frozenset(("opt", "usr"))
"""Folders of a root file system in which packages are installed for all projects."""

_GEM = regex(r"/gems/[^/]+-[0-9][^/]*/", ASCII).search
_ZEROS = regex(r"(?:\.0){1,300}\Z", ASCII).sub
_PUNCTUATED = ("pypi", "cargo")
"""Types whose registries take ``-`` and ``_`` for the same."""


def is_installed(path: str) -> bool:
    """Whether a manifest lies where tools put packages, so that no project is built there."""
    return not _FETCHED.isdisjoint(path.split("/")[:-1]) or _GEM(f"/{path}") is not None


def told(
    file: File,
    type: str,
    asked: Iterable[Dependency],
    *,
    locks: tuple[str, ...],
    project: str = "",
) -> Iterator[Package | Asked]:
    """Packages of which a manifest names one version, and the fact of all others."""
    found = list(islice(asked, MAX_ASKED + 1))
    if len(found) > MAX_ASKED:
        raise ParseError(file.path, f"asks for more than {MAX_ASKED} packages")
    if any(max(len(each.name), len(each.version)) > MAX_WORD_CHARS for each in found):
        why = f"a name or version is longer than {MAX_WORD_CHARS} characters"
        raise ParseError(file.path, why)
    for each in found:
        if each.version:
            namespace, _, name = each.name.rpartition("/")
            yield Package(
                type=type,
                namespace=namespace,
                name=name,
                version=each.version,
                path=file.path,
                declared=True,
                direct=True,
                development=each.development,
            )
    exact = {_key(type, each.name) for each in found if each.version}
    names = {_key(type, each.name): each.name for each in found if each.name}
    left = tuple([name for key, name in names.items() if key not in exact])
    if left or exact or project:
        yield Asked(type=type, project=project, names=left, locks=locks)


class Known:
    """Which packages locks and installed files tell of, by the folder of the project."""

    def __init__(self, packages: Iterable[Package], asked: Iterable[Asked]) -> None:
        self._files: set[str] = set()
        self._names: dict[tuple[str, str], dict[str, set[str]]] = {}
        for package in packages:
            path = package.path.partition("!/")[0]
            folder = _lock_folder(path) if package.declared else _project_of(path)
            if package.declared:
                self._files.add(path)
            if folder is not None:
                names = self._names.setdefault((package.type, folder), {})
                versions = names.setdefault(_key(package.type, package.full_name), set())
                versions.add(_plain(package.version))
        self._projects = {(each.type, _key(each.type, each.project)) for each in asked}

    def untold(self, path: str, asked: Asked) -> list[str]:
        """Names that a manifest at ``path`` asks for without a version and nothing tells of.

        A lock beside the manifest tells of all; what lies above, of what it names.
        """
        if self._is_locked(path, asked):
            return []
        left = {_key(asked.type, name): name for name in asked.names}
        for names in self._named(path, asked.type):
            for key in left.keys() & names.keys():
                del left[key]
        return list(left.values())

    def untold_exact(self, path: str, asked: Asked, exact: Sequence[Package]) -> list[Package]:
        """Those of ``exact`` that nothing tells of: above, only the same version does."""
        if self._is_locked(path, asked):
            return []
        seen = list(self._named(path, asked.type))
        return [
            package
            for package in exact
            if not any(
                _plain(package.version) in names.get(_key(asked.type, package.full_name), ())
                for names in seen
            )
        ]

    def _is_locked(self, path: str, asked: Asked) -> bool:
        folder = path.rpartition("/")[0]
        return any(f"{folder}/{lock}".lstrip("/") in self._files for lock in asked.locks)

    def _named(self, path: str, type: str) -> Iterator[dict[str, set[str]]]:
        """What is told in the folder of a manifest and in those above: names, with versions."""
        for above in _above(path.rpartition("/")[0]):
            if names := self._names.get((type, above)):
                yield names

    def is_project(self, type: str, name: str) -> bool:
        """Whether a manifest on hand is that of this very package."""
        return (type, _key(type, name)) in self._projects


def why_untold(count: int) -> str:
    """What a gap says of so many packages."""
    packages = "1 package" if count == 1 else f"{count} packages"
    why = "without an exact version, and no lock that is read tells which: make one"
    return f"asks for {packages} {why}"


def _key(type: str, name: str) -> str:
    return normalised(name) if type in _PUNCTUATED else name.lower()


def _plain(version: str) -> str:
    """A version without what differs in spelling: ``v1.0``, ``1.0.0`` and ``1+local`` are one."""
    return _ZEROS("", version.lower().removeprefix("v").partition("+")[0])


def _lock_folder(path: str) -> str:
    """The folder of the project that a lock is of; ``requirements/`` stands for that above."""
    folder = path.rpartition("/")[0]
    above, _, name = folder.rpartition("/")
    return above if name == "requirements" else folder


def _project_of(path: str) -> str | None:
    """The folder whose projects see an installed package; ``None`` for what is not installed."""
    folders = path.split("/")[:-1]
    shared = _SYSTEM if _OWN.isdisjoint(folders) else frozenset[str]()
    for at, folder in enumerate(folders):
        if folder in _BESIDE or folder in shared:
            return "/".join(folders[:at])
    return None


def _above(folder: str) -> Iterator[str]:
    """The folder and those above it, the nearest first."""
    for _ in range(MAX_ABOVE):
        yield folder
        if not folder:
            return
        folder = folder.rpartition("/")[0]
