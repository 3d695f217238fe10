"""Names that are mistaken for those of well-known images, publishers and registries."""

from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import reference, short
from hullmark.checks.known_images import lookalikes
from hullmark.model import BaseImage, Evidence, Severity
from hullmark.model.finding import Kind
from hullmark.model.image import Image
from hullmark.model.rule import Confidence


@image_check(
    id="lookalike-name",
    title="Name looks like that of a well-known image",
    severity=Severity.MEDIUM,
    kind=Kind.MALWARE,
    confidence=Confidence.POSSIBLE,
    remediation=(
        "Look at the name letter by letter. Where it was a slip, take the image that was meant, "
        "and look at what ran in the meantime."
    ),
    references=(
        "https://attack.mitre.org/techniques/T1204/003/",
        "https://attack.mitre.org/techniques/T1036/005/",
    ),
    bad=lambda: (
        replace(sound(), name="ngnix:1.2"),
        replace(sound(), name="docker.io/bitnaml/redis:8.0"),
        replace(sound(), name="jo/postgress:17"),
        replace(sound(), name="registry.k8s.lo/pause:3.10"),
        replace(sound(), name="jo/p0stgres:17"),
        replace(
            sound(), base=BaseImage(name="1ibrary/debian:13", digest="sha256:00", told_by="labels")
        ),
    ),
    good=lambda: (
        sound(),
        replace(sound(), name="nginx:1.2"),
        replace(sound(), name="docker.io/bitnami/redis:8.0"),
        replace(
            sound(),
            name="jo/mango:1",
            base=BaseImage(name="debian12:1", digest="sha256:00", told_by="labels"),
        ),
        replace(sound(), name="registry.example/team/ngnix:1"),
    ),
)
def lookalike_name(image: Image) -> Iterator[Evidence]:
    """Attackers publish images under names that differ in a letter, and wait for slips.

    What they publish works like the one that was meant, and does more.
    """
    told = {"name": image.name, "base": image.base.name if image.base is not None else ""}
    for at, name in told.items():
        for part, meant in lookalikes(reference(name)[0]):
            yield Evidence(
                at=f"{at} {meant}", says=f"{short(part)} in {short(name)} looks like {meant!r}"
            )
            break
