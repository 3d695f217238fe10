"""Variables that switch the verification of images or packages off."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import short, variables
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image

OFF = {
    "DOCKER_CONTENT_TRUST": ("0", "false"),
    "GONOSUMCHECK": ("1",),
    "GONOSUMDB": ("*",),
    "GOFLAGS": ("-insecure",),
    "GOSUMDB": ("off",),
    "GOINSECURE": ("*",),
    "COSIGN_INSECURE_IGNORE_TLOG": ("1", "true"),
    "COSIGN_INSECURE_SKIP_VERIFY": ("1", "true"),
    "HOMEBREW_NO_VERIFY_ATTESTATIONS": ("1",),
}


@image_check(
    id="content-trust-disabled",
    of_stages=True,
    title="Verification of downloads is switched off",
    severity=Severity.MEDIUM,
    remediation="Drop the variable, and name the few exceptions that are needed.",
    references=(
        "https://docs.docker.com/engine/security/trust/",
        "https://go.dev/ref/mod#environment-variables",
    ),
    bad=lambda: (sound(env=("DOCKER_CONTENT_TRUST=0",)), sound(env=("GOSUMDB=off",))),
    good=lambda: (sound(env=("DOCKER_CONTENT_TRUST=1", "GOSUMDB=sum.golang.org")),),
    left="which exceptions are needed is for people to say",
)
def content_trust_disabled(image: Image) -> Iterator[Evidence]:
    """What is downloaded in a container of this image is taken unseen, whoever made it."""
    for name, value in variables(image):
        if value.lower() in OFF.get(name, ()):
            yield Evidence(at=f"Env {name}", says=f"{name} is {short(value)}")
