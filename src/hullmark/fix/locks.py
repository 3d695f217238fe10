"""Lock files made anew by the package managers on hand, in a copy, running nothing of the project.

npm: https://github.com/npm/cli/blob/latest/docs/lib/content/commands/npm-install.md, Cargo:
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

from msgspec import Struct
from msgspec.structs import replace

from hullmark.fix import Change, Outcome, Plan, State
from hullmark.fix.compiled import ADDED, checked, recipe
from hullmark.fix.tree import MAX_READ_BYTES, Tree
from hullmark.model import ParseError, SourceError, StoreError

TIMEOUT_S = 300
"""For one call of a package manager, which asks a registry for each package."""

MAX_CALLS = 200
"""Of package managers; Cargo is called for each crate."""

MAX_COPY_BYTES = 2 * 1024**3
"""Of a project without its installed packages; large repositories have some hundred MB."""

MAX_SAID_CHARS = 300
"""Of what a package manager said when it failed."""

MAX_COPY_FILES = 200_000
"""Of the same; the largest have some 100,000."""

OBEYED = frozenset((".cargo", ".python-version", "rust-toolchain", "rust-toolchain.toml"))
"""Not copied: by these a project has programs of its own run."""

NPM = ("npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund")
NPM_OWN = ("--git=git", "--no-update-notifier")
"""A project's ``.npmrc`` may name another program for git."""

TOLD: Mapping[str, str] = {"CI": "1", "GOFLAGS": "-mod=mod", "GOTOOLCHAIN": "local"}
"""Beside the user's own environment: no toolchain is fetched that a project names."""

WRITTEN = ("package-lock.json", "npm-shrinkwrap.json", "Cargo.lock", "go.mod", "go.sum")
_PLAIN = regex(r"[A-Za-z0-9][A-Za-z0-9._+-]*\Z", ASCII).match


class Command(Struct, frozen=True):
    """What is called in a folder below the tree; it writes ``writes`` beside ``WRITTEN``."""

    folder: str
    words: tuple[str, ...]
    writes: str = ""
    env: Mapping[str, str] = {}


@contextmanager
def copied(tree: Tree, changes: Sequence[Change], above: str, left_out: list[str]) -> Iterator[str]:
    """The path of a copy of the project with the changes made, for as long as the block lasts.

    It lies in the folder ``above``, which must be the user's own, as all on the way to it: package
    managers obey files that they find up there. ``left_out`` gets why a file is not in it.
    """
    try:
        os.makedirs(above, mode=0o700, exist_ok=True)
        holder = tempfile.TemporaryDirectory(prefix="fix-", dir=above)
    except OSError as error:
        raise StoreError(above, f"cannot hold a copy: {error.strerror}") from error
    with holder as folder:
        left = MAX_COPY_BYTES
        wanted = tree.files(lambda path: not OBEYED & {*path.split("/")}, [], MAX_COPY_FILES)
        for path in wanted:
            try:
                data = tree.read(path)
            except OSError as error:
                left_out.append(f"{path}: not copied: {error.strerror}")
                continue
            if len(data) > MAX_READ_BYTES:
                left_out.append(f"{path}: not copied: more than {MAX_READ_BYTES} bytes")
                continue
            left -= len(data)
            if left < 0:
                raise SourceError(tree.name, f"more than the {MAX_COPY_BYTES} bytes of a copy")
            _put(folder, path, data)
        for change in changes:
            _put(folder, change.path, change.after)
        yield folder


def remade(tree: Tree, folder: str, plan: Plan) -> tuple[Plan, list[str]]:
    """The plan with what package managers made of the locks in a copy, and what failed."""
    failed: list[str] = []
    commands = list(_commands(plan)) + list(_compilations(folder, plan, failed))
    failed += [why for command in commands[:MAX_CALLS] if (why := _called(folder, command))]
    failed += [f"{len(commands) - MAX_CALLS} calls too many"] if commands[MAX_CALLS:] else []
    changes = {change.path: change for change in plan.changes}
    written = {command.writes for command in commands}
    for path in tree.files(lambda path: path.rpartition("/")[2] in WRITTEN or path in written, []):
        after = _got(folder, path)
        if after is None:
            continue
        before = changes[path].before if path in changes else tree.read(path)
        if path in written and ADDED not in before:
            after = after.replace(ADDED, b"", 1)
        changes[path] = Change(path=path, before=before, after=after)
        if after == before:
            del changes[path]
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
        yield Command(dirname(path), ("go", "mod", "tidy"))
    wanted = sorted(
        {(each.path, each.package, each.version, each.to) for each in plan.outcomes if each.to}
    )
    for path, group in groupby(wanted, key=lambda each: each[0]):
        name = path.rpartition("/")[2]
        if name in ("package-lock.json", "npm-shrinkwrap.json"):
            files = {file for each in plan.outcomes if each.path == path for file in each.files}
            if files:
                yield Command(dirname(path), (*NPM, *NPM_OWN))
        elif name == "Cargo.lock":
            for _, package, version, to in group:
                if _PLAIN(package) and _PLAIN(version) and _PLAIN(to):
                    words = ("cargo", "update", "-p", f"{package}@{version}", "--precise", to)
                    yield Command(dirname(path), words)


def _compilations(folder: str, plan: Plan, failed: list[str]) -> Iterator[Command]:
    """For each requirements file that was made from others; ``failed`` gets why one is left."""
    pins: dict[str, set[str]] = {}
    for each in plan.outcomes:
        if each.path.endswith(".txt") and all(map(_PLAIN, (each.package, each.to))):
            pins.setdefault(each.path, set()).add(f"{each.package}=={each.to}")

    def read(path: str) -> str:
        data = _got(folder, path)
        if data is None:
            raise ParseError(path, "is not here")
        return data.decode("latin-1")

    for path in sorted(pins):
        try:
            made = recipe(path, read(path))
            if made is None:
                continue
            checked(made, read)
        except ParseError as error:
            failed.append(f"{path} is not made anew: {error}")
            continue
        said = {"UV_CUSTOM_COMPILE_COMMAND": made.said, "CUSTOM_COMPILE_COMMAND": made.said}
        yield Command(made.folder, made.command(sorted(pins[path])), path, said)


def _called(folder: str, command: Command) -> str:
    """Call a package manager; what went wrong, empty when nothing did."""
    said = f"{' '.join(command.words)} in {command.folder or '.'}"
    program = shutil.which(command.words[0])
    if program is None:
        return f"{said}: {command.words[0]} is not here"
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(  # noqa: S603 - a program of ours to name, without a shell
            [program, *command.words[1:]],
            cwd=join(folder, command.folder),
            env={**os.environ, **TOLD, **command.env},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            code = process.wait(TIMEOUT_S)
        except subprocess.TimeoutExpired:
            return f"{said}: not done after {TIMEOUT_S} s"
        finally:
            if process.poll() is None:
                os.killpg(process.pid, SIGKILL)
                process.wait()
        if not code:
            return ""
        output.seek(max(0, output.seek(0, os.SEEK_END) - MAX_SAID_CHARS))
        return f"{said}: exit code {code}: {output.read().decode(errors='replace').strip()}"


def _put(folder: str, path: str, data: bytes) -> None:
    at = join(folder, path)
    os.makedirs(dirname(at), exist_ok=True)
    with open(at, "wb") as file:
        file.write(data)


def _got(folder: str, path: str) -> bytes | None:
    """A file of the copy, cut where it is too large; ``None`` where there is none."""
    try:
        with open(join(folder, path), "rb") as file:
            return file.read(MAX_READ_BYTES)
    except FileNotFoundError:
        return None
