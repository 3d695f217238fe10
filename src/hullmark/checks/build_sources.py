"""Where a Dockerfile takes files and base images from."""

from collections.abc import Iterator, Mapping

from hullmark.checks.build_file import Build, Instruction, Stage
from hullmark.checks.image_facts import reference

ARCHIVES = (
    *(".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tbz2", ".tar.xz", ".txz", ".tar.zst"),
    *(".gz", ".bz2", ".xz", ".zst", ".tar.lzma", ".tlz"),
)
"""Files that ADD unpacks."""

REMOTE = ("http://", "https://", "git@", "git://", "ssh://", "ftp://")


def sources(copied: Instruction) -> tuple[list[str], str]:
    """What a COPY or ADD takes, here-documents left out, and where it puts it."""
    words = copied.words
    if len(words) < 2:  # noqa: PLR2004 - a source and a destination
        return [], ""
    return [each for each in words[:-1] if not each.startswith("<<")], words[-1]


def local_sources(build: Build, *words: str) -> Iterator[tuple[Instruction, str]]:
    """Each file of the build's context that a COPY or ADD takes."""
    for each in build.every(*words):
        if not each.flag("from"):
            for source in sources(each)[0]:
                if not source.startswith(REMOTE):
                    yield each, source


def bare(address: str) -> str:
    """An address without the user and password in it."""
    scheme, sign, rest = address.partition("://")
    place, slash, path = rest.partition("/")
    return f"{scheme}{sign}{place.rpartition('@')[2]}{slash}{path}"


def mounts(run: Instruction) -> Iterator[dict[str, str]]:
    """The mounts of a RUN, their parts by name; a mount without a type is a bind mount."""
    for name, value in run.flags:
        if name == "mount":
            parts = (part.partition("=") for part in value.split(","))
            yield {"type": "bind"} | {key.strip(): text for key, _, text in parts}


def taken_from(build: Build) -> Iterator[tuple[int, Instruction, str]]:
    """Number of the stage, instruction and name wherever files come from a stage or an image."""
    for number, stage in enumerate(build.stages):
        for each in stage.of("COPY", "ADD", "RUN"):
            if each.trigger:
                continue
            named = [each.flag("from")] if each.word != "RUN" else []
            named += [mount.get("from", "") for mount in mounts(each)]
            for name in filter(None, named):
                yield number, each, stage.expanded(name)


def is_known(name: str) -> bool:
    """Whether nothing of a name is left to variables that have no value, or to a template."""
    return bool(name) and not {*"${}<>%"} & {*name}


def bases(build: Build) -> Iterator[tuple[Stage, str, str, str]]:
    """Stages that start from an image of somebody's: repository, tag and digest, as known."""
    for stage in build.external():
        if is_known(stage.base):
            yield stage, *reference(stage.base)


def numbered(build: Build) -> Mapping[str, int]:
    """The number of each stage by its name and by its number; the last of a name counts."""
    found = {str(number): number for number in range(len(build.stages))}
    return found | {each.name: at for at, each in enumerate(build.stages) if each.name}
