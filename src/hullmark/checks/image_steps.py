"""The history of an image as the instructions of the Dockerfile that made it."""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.checks.shell import Command, all_commands
from hullmark.model.image import Image

MAX_HISTORY_CHARS = 512 * 1024
"""Of all steps together: more than builds of a hundred steps have. The rest is told as unread."""


class Line(Struct, frozen=True, kw_only=True):
    """One instruction of the history: ``RUN`` and its shell text, ``ADD`` and its words.

    ``at`` names it, ``layer`` is the diffID it made, ``of_base`` whether the base brought it.
    ``arguments`` are ``NAME=value`` of the build that the step could see, ``stage`` is the number
    of its stage, as far as a Dockerfile tells it.
    """

    at: str
    word: str
    text: str
    layer: str
    of_base: bool
    arguments: tuple[str, ...] = ()
    stage: int = 0

    @property
    def commands(self) -> tuple[Command, ...]:
        """The simple commands of a RUN, and after them those of scripts that it hands to a shell.

        None of another instruction.
        """
        return all_commands(self.text) if self.word == "RUN" else ()


def lines(image: Image) -> Iterator[Line]:
    """Every instruction of the history, base first."""
    history = image.config.history
    made = sum(not step.empty for step in history)
    fits = made == len(image.layers)
    of_base = image.base.layers if image.base is not None else 0
    layer = 0
    left = MAX_HISTORY_CHARS
    for number, step in enumerate(history, 1):
        diff_id = image.layers[layer].diff_id if fits and not step.empty else ""
        command = step.command[:left]
        left -= len(command)
        word, text, arguments = instruction(command)
        yield Line(
            at=f"history step {number}",
            word=word,
            text=text,
            layer=diff_id,
            of_base=layer < of_base,
            arguments=arguments,
            stage=step.stage,
        )
        layer += not step.empty


def own_lines(image: Image) -> Iterator[Line]:
    """Instructions that are not of the base image: how tidy that is, is its maker's business."""
    return (line for line in lines(image) if not line.of_base)


def instruction(command: str) -> tuple[str, str, tuple[str, ...]]:
    """A line of the history as the Dockerfile had it: instruction, rest, build arguments.

    BuildKit writes ``RUN /bin/sh -c ... # buildkit``, the classic builder ``/bin/sh -c ...`` and
    ``/bin/sh -c #(nop)  ENV ...``; both put ``|2 A=1 B=2`` before the shell for build arguments.
    """
    text = command.strip().removesuffix("# buildkit").strip()
    before, marker, rest = text.partition("#(nop)")
    if marker and before.strip().startswith("/bin/sh -c"):
        word, _, rest = rest.strip().partition(" ")
        return word.upper(), rest.strip(), ()
    word, _, rest = text.partition(" ")
    if word.isalpha() and word.isupper() and word != "RUN":
        return word, rest.strip(), ()
    if word == "RUN":
        text = rest.strip()
    arguments: tuple[str, ...] = ()
    if text.startswith("|"):
        head, shell, tail = text.partition("/bin/sh -c ")
        if not shell:
            head, shell, tail = text.partition("/bin/bash ")
        arguments = tuple(each for each in head.split()[1:] if "=" in each)
        text = tail if shell else ""
    for shell in ("/bin/sh -c ", "/bin/bash -c ", "/bin/bash -o pipefail -c ", "/bin/ash -c "):
        text = text.removeprefix(shell)
    return "RUN", text, arguments
