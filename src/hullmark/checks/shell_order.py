"""Commands in the order in which a shell runs them, with room for those that are found later."""

from collections.abc import Iterator

from hullmark.checks.shell_words import Command

Found = list["Command | Found"]
"""Commands in order, with room for those that are found later."""


def flat(found: Found) -> Iterator[Command]:
    """The commands in order, without recursion."""
    stack = [iter(found)]
    while stack:
        for each in stack[-1]:
            if isinstance(each, list):
                stack.append(iter(each))
                break
            yield each
        else:
            stack.pop()


def room(found: Found) -> Found:
    """Room for what is found later, at this place."""
    made: Found = []
    found.append(made)
    return made
