"""Commands in the order in which a shell runs them, with room for those that are found later."""

from collections.abc import Iterator

from hullmark.checks.shell_words import Command


class Found(list["Command | Found"]):
    """Commands in order, with room for those that are found later.

    ``within`` are the functions and subshells that they stand in, as those of a command.
    """

    def __init__(self, within: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.within = within


def flat(found: Found) -> Iterator[Command]:
    """The commands in order, without recursion."""
    stack = [iter(found)]
    while stack:
        for each in stack[-1]:
            if isinstance(each, Found):
                stack.append(iter(each))
                break
            yield each
        else:
            stack.pop()


def room(found: Found, *scope: str) -> Found:
    """Room for what is found later, at this place, in a scope of its own if one is named."""
    made = Found((*found.within, *scope))
    found.append(made)
    return made
