"""Secrets in variables of the image's configuration."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import MAX_SHOWN_CHARS, holds_secret, short, variables
from hullmark.model import Evidence, Severity
from hullmark.model.finding import Kind
from hullmark.model.image import Image
from hullmark.model.phrases import shortened
from hullmark.model.rule import Confidence


@image_check(
    id="secret-in-environment",
    of_build=True,
    title="Secret in an environment variable of the image",
    severity=Severity.HIGH,
    kind=Kind.SECRET,
    confidence=Confidence.LIKELY,
    remediation=(
        "Revoke the secret, and hand its successor in at run time, as a mounted file. Use RUN "
        "--mount=type=secret for what only the build needs."
    ),
    references=("https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/",),
    bad=lambda: (
        sound(env=("DB_PASSWORD=hunter2hunter2",)),
        sound(env=("GITHUB_TOKEN=abc", "AWS_SECRET_ACCESS_KEY=abc")),
        sound(env=("STRIPE_API_KEY=x1",)),
    ),
    good=lambda: (
        sound(
            env=(
                "DB_PASSWORD_FILE=/run/secrets/db",
                "POSTGRES_PASSWORD=",
                "GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D",
                "TOKEN_TTL=3600",
                "SECRET=/run/secrets/x",
                "ALLOW_EMPTY_PASSWORD=yes",
                "MYSQL_PASSWORD=$PASSWORD",
                "PUBLIC_API_KEY=x",
            )
        ),
    ),
    left="how the program gets the secret instead is for people to say, and it is to be revoked",
)
def secret_in_environment(image: Image) -> Iterator[Evidence]:
    """Whoever may pull the image reads its configuration, and the value with it.

    So does everything that runs in the container, and whatever prints its environment.
    """
    for name, value in variables(image):
        if holds_secret(name, value):
            yield Evidence(
                at=f"Env {shortened(name, MAX_SHOWN_CHARS)}",
                says=f"the variable {short(name)} has a value of {len(value)} characters",
            )
