"""What ends faults of whole instructions of Dockerfiles."""

from collections.abc import Callable, Iterable, Iterator
from json import dumps
from posixpath import join, normpath

from msgspec.structs import replace

from hullmark.checks.build_file import Build, Instruction, Stage
from hullmark.checks.build_sources import ARCHIVES, local_sources, sources
from hullmark.checks.build_steps import user_number
from hullmark.checks.image_facts import reference
from hullmark.checks.written import (
    NOT_SO,
    SPACES,
    Step,
    Written,
    appended,
    dropped,
    inserted,
    or_left,
    step_at,
    without_word,
)
from hullmark.model.later import regex
from hullmark.model.mending import Edit, Left

Change = Callable[[Written, Step], Iterable[Edit | Left]]

SHELL = 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]'

WITH_BASH = frozenset(
    (
        *("debian", "ubuntu", "fedora", "centos", "rockylinux", "almalinux", "oraclelinux"),
        *("amazonlinux", "buildpack-deps", "python", "node", "golang", "ruby", "php", "rust"),
        *("eclipse-temurin", "openjdk", "perl", "gcc", "maven", "leap", "tumbleweed"),
    )
)
"""Last parts of names of images that have /bin/bash, but for their variants of Alpine."""

AS_ROOT = WITH_BASH | frozenset(("alpine",))
"""Those whose steps run as root where nobody says otherwise."""

BY_LISTS = frozenset(
    (
        *("install", "reinstall", "upgrade", "dist-upgrade", "full-upgrade", "build-dep"),
        *("download", "source", "satisfy"),
    )
)
"""What apt does by its lists of packages."""

_simple_list = regex(
    r"\[\s*(?:\"[^\"'\\]*\"|'[^\"'\\]*')(?:\s*,\s*(?:\"[^\"'\\]*\"|'[^\"'\\]*'))*\s*,?\s*\]\Z"
).match
_items = regex(r"\"([^\"]*)\"|'([^']*)'").findall
_plain_text = regex(r"[ !#%-\[\]-\x7f]+\Z").match


def stage_of(build: Build, line: int) -> Stage:
    """The stage that a line is in."""
    return [each for each in build.stages if each.line <= line][-1]


def base_of(build: Build, stage: Stage) -> str:
    """The last part of the name of what a stage starts from, through others; empty of Alpine's."""
    named = {each.name: each for each in build.stages if each.name}
    seen = [stage]
    while (below := named.get(seen[-1].base.lower())) is not None and below not in seen:
        seen.append(below)
    repository, tag, _ = reference(seen[-1].base)
    last = repository.rpartition("/")[2].lower()
    return "" if "alpine" in tag else last


def renamed(new: str) -> Change:
    """Another word for the instruction."""

    def change(_: Written, step: Step) -> Iterator[Edit]:
        start = step.start + step.plain.find(step.word)
        yield Edit(start, start + len(step.word), new)

    return change


def copied(written: Written, step: Step) -> Iterator[Edit | Left]:
    """COPY for ADD, where each source is a plain file of the context."""
    build = written.subject
    each = _instruction(written, step)
    taken = sources(each)[0] if each else []
    local = [source for one, source in local_sources(build, "ADD") if one is each]
    if each is None or {name for name, _ in each.flags} - {"chown", "chmod", "link", "exclude"}:
        yield Left("it has flags that COPY does not know")
    elif local != taken or any(one.lower().endswith(ARCHIVES) or "$" in one for one in taken):
        yield Left("another of its sources may be an address or an archive")
    elif any(sign in one for one in taken for sign in "*?["):
        yield Left("a pattern may find archives, which ADD unpacks")
    else:
        yield from renamed("COPY" if step.word.isupper() else "copy")(written, step)


def _instruction(written: Written, step: Step) -> Instruction | None:
    line = written.text.count("\n", 0, step.start) + 1
    return next(
        (each for each in written.subject.every(step.word.upper()) if each.line == line), None
    )


def with_slash(written: Written, step: Step) -> Iterator[Edit | Left]:
    """A slash behind the last word."""
    del written
    if step.argument.startswith("["):
        at = step.argument.rfind('"')
        found = [inserted(step.rest + at, "/")] if at > 0 else []
    else:
        found = [inserted(step.words[-1].end, "/")] if step.words else []
        found = [] if step.argument.endswith(('"', "'")) else found
    yield from or_left(found)


def gone(written: Written, step: Step) -> Iterator[Edit]:
    """The instruction dropped."""
    yield dropped(written, step)


def as_list(written: Written, step: Step) -> Iterator[Edit | Left]:
    """Quotes and commas as JSON has them, where the list is otherwise plain."""
    del written
    text = step.argument
    if not _simple_list(text) or any(ord(sign) > 126 for sign in text):  # noqa: PLR2004 - ASCII
        yield Left("which words are meant is not plain")
        return
    words = [one or other for one, other in _items(text)]
    yield Edit(step.rest, step.rest + len(text), dumps(words))


def as_folder(written: Written, step: Step) -> Iterator[Edit | Left]:
    """WORKDIR for a RUN that does nothing but ``cd`` to a whole path."""
    calls = step.calls
    words = calls[0].words if len(calls) == 1 and not calls[0].before else ()
    simple = len(words) == 2 and words[0].text == "cd"  # noqa: PLR2004 - cd and a folder
    raw = written.text[words[1].start : words[1].end] if simple else ""
    is_plain = raw.isascii() and not any(sign in raw for sign in "$`*?[~\"'\\")
    if not raw.startswith("/") or not is_plain or step.has_comment:
        yield Left("which folder later steps are meant to run in is for people to say")
        return
    yield Edit(step.start + step.plain.find(step.word), step.last, f"WORKDIR {raw}")


def absolute(written: Written, step: Step) -> Iterator[Edit | Left]:
    """The whole path of a relative WORKDIR, by the one before it in its stage."""
    build, line = written.subject, written.text.count("\n", 0, step.start) + 1
    before = ""
    for each in stage_of(build, line).of("WORKDIR"):
        if each.line >= line:
            break
        folder = each.text.strip("\"'")
        before = folder if folder.startswith("/") else join(before, folder) if before else ""
    words = step.words
    if not before or "$" in before or len(words) != 1 or "$" in words[0].text:
        yield Left("the folder that the base image ends in is not known here")
        return
    path = normpath(join(before, words[0].text))
    if not _plain_text(path) or " " in path:
        yield Left(NOT_SO)
        return
    yield Edit(words[0].start, words[0].end, path)


def with_pipefail(written: Written, step: Step) -> Iterator[Edit | Left]:
    """A SHELL of bash behind the FROM of the stage, where its base has bash."""
    build, line = written.subject, written.text.count("\n", 0, step.start) + 1
    stage = stage_of(build, line)
    if base_of(build, stage) not in WITH_BASH:
        yield Left("whether the base has bash is not known: busybox and dash may lack pipefail")
    elif any(stage.of("SHELL")) or not step.calls:
        yield Left("the step names a shell of its own")
    else:
        start = step_at(written, stage.line)
        end = "\r\n" if written.text[start.end : start.end + 2] == "\r\n" else "\n"
        yield inserted(start.end, f"{end}{SHELL}")


def _user(build: Build, stage: Stage, line: int) -> str:
    """The user that steps of a line run as, of the stages below too; empty where none is named."""
    users = [each.text for each in stage.of("USER") if each.line < line]
    below = None if users else _below(build, stage)
    if below is None:
        return users[-1] if users else ""
    return _user(build, below, line)


def without_sudo(written: Written, step: Step) -> Iterator[Edit | Left]:
    """No sudo where the step runs as root anyway."""
    build, line = written.subject, written.text.count("\n", 0, step.start) + 1
    stage = stage_of(build, line)
    user = _user(build, stage, line)
    known = user.partition(":")[0] in ("root", "0")
    if step.is_trigger or (not known and (user or base_of(build, stage) not in AS_ROOT)):
        yield Left("that the step runs as root is not known")
        return
    found: list[Edit] = []
    for call in step.calls:
        for number, each in enumerate(call.before):
            if each.text.rpartition("/")[2] == "sudo":
                after = [*call.before[number + 1 :], *call.words][:1]
                if not after or after[0].text.startswith("-"):
                    yield Left("sudo is given options")
                    return
                found.append(Edit(each.start, after[0].start, ""))
    yield from or_left(found)


def without_ports(*numbers: int) -> Change:
    """EXPOSE without these ports, or none at all where no other is left."""

    def change(written: Written, step: Step) -> Iterator[Edit | Left]:
        texts = {str(each) for each in numbers}
        words = step.words
        out = [each for each in words if each.text.partition("/")[0] in texts]
        if not out:
            yield Left("the port is one of a range, or told by a variable")
        elif len(out) == len(words):
            yield dropped(written, step)
        else:
            yield from (without_word(written.text, each) for each in out)

    return change


def for_build_alone(written: Written, step: Step) -> Iterator[Edit | Left]:
    """ARG for an ENV of one variable."""
    words = step.words
    build: Build = written.subject
    stage = stage_of(build, written.text.count("\n", 0, step.start) + 1)
    if stage.name and any(each.base.lower() == stage.name for each in build.stages):
        yield Left("stages that are built on this one rely on it")
    elif len(words) == 1 and "=" in words[0].text:
        yield from renamed("ARG")(written, step)
    elif len(words) == 2 and "=" not in words[0].text:  # noqa: PLR2004 - the old form, name and value
        yield from renamed("ARG")(written, step)
        yield Edit(words[0].end, words[1].start, "=")
    else:
        yield Left("the ENV sets other variables too")


def as_label(written: Written, step: Step) -> Iterator[Edit | Left]:
    """A label for MAINTAINER."""
    del written
    text = step.argument.strip("\"'")
    if not _plain_text(text):
        yield Left(NOT_SO)
        return
    start = step.start + step.plain.find(step.word)
    yield Edit(start, step.last, f'LABEL org.opencontainers.image.authors="{text}"')


def _number(written: Written, step: Step, name: str) -> int | None:
    """The number that the stage, or one below it, gives a user; another's where it takes those."""
    build: Build = written.subject
    stage = stage_of(build, written.text.count("\n", 0, step.start) + 1)
    if any("/etc/passwd" in each.text for each in stage.of("COPY")):
        return user_number(build, name)
    stages = [stage]
    while below := _below(build, stages[-1]):
        stages.append(below)
    return user_number(replace(build, stages=tuple(stages)), name)


def _below(build: Build, stage: Stage) -> Stage | None:
    """The stage that another is built on; ``None`` where it is an image of somebody's."""
    before = [each for each in build.stages if each.line < stage.line]
    return next((each for each in reversed(before) if each.name == stage.base.lower()), None)


def by_number(written: Written, step: Step) -> Iterator[Edit | Left]:
    """A user by the number that the commands of the file give it."""
    name, colon, _ = step.argument.strip("\"'").partition(":")
    number = _number(written, step, name)
    if number is None or colon or len(step.words) != 1:
        yield Left("no command of the file says the number of the user, or its group is named too")
        return
    yield Edit(step.words[0].start, step.words[0].end, str(number))


def back_to_user(written: Written, step: Step) -> Iterator[Edit | Left]:
    """The user that an earlier USER of the stage names, once more at the end of it."""
    stage = written.subject.final
    users = [each.text for each in stage.of("USER")]
    others = [each for each in users if each.partition(":")[0] not in ("root", "0", "")]
    if not others or step.word.upper() != "USER" or not _plain_text(others[-1]):
        yield Left("which user it can run as is for people to say")
        return
    last = written.text.rstrip(SPACES)
    if stage.instructions[-1].heredocs:
        yield Left(NOT_SO)
        return
    end = "\r\n" if "\r\n" in last else "\n"
    yield inserted(len(last), f"{end}USER {others[-1]}")


def without_lists(written: Written, step: Step) -> Iterator[Edit | Left]:
    """Package lists removed at the end of the step, where no later one installs by them."""
    build: Build = written.subject
    line = written.text.count("\n", 0, step.start) + 1
    for each in build.every("RUN"):
        actions = [one.action for one in each.commands if one.program in ("apt", "apt-get")]
        if each.line > line and BY_LISTS & {*actions} and "update" not in actions:
            yield Left("a later step installs by these lists")
            return
    yield from appended(step, "rm -rf /var/lib/apt/lists/*")
