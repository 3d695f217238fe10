"""Commands that download, and those that run what comes."""

from collections.abc import Iterator, Sequence

from hullmark.checks.image_facts import SHELLS
from hullmark.checks.shell import Command

DOWNLOADERS = frozenset(("curl", "wget", "aria2c", "fetch", "http"))
INTERPRETERS = SHELLS | {"python", "python2", "python3", "perl", "ruby", "node", "php", "pwsh"}


def executed(commands: Sequence[Command]) -> Iterator[str]:
    """What is downloaded into what runs it, for each time that these commands do so."""
    source = ""
    nested = ""
    for command in commands:
        if not command.reads_pipe:
            source = ""
        if command.program in DOWNLOADERS:
            source = command.program
            if nested:
                yield f"{source} downloads into {nested}"
        elif (
            source and command.program in INTERPRETERS and not command.has("-m", "-c", "-e", "-ne")
        ):
            yield f"{source} downloads into {command.program}"
        elif command.program in INTERPRETERS | {"eval", "source", "."}:
            script = " ".join(command.words)
            for each in DOWNLOADERS:
                if f"$({each} " in script or f"`{each} " in script:
                    yield f"{each} downloads into {command.program}"
        nested = (
            command.program if command.program in SHELLS and command.words[-1:] == ("<",) else ""
        )
