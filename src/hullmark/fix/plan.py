"""From what is wanted to changes: which files may ask for it, and what menders make of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from errno import ENOENT, ENOTDIR
from posixpath import dirname, join, normpath
from re import ASCII
from re import compile as regex

from msgspec.structs import replace

import hullmark.menders
from hullmark.fix import Change, Outcome, Plan, State
from hullmark.fix.tree import Tree, fits
from hullmark.fix.wishes import Wish, before, wishes
from hullmark.menders import Mender
from hullmark.model import ArtifactKind, File, Gap, ParseError, Report
from hullmark.model.mending import Edit, Left, Wanted, applied
from hullmark.unit import discover

_WORD = regex(r"[@A-Za-z0-9][A-Za-z0-9@/._+-]*\Z", ASCII).match

MAX_WORK_BYTES = 32 * 1024 * 1024
"""Handed to menders in all, each file once for each package: 500 of these and 60 KB of files."""

MAX_LEADS = 50
"""Files that one leads to, over any number of steps."""

REMADE = {
    "Cargo.lock": "cargo update -p {name}@{version} --precise {to}",
    "Gemfile.lock": "bundle lock --update {name}",
    "Pipfile.lock": "pipenv lock",
    "composer.lock": "composer update {name} --no-scripts",
    "npm-shrinkwrap.json": "npm install --package-lock-only --ignore-scripts",
    "package-lock.json": "npm install --package-lock-only --ignore-scripts",
    "pdm.lock": "pdm lock --update-reuse",
    "pnpm-lock.yaml": "pnpm install --lockfile-only --ignore-scripts",
    "poetry.lock": "poetry lock",
    "uv.lock": "uv lock --upgrade-package {name}",
    "yarn.lock": "yarn install --ignore-scripts",
}
"""How a lock is made anew, by its name."""


def planned(tree: Tree, report: Report, only: Sequence[str] = ()) -> Plan:
    """The changes that mend what can be mended, and an outcome for each finding."""
    return _Planning(tree, report).run(*wishes(report, only))


class _Planning:
    def __init__(self, tree: Tree, report: Report) -> None:
        of_image = report.artifact.kind is not ArtifactKind.TREE
        units = discover(hullmark.menders, Mender).values()
        self._tree = tree
        self._menders = [unit for unit in units if unit.image == of_image]
        self._of_image = of_image
        self._told = {package.path for package in report.packages}
        self._gaps: list[Gap] = []
        self._files = tree.files(lambda path: any(self._of(path)), self._gaps)
        self._own = frozenset(self._files)
        self._near: dict[str, Mapping[str, list[str]]] = {}
        self._before: dict[str, bytes] = {}
        self._after: dict[str, bytes] = {}
        self._notes: dict[str, None] = {}
        self._left_bytes = MAX_WORK_BYTES

    def run(self, wanted: Sequence[Wish], left: Sequence[Outcome]) -> Plan:
        """All wishes, one after the other."""
        outcomes = [*left, *(each for wish in wanted for each in self._granted(wish))]
        changed = [path for path in sorted(self._after) if self._after[path] != self._before[path]]
        notes = [
            f"{join(dirname(path), 'go.sum')} has to follow: go mod tidy"
            for path in changed
            if path.rpartition("/")[2] == "go.mod"
        ]
        notes += [f"{gap.subject}: {gap.why}" for gap in self._gaps]
        order = sorted(outcomes, key=lambda each: (each.state, each.path, each.package, each.rule))
        return Plan(
            changes=tuple(
                Change(path=path, before=self._before[path], after=self._after[path])
                for path in changed
            ),
            outcomes=tuple(order),
            notes=(*notes, *self._notes),
        )

    def _of(self, path: str, type: str = "") -> Iterator[Mender]:
        """The menders of a file, of all types or one."""
        for unit in self._menders:
            if fits(path, unit.names) and (not type or type in unit.types):
                yield unit

    def _granted(self, wish: Wish) -> Iterator[Outcome]:
        """The findings of one package, mended or left."""
        files: list[str] = []
        whys: dict[str, None] = {}
        for path, unit in self._candidates(wish.wanted):
            edited, reasons = self._mend(unit, path, wish.wanted, wish.scheme)
            files += edited
            whys |= dict.fromkeys(reasons)
        state, why = self._judged(wish.wanted, files, list(whys))
        for outcome in wish.outcomes:
            yield replace(outcome, state=state, files=tuple(dict.fromkeys(files)), why=why)

    def _judged(self, wanted: Wanted, files: list[str], whys: list[str]) -> tuple[State, str]:
        own = any(self._of(wanted.path, wanted.type)) and wanted.path in self._own
        if files and whys and own:
            return State.LEFT, f"{', '.join(files)} asks for it now; {'; '.join(whys[:3])}"
        if files and (own or self._of_image):
            return State.MENDED, "with the next build of the image" if self._of_image else ""
        anew = "" if own else _anew(wanted)
        if files:
            return State.LEFT, f"{', '.join(files)} asks for it now; {anew or 'install it anew'}"
        if whys:
            return State.LEFT, "; ".join([*whys[:3], *filter(None, [anew])])
        nobody = "no file here asks for it by name"
        if wanted.direct is False:
            nobody = "other packages ask for it"
        return State.LEFT, "; ".join(filter(None, [nobody, anew]))

    def _candidates(self, wanted: Wanted) -> Iterator[tuple[str, Mender]]:
        """Files that may ask for a package, with their menders."""
        if self._of_image:
            mine = self._files
        elif wanted.path in self._own and any(self._of(wanted.path, wanted.type)):
            mine = [wanted.path]
        else:
            mine = self._around(wanted.path)
        for path in mine:
            for unit in self._of(path, wanted.type):
                yield path, unit

    def _around(self, lock: str) -> list[str]:
        """Files beside a lock or below, but not those that have a nearer lock of its name."""
        name = lock.rpartition("/")[2]
        if name not in self._near:
            locks = {_project(path) for path in self._told if path.rpartition("/")[2] == name}
            near: dict[str, list[str]] = {folder: [] for folder in locks}
            for path in self._files:
                at = dirname(f"/{path}")
                while at not in near and at != "/":
                    at = dirname(at)
                near.get(at, []).append(path)
            self._near[name] = near
        return self._near[name][_project(lock)]

    def _mend(
        self, unit: Mender, path: str, wanted: Wanted, scheme: str
    ) -> tuple[list[str], list[str]]:
        """Files that were changed, that one or those that it leads to, and why others hold it."""
        edited: list[str] = []
        whys: list[str] = []
        holding: list[str] = []
        by = ""
        todo, seen = [path], {path}
        while todo:
            at = todo.pop(0)
            data = self._text(at, needed=at == path)
            if data is None:
                whys += [f"{at} cannot be read"] if at == path else []
                continue
            file = File(path=at, content=data)
            want = replace(wanted, by=by) if at != path else wanted
            try:
                changes = list(self._asked(unit, file, want, scheme))
                leads = list(unit.leads(file))
            except ParseError as error:
                whys.append(f"{at}: {error}" if error.place != at else str(error))
                continue
            edits = [each for each in changes if isinstance(each, Edit)]
            reasons = [each for each in changes if isinstance(each, Left)]
            by = next((each.by for each in reasons if each.by), by)
            new = applied(data, edits)
            if new != data:
                self._after[at] = new
                edited.append(at)
            else:
                whys += [f"{at}: {each.why}" for each in reasons]
            holding += [f"{at}: {each.why}" for each in reasons if each.holds]
            todo += self._next(at, leads, seen)
        return edited, holding if edited else whys

    def _asked(
        self, unit: Mender, file: File, wanted: Wanted, scheme: str
    ) -> Iterable[Edit | Left]:
        """What a mender says, as long as there is work left to be given."""
        self._left_bytes -= file.size
        if self._left_bytes < 0:
            return [Left(f"not looked at: all files took more than {MAX_WORK_BYTES} bytes")]
        return unit.mend(file, wanted, lambda one, other: before(scheme, one, other))

    def _next(self, path: str, leads: Iterable[str], seen: set[str]) -> Iterator[str]:
        """Where a file leads to, below the folder and not yet visited."""
        for lead in leads:
            at = normpath(join(dirname(path), lead))
            if at.startswith(("../", "/")):
                self._notes[f"{path}: leads to {lead[:200]!r}, which lies outside"] = None
            elif at not in seen and len(seen) < MAX_LEADS:
                seen.add(at)
                yield at

    def _text(self, path: str, *, needed: bool) -> bytes | None:
        """A file after all changes so far; ``None`` where it cannot be read, with a note."""
        if path not in self._after:
            try:
                self._before[path] = self._after[path] = self._tree.read(path)
            except OSError as error:
                if needed or error.errno not in (ENOENT, ENOTDIR):
                    self._notes[f"{path}: not read: {error.strerror}"] = None
                return None
        return self._after[path]


def _project(lock: str) -> str:
    """The folder of a lock; of what is installed, that in which it is."""
    below = lock.startswith("node_modules/") or "/node_modules/" in lock
    return dirname(f"/{lock}".partition("/node_modules/")[0] + "/x" if below else f"/{lock}")


def _anew(wanted: Wanted) -> str:
    """What has to be made anew for a file that is no project's own."""
    name = wanted.path.rpartition("/")[2]
    if name not in REMADE:
        return ""
    made = f"{wanted.path} has to be made anew"
    if not _WORD(wanted.name) or not _WORD(
        wanted.version
    ):  # nothing that does harm where it is pasted into a shell
        return made
    return f"{made}: {REMADE[name].format(name=wanted.name, version=wanted.version, to=wanted.to)}"
