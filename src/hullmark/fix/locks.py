"""Lock files made anew by the package managers on hand, in a copy, running nothing of the project.

npm: https://docs.npmjs.com/cli/commands/npm-install, Cargo:
https://doc.rust-lang.org/cargo/commands/cargo-update.html, Go: https://go.dev/ref/mod#go-mod-tidy
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from posixpath import dirname, join
from re import ASCII
from re import compile as regex
from signal import SIGKILL

from msgspec.structs import replace

from hullmark.fix import Change, Outcome, Plan, State
from hullmark.fix.tree import MAX_READ_BYTES, Tree
from hullmark.model import SourceError

TIMEOUT_S = 300
"""For one call of a package manager, which asks a registry for each package."""

MAX_CALLS = 200
"""Of package managers; Cargo is called for each crate."""

MAX_COPY_BYTES = 2 * 1024**3
"""Of a project without its installed packages; large repositories have some hundred MB."""

MAX_SAID_CHARS = 300
"""Of what a package manager said when it failed."""

OBEYED = frozenset((".cargo", "rust-toolchain", "rust-toolchain.toml"))
"""Not copied: by these a project has programs of its own run."""

NPM = ("npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund")
NPM_OWN = ("--git=git", "--no-update-notifier")
"""A project's ``.npmrc`` may name another program for git."""

TOLD: Mapping[str, str] = {"CI": "1", "GOFLAGS": "-mod=mod", "GOTOOLCHAIN": "local"}
"""Beside the user's own environment: no toolchain is fetched that a project names."""

WRITTEN = ("package-lock.json", "npm-shrinkwrap.json", "Cargo.lock", "go.mod", "go.sum")
_PLAIN = regex(r"[A-Za-z0-9][A-Za-z0-9._+-]*\Z", ASCII).match

Command = tuple[str, tuple[str, ...]]
"""A folder below the tree, and what is called there."""


@contextmanager
def copied(tree: Tree, changes: Sequence[Change]) -> Iterator[str]:
    """The path of a copy of the project with the changes made, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="hullmark-fix-") as folder:
        left = MAX_COPY_BYTES
        for path in tree.files(lambda path: not OBEYED & set(path.split("/")), []):
            data = tree.read(path)
            left -= len(data)
            if left < 0 or len(data) > MAX_READ_BYTES:
                raise SourceError(f"{tree.name}/{path}", "the project is too large to be copied")
            _put(folder, path, data)
        for change in changes:
            _put(folder, change.path, change.after)
        yield folder


def remade(tree: Tree, folder: str, plan: Plan) -> tuple[Plan, list[str]]:
    """The plan with what package managers made of the locks in a copy, and what failed."""
    commands = list(_commands(plan))
    failed = [why for command in commands[:MAX_CALLS] if (why := _called(folder, *command))]
    failed += [f"{len(commands) - MAX_CALLS} calls too many"] if commands[MAX_CALLS:] else []
    changes = {change.path: change for change in plan.changes}
    for path in tree.files(lambda path: path.rpartition("/")[2] in WRITTEN, []):
        before, after = tree.read(path), _got(folder, path)
        if after != before:
            changes[path] = Change(path=path, before=before, after=after)
    return replace(plan, changes=tuple(changes[path] for path in sorted(changes))), failed


def settled(
    plan: Plan, folder: str, remaining: frozenset[tuple[str, str, str]], unread: frozenset[str]
) -> Plan:
    """The plan after a second look at the copy: mended is what it does not find any more.

    ``remaining`` are rule, package and path of what it does find, ``unread`` paths that it could
    not read. What was not copied stays judged as it was.
    """

    def judged(outcome: Outcome) -> Outcome:
        if not os.path.isfile(join(folder, outcome.path)):
            return outcome
        if outcome.path in unread:
            return replace(outcome, state=State.LEFT, why="it cannot be read after the change")
        if (outcome.rule, outcome.package, outcome.path) in remaining:
            why = outcome.why or "it is still there after the change"
            return replace(outcome, state=State.LEFT, why=why)
        files = outcome.files or (outcome.path,)
        return replace(outcome, state=State.MENDED, files=files, why="")

    return replace(plan, outcomes=tuple(judged(outcome) for outcome in plan.outcomes))


def _commands(plan: Plan) -> Iterator[Command]:
    """What has to be called, each once."""
    changed = {change.path for change in plan.changes}
    for path in sorted(path for path in changed if path.rpartition("/")[2] == "go.mod"):
        yield dirname(path), ("go", "mod", "tidy")
    wanted = sorted(
        {(each.path, each.package, each.version, each.to) for each in plan.outcomes if each.to}
    )
    for path, group in groupby(wanted, key=lambda each: each[0]):
        name = path.rpartition("/")[2]
        if name in ("package-lock.json", "npm-shrinkwrap.json"):
            files = {file for each in plan.outcomes if each.path == path for file in each.files}
            if files:
                yield dirname(path), (*NPM, *NPM_OWN)
        elif name == "Cargo.lock":
            for _, package, version, to in group:
                if _PLAIN(package) and _PLAIN(version) and _PLAIN(to):
                    yield (
                        dirname(path),
                        ("cargo", "update", "-p", f"{package}@{version}", "--precise", to),
                    )


def _called(folder: str, below: str, command: tuple[str, ...]) -> str:
    """Call a package manager; what went wrong, empty when nothing did."""
    said = f"{' '.join(command)} in {below or '.'}"
    program = shutil.which(command[0])
    if program is None:
        return f"{said}: {command[0]} is not here"
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(  # noqa: S603 - a program of ours to name, without a shell
            [program, *command[1:]],
            cwd=join(folder, below),
            env={**os.environ, **TOLD},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            code = process.wait(TIMEOUT_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, SIGKILL)
            process.wait()
            return f"{said}: not done after {TIMEOUT_S} s"
        if not code:
            return ""
        output.seek(max(0, output.tell() - MAX_SAID_CHARS))
        return f"{said}: exit code {code}: {output.read().decode(errors='replace').strip()}"


def _put(folder: str, path: str, data: bytes) -> None:
    at = join(folder, path)
    os.makedirs(dirname(at), exist_ok=True)
    with open(at, "wb") as file:
        file.write(data)


def _got(folder: str, path: str) -> bytes:
    with open(join(folder, path), "rb") as file:
        return file.read(MAX_READ_BYTES)
