"""Packages of several distributions in one image."""

from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import listed
from hullmark.model import Evidence, Package, Severity
from hullmark.model.image import Image
from hullmark.model.rule import Confidence

LEAST = 5
"""Packages that make a distribution; fewer are copies of a database for tests."""


@image_check(
    id="mixed-distributions",
    title="Several distributions are mixed",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    remediation=(
        "Copy files from other images, not their package databases, or build on the one base that "
        "has all."
    ),
    references=("https://docs.docker.com/build/building/multi-stage/",),
    bad=lambda: (
        replace(
            sound(),
            packages=tuple(
                Package(type=type, namespace=name, name=f"p{number}")
                for type, name in (("deb", "debian"), ("apk", "alpine"))
                for number in range(5)
            ),
        ),
    ),
    good=lambda: (
        sound(),
        replace(
            sound(),
            packages=tuple(
                Package(type="deb", namespace="debian", name=f"p{number}") for number in range(9)
            ),
        ),
    ),
)
def mixed_distributions(image: Image) -> Iterator[Evidence]:
    """Nobody tests them together, and no package manager updates both.

    The advisories of one do not fit the libraries of the other.
    """
    kinds = Counter(
        f"{package.namespace or package.type} ({package.type})"
        for package in image.packages
        if package.type in ("deb", "rpm", "apk", "alpm") and not package.declared
    )
    many = sorted(name for name, count in kinds.items() if count >= LEAST)
    if len(many) > 1:
        yield Evidence(at="packages", says=f"there are packages of {listed(many)}")
