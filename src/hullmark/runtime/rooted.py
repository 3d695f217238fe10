"""Programs that a container starts with and that only root may use."""

from collections.abc import Iterable, Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_instruction import Instruction
from hullmark.checks.build_scripts import scripts
from hullmark.checks.shell import Command
from hullmark.runtime.programs import ROOTED
from hullmark.runtime.subject import MAX_CHARS, Told

_INSTALLED = ("gosu", "su-exec", "s6-overlay")
"""Of these, what is installed is meant for the entry point."""


def rooted(commands: Iterable[Command], by: str) -> tuple[Told, ...]:
    """Those among these commands, each once, with what tells of them."""
    found: dict[str, Told] = {}
    for each in commands:
        for name in (each.program, *(word.rpartition("/")[2] for word in each.before)):
            if name in ROOTED:
                found.setdefault(name, Told(name, by))
    return tuple(found.values())


def of_build(build: Build, listed: Iterable[Instruction]) -> Iterator[Told]:
    """Those of an image's entry point, of scripts that are written for it, and what they need."""
    seen: set[str] = set()
    for told in _of_build(build, listed):
        if told.what not in seen:
            seen.add(told.what)
            yield told


def _of_build(build: Build, listed: Iterable[Instruction]) -> Iterator[Told]:
    starting: dict[str, Instruction] = {}
    for each in listed:
        if each.word in ("ENTRYPOINT", "CMD"):
            starting[each.word] = each
        elif each.word in ("RUN", "COPY", "ADD"):
            name = next((name for name in _INSTALLED if name in each.text), "")
            if name:
                yield Told(name, f"{each.word} in line {each.line}")
    for each in starting.values():
        yield from rooted(each.commands, f"{each.word} in line {each.line}")
    for script in scripts(build):
        if script.is_entry_point:
            yield from rooted(script.commands, script.path[:MAX_CHARS])
