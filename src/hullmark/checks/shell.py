"""Commands of shell scripts as checks ask for them."""

from collections.abc import Iterable, Iterator, Sequence

from hullmark.checks.image_facts import SHELLS
from hullmark.checks.shell_given import given
from hullmark.checks.shell_kept import Kept
from hullmark.checks.shell_tree import tree_commands
from hullmark.checks.shell_words import Command, is_option, named, program_at

__all__ = ["Command", "all_commands", "commands", "is_option", "reads_script", "started"]

_kept = Kept()
_kept_with_inner = Kept()


def commands(text: str) -> tuple[Command, ...]:
    """The simple commands of a script, in order."""
    return _kept.of(text, tree_commands)


def all_commands(text: str) -> tuple[Command, ...]:
    """The simple commands of a script, and after them those of scripts that it hands to a shell."""
    return _kept_with_inner.of(text, lambda each: with_inner(commands(each)))


def started(words: Sequence[str]) -> tuple[Command, ...]:
    """A command that no shell reads, and after it those of a script that it hands to a shell."""
    at = program_at(words)
    if at >= len(words):
        return ()
    (folder, program), after = named(words, at), words[at + 1 :]
    scripts = given(program, after, ["'"] * len(after))
    command = Command(
        program=program,
        words=tuple(after),
        before=tuple(words[:at]),
        folder=folder,
        inner=tuple(each for script, _ in scripts for each in commands(script)),
    )
    return with_inner((command,))


def with_inner(found: tuple[Command, ...]) -> tuple[Command, ...]:
    """Commands, and after them those of the scripts that they are handed."""
    inner = tuple(each for command in found if command.inner for each in _below(command.inner))
    return (*found, *inner) if inner else found


def _below(found: Iterable[Command]) -> Iterator[Command]:
    for each in found:
        yield each
        yield from _below(each.inner)


def reads_script(text: str) -> bool:
    """Whether a line hands its here-document to a shell."""
    return any(
        command.program in SHELLS
        and not command.has("-c")
        and (command.reads_pipe or any(word.startswith("<<") for word in command.words))
        for command in commands(text)
    )
