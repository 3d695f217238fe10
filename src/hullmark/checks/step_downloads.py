"""Downloads of the steps of a build that later steps of the same stage run unchecked.

Each RUN is a shell of its own, which starts in the folder of WORKDIR with the variables of ENV and
ARG. What COPY --from takes out of another stage is not followed.
"""

from collections.abc import Iterator
from shlex import split

from hullmark.checks.build_instruction import Instruction
from hullmark.checks.download_flow import Downloads
from hullmark.checks.downloaded_files import MAX_FOLDER_CHARS, Told
from hullmark.checks.fetched_files import address_names
from hullmark.checks.image_steps import Line, lines
from hullmark.checks.script_values import Values
from hullmark.checks.shell import Command, all_commands, started
from hullmark.model.image import Image


def told_by_steps(image: Image) -> Iterator[tuple[Line, Told]]:
    """What is downloaded and run unchecked, with the step that runs it."""
    number, stage = 0, _Stage()
    for line in lines(image):
        if line.stage != number:
            number, stage = line.stage, _Stage()
        for each in stage.take(line):
            yield line, each


class _Stage:
    """The steps of one stage that were seen so far."""

    def __init__(self) -> None:
        self._downloads = Downloads()
        self._values = Values()
        self._folder = ""

    def take(self, line: Line) -> Iterator[Told]:
        """What the next step runs of what was downloaded."""
        if line.word in ("ENV", "ARG"):
            pairs = Instruction(word=line.word, text=line.text, line=0).pairs
            self._values.assign(f"{name}={value}" for name, value in pairs)
        elif line.word in ("RUN", "ADD", "COPY", "WORKDIR", "ENTRYPOINT", "CMD"):
            values = self._values.copy()
            values.assign(line.arguments)
            self._downloads.next_shell(self._folder, values)
            yield from self._in_folder(line)

    def _in_folder(self, line: Line) -> Iterator[Told]:
        if line.word == "RUN":
            yield from self._downloads.executed(line.commands)
        elif line.word == "WORKDIR":
            self._folder = self._downloads.files.path(line.text)[:MAX_FOLDER_CHARS]
        elif line.word in ("ADD", "COPY"):
            self._put(line)
        else:
            yield from self._downloads.executed(_started(line))

    def _put(self, line: Line) -> None:
        """Take note of what ADD downloads, and of what other files replace."""
        words = Instruction(word=line.word, text=line.text, line=0).words
        flags = [each for each in words if each[:2] == "--"]
        *sources, into = [each for each in words if each not in flags] or [""]
        is_checked = any(each.startswith("--checksum=") for each in flags)
        is_folder = into.endswith("/") or into == "." or len(sources) > 1
        folder = into if into.endswith("/") else f"{into}/"
        for source in sources:
            names = [*address_names([source])] if line.word == "ADD" and not is_checked else []
            if names and not names[0].partition("#")[0].endswith(".git"):
                place = f"{folder}{names[0]}" if is_folder else into
                self._downloads.files.add(place, "ADD downloads", names[0])
            else:
                self._downloads.files.replace(into)
                name = source.rpartition("/")[2]
                self._downloads.files.replace(folder + name)
                if "." not in name.strip("."):
                    self._downloads.files.overlay(into)


def _started(line: Line) -> tuple[Command, ...]:
    """What an ENTRYPOINT or a CMD starts; a history has words without commas between them."""
    listed = Instruction(word=line.word, text=line.text, line=0).listed
    if listed is None and line.text.startswith('["') and line.text.endswith('"]'):
        try:
            listed = tuple(split(line.text[1:-1]))
        except ValueError:
            return ()
    return all_commands(line.text) if listed is None else started(listed)
