"""The commands that a Dockerfile runs, and the packages that they install."""

from collections.abc import Container, Iterator
from itertools import pairwise

from hullmark.checks.build_file import Build, Instruction
from hullmark.checks.shell import Command
from hullmark.model import Evidence, ParseError

MAX_STEPS = 20_000
"""Ours, commands of one file that are looked at: real files have some hundreds."""

MAX_NUMBER_CHARS = 9
"""Of a user's number: those of 32 bits that are larger are nobody's."""

_REDIRECTIONS = (">", "<", "1>", "2>", "&>")


def steps(build: Build) -> Iterator[tuple[Instruction, int, Command]]:
    """Every command of every RUN with its number in it, also of those that wait in triggers.

    Raises ``ParseError`` after as many as are looked at.
    """
    left = MAX_STEPS
    for each in build.every("RUN"):
        for number, command in enumerate(each.commands, 1):
            if left <= 0:
                raise ParseError("", f"more than the {MAX_STEPS} commands that are looked at")
            left -= 1
            yield each, number, command


def told(instruction: Instruction, number: int, says: str) -> Evidence:
    """What is wrong with one command of a RUN."""
    command = instruction.commands[number - 1]
    return instruction.tell(says, f"command {number}", command)


def operands(command: Command, with_values: Container[str] = ()) -> list[str]:
    """The words of a command that are no options, no values of these options, no redirections."""
    found: list[str] = []
    skip = False
    rest = False
    for word in command.words:
        if skip:
            skip = False
        elif word.startswith(_REDIRECTIONS):
            skip = word in (*_REDIRECTIONS, ">>", "2>>", "<<", "<<<")
        elif word == "--" and not rest:
            rest = True
        elif not rest and word.startswith("-") and len(word) > 1:
            skip = word in with_values
        else:
            found.append(word)
    return found


def option(command: Command, *names: str) -> str:
    """What follows one of these options: ``0`` of ``-u 0`` and of ``--uid=0``; empty for none."""
    for word, after in pairwise((*command.words, "")):
        if word in names:
            return after
        for name in names:
            if name.startswith("--") and word.startswith(f"{name}="):
                return word.partition("=")[2]
    return ""


def installed(
    command: Command, actions: Container[str], with_values: Container[str] = ()
) -> list[str]:
    """What follows the action of a package manager: ``curl`` of ``apt-get -y install curl``."""
    found = operands(command, with_values)
    return found[1:] if found and found[0] in actions else []


def is_open(package: str) -> bool:
    """Whether a word names a package itself: no variable, no file, no address."""
    return bool(package) and not any(sign in package for sign in "$`*/\\{}")


def named(words: list[str], limit: int = 5) -> str:
    """The first few words, and how many more there are."""
    more = len(words) - limit
    text = ", ".join(each[:80] for each in words[:limit])
    return f"{text} and {more} more" if more > 0 else text


_OF_ACCOUNTS = frozenset(
    (
        *("-b", "-c", "-d", "-e", "-f", "-g", "-G", "-h", "-k", "-K", "-p", "-s", "-u", "-Z"),
        *("--base-dir", "--comment", "--expiredate", "--gecos", "--gid", "--groups", "--home"),
        *("--home-dir", "--inactive", "--ingroup", "--password", "--shell", "--skel", "--uid"),
    )
)
"""Options of useradd and adduser that are followed by a word of theirs."""


def user_number(build: Build, name: str) -> int | None:
    """The number that all commands which add this user give it; ``None`` where one does not."""
    numbers = {
        option(command, "-u", "--uid")
        for _, _, command in steps(build)
        if command.program in ("useradd", "adduser")
        and operands(command, _OF_ACCOUNTS)[:1] == [name]
    }
    number = numbers.pop() if len(numbers) == 1 else ""
    is_number = number.isascii() and number.isdecimal() and len(number) <= MAX_NUMBER_CHARS
    return int(number) if is_number else None
