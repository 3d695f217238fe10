"""The files that commands execute, as they are named in them."""

from collections.abc import Iterator

from hullmark.checks.downloads import interpreter
from hullmark.checks.image_facts import SHELLS
from hullmark.checks.interpreted import interpreted
from hullmark.checks.shell_words import Command, is_option
from hullmark.model.later import regex

_BINARIES = ("/usr/local/bin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/sbin", "/sbin")

_variable = regex(r"\$(?:\w+|\{\w+\})\Z").match


def executed_files(command: Command) -> Iterator[str]:
    """Words that name what a command executes: a file, or a variable that holds a script."""
    for word in (*command.before, command.folder + command.program):
        yield from _of_program(word)
    program, words = command.program, command.words
    if program in ("source", "."):
        yield from words[:1]
    elif program == "eval":
        yield from (each for each in words if len(words) == 1 and is_value(each))
    elif program == "java" and "-jar" in words[:-1]:
        yield words[words.index("-jar") + 1]
    elif interpreter(program):
        yield from _of_interpreter(program, words)


def is_value(word: str) -> bool:
    """Whether a word is a variable and nothing else."""
    return _variable(word) is not None


def _of_program(word: str) -> Iterator[str]:
    """The file behind a program, which stands in a folder of programs where none is named."""
    if "/" in word or word[:1] == "$":
        yield word
    elif word:
        yield from (f"{each}/{word}" for each in _BINARIES)


def _of_interpreter(program: str, words: tuple[str, ...]) -> Iterator[str]:
    found = interpreted(program, words)
    options = words[: words.index(found.file)] if found.file in words else ()
    if program in SHELLS and any(is_option(each, "n") for each in options):
        return  # it only looks for errors
    yield found.file
    yield from (each for each in found.code if is_value(each))
    yield from found.read if found.reads else ()
