"""Checks of configuration that users bring: modules of a folder that they name.

They are imported where ours are, by the process that makes the jailed workers, with the rights of
who named them; what they judge they judge in the jail.
"""

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from functools import cache
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from re import compile as regex
from types import ModuleType

import msgspec
from msgspec import Struct

import hullmark.checks.files
import hullmark.checks.image
import hullmark.checks.malware
import hullmark.checks.secret
from hullmark.checks.kinds import ConfigCheck
from hullmark.checks.rooms import CONFIG, REFERENCES
from hullmark.model import PolicyError, Rule
from hullmark.sieve.intel_rules import STATED
from hullmark.unit import ids

MAX_FILES = 500
MAX_FILE_BYTES = 1024 * 1024
MAX_RULES_BYTES = 64 * 1024
"""Of all titles and texts together."""

_PACKAGE = "hullmark_own"
"""What the packages of these folders are called, each with its number."""

_id = regex(r"[a-z0-9]+(-[a-z0-9]+)*").fullmatch
_MAX_ID_CHARS = 80


class OwnCheck(Struct, frozen=True):
    """One check of the user's, and the file that declares it."""

    check: ConfigCheck
    path: str


@cache
def own_checks(folders: tuple[str, ...]) -> tuple[OwnCheck, ...]:
    """Every check in these folders, in order of folders and files.

    Files that begin with ``_`` are helpers, which others import from their package (``from . import
    _helper``). Raises ``PolicyError``, which names the file, for one that cannot be imported,
    declares no check, or one by an id that is taken.
    """
    if not folders:
        return ()
    found: list[OwnCheck] = []
    taken = dict.fromkeys(_ours(), "")
    for number, folder in enumerate(folders):
        here = [*_checks(folder, f"{_PACKAGE}_{number}")]
        if not here:
            raise PolicyError(folder, "holds no module with a check (*.py)")
        for each in here:
            id = each.check.rule.id
            if id in taken:
                where = f"in {taken[id]}" if taken[id] else "by a check of Hullmark"
                raise PolicyError(each.path, f"the id {id!r} is taken {where}")
            taken[id] = each.path
            found.append(each)
    told = msgspec.msgpack.encode([each.check.rule for each in found])
    if len(told) > MAX_RULES_BYTES:
        raise PolicyError(folders[0], f"texts of checks of more than {MAX_RULES_BYTES} bytes")
    return tuple(found)


def own_rules(folders: tuple[str, ...]) -> dict[str, Rule]:
    """The rules of these checks, by id."""
    return {each.check.rule.id: each.check.rule for each in own_checks(folders)}


def of_system(folders: tuple[str, ...], system: str) -> list[ConfigCheck]:
    """Those that judge one kind of file."""
    return [each.check for each in own_checks(folders) if each.check.system == system]


def mark(folders: Sequence[str]) -> bytes:
    """A mark of all that these folders hold, and of what their checks import from folders below.

    Whatever of it changes may judge otherwise.
    """
    digest = hashlib.sha256()
    if not folders:
        return digest.digest()
    for folder in folders:
        for name in _names(folder):
            content = _content(os.path.join(folder, name))
            digest.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(content).digest())
    own_checks(tuple(folders))  # imports what is marked
    for name in sorted(each for each in sys.modules if each.startswith(f"{_PACKAGE}_")):
        if path := sys.modules[name].__dict__.get("__file__"):
            with open(path, "rb") as file:
                digest.update(name.encode() + hashlib.file_digest(file, "sha256").digest())
    return digest.digest()


def _ours() -> Iterator[str]:
    rooms = (
        *CONFIG.values(),
        *(hullmark.checks.files, hullmark.checks.image),
        *(hullmark.checks.malware, hullmark.checks.secret),
    )
    for room in rooms:
        yield from ids(room)
    yield from STATED


def _names(folder: str) -> list[str]:
    try:
        names = sorted(each for each in os.listdir(folder) if each.endswith(".py"))
    except OSError as error:
        raise PolicyError(folder, f"cannot be read: {error.strerror}") from error
    if len(names) > MAX_FILES:
        raise PolicyError(folder, f"more than {MAX_FILES} modules")
    return names


def _content(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise PolicyError(path, f"cannot be read: {error.strerror}") from error
    if len(content) > MAX_FILE_BYTES:
        raise PolicyError(path, f"more than {MAX_FILE_BYTES} bytes")
    return content


def _checks(folder: str, package: str) -> Iterator[OwnCheck]:
    names = _names(folder)
    spec = ModuleSpec(package, None, is_package=True)
    spec.submodule_search_locations = [os.path.abspath(folder)]
    sys.modules[package] = module_from_spec(spec)
    for name in names:
        path = os.path.join(folder, name)
        _content(path)
        if name.startswith("_"):
            continue
        module = _imported(f"{package}.{name.removesuffix('.py')}", path)
        declared = [
            each
            for each in vars(module).values()
            if isinstance(each, ConfigCheck) and each.judge.__module__ == module.__name__
        ]
        if not declared:
            raise PolicyError(path, "declares no check; helpers begin with _")
        for each in declared:
            _held_to_form(each, path)
            yield OwnCheck(each, path)


def _imported(name: str, path: str) -> ModuleType:
    """The module, with nothing written beside it."""
    if "." in name.partition(".")[2]:
        raise PolicyError(path, "a dot in the name of a module")
    wrote, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        with redirect_stdout(sys.stderr):  # where reports go
            return import_module(name)
    except (Exception, SystemExit) as error:
        line = _line(error, path)
        at = f" (line {line})" if line else ""
        said = (str(error).splitlines() or [""])[0]
        why = f"cannot be imported: {type(error).__name__}: {said}{at}"
        raise PolicyError(path, why) from error
    finally:
        sys.dont_write_bytecode = wrote


def _line(error: BaseException, path: str) -> int:
    """The last line of the file that led to an error; 0 where none is known."""
    if isinstance(error, SyntaxError):
        return 0  # its own text says it
    line, trace, full = 0, error.__traceback__, os.path.abspath(path)
    while trace:
        if trace.tb_frame.f_code.co_filename == full:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _held_to_form(check: ConfigCheck, path: str) -> None:
    rule = check.rule
    if not _id(rule.id) or len(rule.id) > _MAX_ID_CHARS:
        why = f"the id {rule.id!r} is not lower-case words with hyphens between"
        raise PolicyError(path, why)
    for name, text in (("title", rule.title), ("docstring", rule.why)):
        if not text:
            raise PolicyError(path, f"the check {rule.id} has no {name}")
    if check.system not in CONFIG or check.system == REFERENCES:
        why = f"the check {rule.id} is declared by no decorator of a kind of file"
        raise PolicyError(path, why)
