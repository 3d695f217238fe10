"""Programs of another processor than the image says."""

from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity
from hullmark.model.image import NO_CONFIG, Image

ALIASES = {
    "x86_64": "amd64",
    "aarch64": "arm64",
    "i386": "386",
    "x86": "386",
    "armv7l": "arm",
    "powerpc64le": "ppc64le",
}
RUNS_TOO = {"amd64": "386", "arm64": "arm"}
"""What a processor runs besides its own programs."""


@image_check(
    id="foreign-architecture",
    title="Programs are of another architecture than the image",
    severity=Severity.MEDIUM,
    remediation=(
        "Build for the platform that is named (docker buildx build --platform), from base images "
        "of the same."
    ),
    references=("https://docs.docker.com/build/building/multi-platform/",),
    bad=lambda: (
        replace(sound(), architectures={"app/server": "arm64", "app/b": "arm64", "app/c": "amd64"}),
    ),
    good=lambda: (
        sound(),
        replace(sound(), architectures={"app/server": "amd64", "app/b": "arm64"}),
        replace(sound(), architectures={"app/server": "x86_64"}),
        replace(sound(architecture=""), architectures={"app/server": "arm64"}, config=NO_CONFIG),
    ),
)
def foreign_architecture(image: Image) -> Iterator[Evidence]:
    """On a node of the platform that it names it does not start, or runs slowly in emulation."""
    own = image.config.architecture
    names = Counter(ALIASES.get(each, each) for each in image.architectures.values())
    if not own or not names:
        return
    most, count = names.most_common(1)[0]
    if most not in (ALIASES.get(own, own), RUNS_TOO.get(own)) and count * 2 > names.total():
        yield Evidence(
            at="architecture",
            says=(
                f"it is said to be {short(own)}, but {count} of {names.total()} programs are "
                f"{short(most)}"
            ),
        )
