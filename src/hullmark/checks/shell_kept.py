"""Commands of texts that were read, since many checks ask for those of one text."""

from collections.abc import Callable

from hullmark.checks.shell_words import Command

MAX_KEPT_COMMANDS = 100_000
"""Of all texts together: some 40 MB. Steps of an image have some hundreds."""

MAX_KEPT_TEXTS = 4096
"""More than an image has steps."""


class Kept:
    """What was made of each text; everything is forgotten where it becomes too much."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[Command, ...]] = {}
        self._commands = 0

    def of(self, text: str, make: Callable[[str], tuple[Command, ...]]) -> tuple[Command, ...]:
        """The commands of a text, made where they are not remembered."""
        found = self._found.get(text)
        if found is None:
            found = make(text)
            if self._commands > MAX_KEPT_COMMANDS or len(self._found) >= MAX_KEPT_TEXTS:
                self._found.clear()
                self._commands = 0
            self._found[text] = found
            self._commands += len(found)
        return found
