"""What ends faults of Dockerfiles and scripts: changes of words, where their commands stand."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any

from hullmark.checks.docker_commands import started
from hullmark.checks.downloads import LOCAL
from hullmark.checks.file_modes import is_temporary, opens
from hullmark.checks.image_facts import host
from hullmark.checks.mending import Mending
from hullmark.checks.shell import Command
from hullmark.checks.written import (
    NOT_SO,
    SPACES,
    Call,
    Step,
    Written,
    appended,
    inserted,
    or_left,
    script_calls,
    step_at,
    without_word,
)
from hullmark.model import Evidence
from hullmark.model.mending import Edit, Left

Change = Callable[[Written, Call], Iterable[Edit | Left]]
"""What to change in one command; nothing where it has no such fault."""

_ADDRESSES = frozenset(("-x", "--proxy", "--preproxy", "-e", "--referer", "-H", "--header"))
"""Options of curl whose words are no addresses of what is fetched."""

_OF_ALL = frozenset(("/tmp", "/var/tmp", "/dev/shm"))  # noqa: S108 - folders of images
"""Folders that everybody writes to, each only what is its own."""

_WRITE = 2
"""The bit of a mode's digit that lets write (chmod(1))."""


def of_step(change: Callable[[Written, Step], Iterable[Edit | Left]], **said: Any) -> Mending:  # noqa: ANN401 - of Mending
    """Change the instruction that evidence points at."""

    def edits(written: Written, evidence: Evidence) -> Iterable[Edit | Left]:
        return change(written, step_at(written, evidence.line))

    return Mending(edits=edits, of_text=True, **said)


def of_calls(change: Change, **said: Any) -> Mending:  # noqa: ANN401 - as above
    """Change every command of a RUN that has the fault; those of one step go together."""

    def edits(written: Written, evidence: Evidence) -> Iterable[Edit | Left]:
        calls = step_at(written, evidence.line).calls
        return _all(written, calls, change)

    return Mending(edits=edits, of_text=True, **said)


def of_script(change: Change, **said: Any) -> Mending:  # noqa: ANN401 - as above
    """Change every command of a script's line that has the fault."""

    def edits(written: Written, evidence: Evidence) -> Iterable[Edit | Left]:
        return _all(written, script_calls(written, evidence.line), change)

    return Mending(edits=edits, of_text=True, **said)


def _all(written: Written, calls: Iterable[Call], change: Change) -> Iterator[Edit | Left]:
    found = [each for call in calls if call.words for each in change(written, call)]
    yield from found or [Left(NOT_SO)]


def after_word(
    option: str, *words: str, of: tuple[str, ...], unless: tuple[str, ...] = ()
) -> Change:
    """Put an option behind the first of these words of these programs, or behind the program."""

    def change(_: Written, call: Call) -> Iterator[Edit]:
        if call.program in of and not call.word(option, *unless):
            place = call.word(*words) if words else call.words[0]
            if place:
                yield inserted(place.end, f" {option}")

    return change


def without(*words: str) -> Change:
    """Drop these words."""

    def change(written: Written, call: Call) -> Iterator[Edit]:
        container = started(call.command)
        image = container.image if container else ""
        for each in call.words[1:]:
            if image and each.text == image:
                return  # what follows is its program's
            if each.text in words:
                yield without_word(written.text, each)

    return change


def dropping(judge: Callable[[Command, str], bool]) -> Change:
    """Drop the words of a command of which a judge says so."""

    def change(written: Written, call: Call) -> Iterator[Edit]:
        command = call.command
        for each in call.words[1:]:
            if each.text.startswith("-") and judge(command, each.text):
                yield without_word(written.text, each)

    return change


def with_ending(command: Callable[[Step], str]) -> Callable[[Written, Step], Iterable[Edit | Left]]:
    """End a RUN with a further command; empty where none fits."""

    def change(_: Written, step: Step) -> Iterator[Edit | Left]:
        last = command(step)
        if last:
            yield from appended(step, last)
        else:
            yield Left(NOT_SO)

    return change


def without_flag(name: str) -> Callable[[Written, Step], Iterable[Edit | Left]]:
    """Drop a flag of an instruction (``--network=host``)."""

    def change(written: Written, step: Step) -> Iterator[Edit | Left]:
        def flags() -> Iterator[Edit]:
            text = written.text
            at = text.find(f"--{name}", step.start, step.rest)
            if at > 0:
                end = at
                while end < step.rest and text[end] not in SPACES:
                    end += 1
                while end < step.rest and text[end] in " \t":
                    end += 1
                yield Edit(at, end, "")

        return or_left(flags())

    return change


_INSECURE = ("--insecure", "--proxy-insecure", "--no-check-certificate", "--no-verify-ssl")


def checking_tls(written: Written, call: Call) -> Iterator[Edit]:
    """Drop the options by which curl, wget, apk and aws verify nothing."""
    if call.program not in ("curl", "wget", "apk", "aws"):
        return
    for each in call.words[1:]:
        is_short = each.text[:1] == "-" and each.text[1:2] != "-" and each.text[1:].isalpha()
        if each.text in _INSECURE or (each.text == "-k" and call.program == "curl"):
            yield without_word(written.text, each)
        elif call.program == "curl" and is_short and "k" in each.text and each.is_bare(written):
            yield Edit(each.start, each.end, each.text.replace("k", ""))


def by_tls(written: Written, call: Call) -> Iterator[Edit]:
    """``https`` where curl, wget or git ask by ``http``."""
    if call.program not in ("curl", "wget", "git", "aria2c"):
        return
    for before, each in pairwise(call.words):
        at = written.text.find("http://", each.start, each.end)
        is_said = before.text in _ADDRESSES or host(each.text, quoted=False) in LOCAL
        if at >= 0 and each.text.startswith("http://") and not is_said:
            yield Edit(at, at + len("http"), "https")


def closed(written: Written, call: Call) -> Iterator[Edit]:
    """A mode in digits that lets only the owner write."""
    if call.program == "umask":
        word = call.word("0", "00", "000", "0000")
        if word:
            yield Edit(word.start, word.end, "022")
    mode = call.word(call.command.action) if call.program == "chmod" else None
    if mode and opens(mode.text) and mode.is_bare(written) and not is_temporary(call.command):
        operands = [each.text for each in call.words[1:] if not each.text.startswith("-")]
        new = _closed_at(mode.text, {each.rstrip("/") for each in operands[1:]})
        if new:
            yield Edit(mode.start, mode.end, new)


def _closed_at(mode: str, places: set[str]) -> str:
    """The mode of folders; of those that everybody writes to with the sticky bit."""
    closed = closed_mode(mode)
    if closed and places & _OF_ALL:
        return f"1{mode[-3:]}" if places <= _OF_ALL else ""
    return closed


def closed_mode(mode: str) -> str:
    """A mode of three or four digits without the right to write of group and others; else empty."""
    if not mode.isdecimal() or len(mode) not in (3, 4) or set(mode) & {"8", "9"}:
        return ""
    return mode[:-2] + "".join(str(int(each) & ~_WRITE) for each in mode[-2:])
