"""What a report tells of the container of an image."""

from collections.abc import Iterator

from hullmark.model import ArtifactKind, Report, SourceError
from hullmark.model.exposure import STARTERS
from hullmark.runtime.found import SHELLS, paths_of, ports_of, shell_of, short, started
from hullmark.runtime.programs import ROOTED, known_by
from hullmark.runtime.subject import MAX_EACH, Subject, Told, slug

SOURCES = ("registry", "docker", "podman", "containerd")
"""Prefixes of targets that name an image by which others can ask for it."""

SYSTEM_TYPES = ("deb", "rpm", "apk", "alpm", "generic", "bitnami")
"""Types of packages that are programs by their names."""

BY_TYPE = {
    "maven": "java",
    "npm": "node",
    "gem": "ruby",
    "composer": "php",
    "nuget": "dotnet",
    "golang": "go",
    "cargo": "rust",
    "hex": "erlang",
}
"""Languages by the type of a package, where no interpreter is found by name."""


def subject_of(report: Report) -> Subject:
    """The container of an image; ``SourceError`` when the target is none.

    Names of packages say which languages and shells are there. An interpreter that nothing starts
    widens the profile all the same.
    """
    artifact = report.artifact
    if artifact.kind is not ArtifactKind.IMAGE:
        raise SourceError(artifact.name, "is no image: name a Dockerfile, manifest or compose file")
    exposure = artifact.exposure
    if exposure is None:
        raise SourceError(artifact.name, "its configuration does not say how it runs")
    if artifact.platform.startswith("windows"):
        raise SourceError(artifact.name, "is an image of Windows, which has no such profiles")
    source, _, rest = artifact.name.partition(":")
    reference = rest if source in SOURCES else ""
    number = exposure.user.partition(":")[0]
    by = "the image's configuration"
    shells = [each for each in report.packages if each.name in SHELLS or each.name == "bash"]
    shell = shell_of(exposure.entry, f"{by} (entry point)")
    return Subject(
        form="image",
        name=slug(
            (reference or rest or artifact.name)
            .rpartition("/")[2]
            .partition("@")[0]
            .removesuffix(".tar")
        ),
        place=short(artifact.name),
        image=short(reference),
        base=reference,
        user=Told(short(exposure.user), f"{by} (user)"),
        uid=_id(number),
        gid=_id(exposure.user.partition(":")[2]),
        ports=tuple(ports_of(exposure.ports, f"{by} (exposed ports)")),
        writable=tuple(paths_of(exposure.volumes, f"{by} (volumes)")),
        programs=(*started(_entry(exposure.entry), f"{by} (entry point)"), *_of_packages(report)),
        shell=shell,
        rooted=tuple(_rooted(exposure.entry, f"{by} (entry point)")),
        bare=_without_shell(report) if not (shells or shell) else "",
        architecture=artifact.platform.partition("/")[2].partition("/")[0],
        folder=short(exposure.folder),
    )


def _id(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004


def _without_shell(report: Report) -> str:
    """What shows that there is no shell: packages that were all read, and none of them one."""
    if not report.packages or report.gaps:
        return ""
    return f"no shell is among its {len(report.packages)} packages: it"


def _entry(words: tuple[str, ...]) -> list[str]:
    return [each for each in words if each.rpartition("/")[2] not in STARTERS]


def _rooted(words: tuple[str, ...], by: str) -> Iterator[Told]:
    """Programs for root alone, as words: no shell is asked here what it makes of them."""
    named = (each.rpartition("/")[2] for word in words for each in word.split())
    return (Told(each, by) for each in dict.fromkeys(named) if each in ROOTED)


def _of_packages(report: Report) -> Iterator[Told]:
    """Packages by which a language or a server is known, one for each."""
    seen: set[str] = set()
    for each in report.packages:
        word = each.name if each.type in SYSTEM_TYPES else BY_TYPE.get(each.type, "")
        ids = {program.id for program in known_by(word)} - seen
        if ids and len(seen) < MAX_EACH:
            seen |= ids
            yield Told(word, f"package {short(each.full_name)} {short(each.version)}")
