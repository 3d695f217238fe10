"""Packages that what the container starts does not need, by an estimate."""

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import holding, sound
from hullmark.checks.image_facts import SHELLS, found_program, short, words_started
from hullmark.model import Evidence, Package, Severity
from hullmark.model.image import Image
from hullmark.model.phrases import decimal
from hullmark.model.rule import Confidence

LEAST_BYTES = 5_000_000
KEPT = (
    "base-files",
    "base-passwd",
    "ca-certificates",
    "tzdata",
    "netbase",
    "libc6",
    "musl",
    "alpine-baselayout",
    "alpine-baselayout-data",
    "alpine-keys",
    "glibc",
    "filesystem",
    "setup",
    "media-types",
    "debian-archive-keyring",
)
"""Packages that are needed without being asked for."""

_TYPES = ("deb", "rpm", "apk", "alpm")


@image_check(
    id="unneeded-packages",
    title="Packages that the entry point does not seem to need",
    severity=Severity.INFO,
    confidence=Confidence.POSSIBLE,
    remediation=(
        "Try the image without them: remove them, or copy what is needed into a smaller base image."
    ),
    references=(
        "https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages",
    ),
    bad=lambda: (_example(50_000_000),),
    good=lambda: (
        sound(),
        _example(1000),
        replace(_example(50_000_000), owners={"opt/tool": "tool"}),
    ),
)
def unneeded_packages(image: Image) -> Iterator[Evidence]:
    """What is not there needs no update and cannot be attacked.

    This is an estimate: it follows what packages say they need, from the one that brought the
    program which is started, and does not see what that loads or calls at run time.
    """
    packages = {
        package.purl: package
        for package in image.packages
        if package.type in _TYPES and not package.declared
    }
    root = _started_package(image)
    if not root or not any(package.requires for package in packages.values()):
        return
    needed = _closure(packages, {root, *KEPT})
    languages = any(package.type not in _TYPES for package in image.packages)
    sizes: Counter[str] = Counter()
    for path, name in image.owners.items():
        sizes[name] += image.files.get(path, 0)
    names = sorted(
        {package.name for package in packages.values()} - needed,
        key=lambda name: (-sizes[name], name),
    )
    spare = [name for name in names if not (languages and name.startswith("lib"))]
    size_bytes = sum(sizes[name] for name in spare)
    if size_bytes >= LEAST_BYTES:
        largest = ", ".join(f"{short(name)} {decimal(sizes[name])}" for name in spare[:MAX_TOLD])
        yield Evidence(
            at="packages",
            says=(
                f"{len(spare)} packages of {decimal(size_bytes)} are not among what {short(root)} "
                f"needs, by an estimate; the largest are {largest}"
            ),
        )


MAX_TOLD = 10
"""Packages that are named."""


def _started_package(image: Image) -> str:
    """The package that brought the program which is started; empty where nobody can tell."""
    words = words_started(image)
    path = found_program(image, words[0]) if words else ""
    if not path or path.rpartition("/")[2] in SHELLS:
        return ""
    return image.owners.get(path, "")


def _closure(packages: Mapping[str, Package], names: set[str]) -> set[str]:
    """Names of all packages that these need, and what those need in turn."""
    needed: set[str] = set()
    waiting = [package for package in packages.values() if package.name in names]
    while waiting:
        package = waiting.pop()
        if package.name not in needed:
            needed.add(package.name)
            waiting += (packages[purl] for purl in package.requires if purl in packages)
    return needed


def _example(size_bytes: int) -> Image:
    library = Package(type="deb", namespace="debian", name="libserver1", version="1")
    server = Package(
        type="deb", namespace="debian", name="server", version="1", requires=(library.purl,)
    )
    manual = Package(type="deb", namespace="debian", name="manual", version="1")
    image = holding("opt/manual/all", size_bytes=size_bytes)
    owners = {"app/server": "server", "opt/manual/all": "manual"}
    return replace(image, owners=owners, packages=(library, server, manual))
