"""Caches that package managers leave in the layer they ran in."""

from collections.abc import Iterable, Iterator

from hullmark.checks.build_mends import of_step, with_ending
from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import built
from hullmark.checks.image_steps import Line, own_lines
from hullmark.checks.written import UNCERTAIN, Step, Written, inserted
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image
from hullmark.model.mending import Edit, Left

MANAGERS = {
    "yum": ("install", "update", "upgrade", "localinstall", "groupinstall", "reinstall"),
    "dnf": ("install", "update", "upgrade", "localinstall", "groupinstall", "reinstall"),
    "microdnf": ("install", "update", "upgrade", "reinstall"),
    "tdnf": ("install", "update", "upgrade"),
    "zypper": ("install", "in", "update", "up"),
    "pacman": (),
    "apk": ("add",),
}


_CLEAN = {
    **{each: f"{each} clean all" for each in ("yum", "dnf", "microdnf", "tdnf")},
    "zypper": "zypper clean --all",
    "pacman": "pacman -Scc --noconfirm",
}


def _cleaned(written: Written, step: Step) -> Iterable[Edit | Left]:
    adds = [each.word("add") for each in step.calls if each.program == "apk"]
    if any(adds):
        return [inserted(each.end, " --no-cache") for each in adds if each]
    called = [each for each in step.calls if each.program in _CLEAN]
    if called and not step.is_certain(called[0]):
        return [Left(UNCERTAIN)]
    return with_ending(lambda _: _CLEAN[called[0].program] if called else "")(written, step)


@image_check(
    id="package-manager-not-cleaned",
    of_build=True,
    title="Package manager is not cleaned in the same step",
    severity=Severity.LOW,
    remediation=(
        "End the same RUN with dnf clean all, yum clean all, zypper clean --all or pacman -Scc; "
        "give apk --no-cache."
    ),
    references=("https://docs.docker.com/build/building/best-practices/#run",),
    bad=lambda: (
        built("RUN /bin/sh -c dnf install -y curl"),
        built("RUN /bin/sh -c yum -y install curl", "RUN /bin/sh -c yum clean all"),
        built("RUN /bin/sh -c apk add curl"),
    ),
    good=lambda: (
        built(
            "RUN /bin/sh -c dnf install -y curl && dnf clean all",
            "RUN /bin/sh -c apk add --no-cache curl",
            "RUN /bin/sh -c apk add -U curl && rm -rf /var/cache/apk/*",
        ),
        built(
            "RUN /bin/sh -c yum install -y curl && rm -rf /var/cache/yum",
            "RUN /bin/sh -c pacman -Syu --noconfirm x && pacman -Scc --noconfirm",
        ),
    ),
    mend=of_step(_cleaned, says="clean up in the same step"),
)
def package_manager_not_cleaned(image: Image) -> Iterator[Evidence]:
    """Lists and packages stay in the layer, whatever later ones remove."""
    for line in own_lines(image):
        said: dict[str, bool] = {}
        for command in line.commands:
            manager = command.program
            installs = (
                command.short_option("S") and not command.short_option("c")
                if manager == "pacman"
                else command.action in MANAGERS.get(manager, ())
            )
            if installs and not command.has("--no-cache"):
                said[manager] = True
        for manager in said:
            if not _is_cleaned(line):
                yield Evidence(
                    at=f"{line.at} {manager}",
                    says=f"{manager} installs, and nothing cleans up after it in this step",
                    layer=line.layer,
                )


def _is_cleaned(line: Line) -> bool:
    for command in line.commands:
        if command.action == "clean" or (command.program == "pacman" and command.short_option("c")):
            return True
        if command.program == "rm" and any(
            word.startswith(("/var/cache", "/var/lib/dnf")) for word in command.words
        ):
            return True
    return False
