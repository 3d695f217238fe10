"""Secrets handed to the build as arguments, which the history keeps."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import built
from hullmark.checks.image_facts import MAX_SHOWN_CHARS, holds_secret, short
from hullmark.checks.image_steps import lines
from hullmark.model import Evidence, Severity
from hullmark.model.finding import Kind
from hullmark.model.image import Image
from hullmark.model.phrases import shortened
from hullmark.model.rule import Confidence


@image_check(
    id="secret-in-build-argument",
    of_stages=True,
    title="Secret in a build argument",
    severity=Severity.HIGH,
    kind=Kind.SECRET,
    confidence=Confidence.LIKELY,
    remediation=(
        "Revoke the secret, and hand its successor to the build with RUN --mount=type=secret."
    ),
    references=(
        "https://docs.docker.com/build/building/secrets/",
        "https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/",
    ),
    bad=lambda: (
        built("RUN |1 NPM_TOKEN=abc123 /bin/sh -c npm ci # buildkit"),
        built("|2 A=1 DB_PASSWORD=abc123 /bin/sh -c make"),
        built("/bin/sh -c #(nop)  ARG API_KEY=abc123"),
    ),
    good=lambda: (
        built("RUN |1 VERSION=1.2.3 /bin/sh -c make # buildkit", "ARG TOKEN"),
        built("/bin/sh -c #(nop)  ARG TOKEN_FILE=/run/secrets/token"),
    ),
    left="whoever calls the build has to hand the secret over otherwise, and it is to be revoked",
)
def secret_in_build_argument(image: Image) -> Iterator[Evidence]:
    """Arguments of a build are no secrets: the history of the image shows them to everybody."""
    for line in lines(image):
        told = line.text.split() if line.word == "ARG" else line.arguments
        for each in told:
            name, _, value = each.partition("=")
            if holds_secret(name, value):
                yield Evidence(
                    at=f"{line.at} {shortened(name, MAX_SHOWN_CHARS)}",
                    says=f"the build argument {short(name)} has a value of {len(value)} characters",
                    layer=line.layer,
                )
