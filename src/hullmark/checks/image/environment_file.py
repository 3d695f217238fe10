"""Files of environment variables."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import holding, sound
from hullmark.checks.image_facts import each_of, short
from hullmark.checks.image_files import own_files
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image
from hullmark.model.rule import Confidence


@image_check(
    id="environment-file",
    title="File of environment variables in the image",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    remediation="Name it in .dockerignore, and hand its values in at run time.",
    references=("https://docs.docker.com/build/concepts/context/#dockerignore-files",),
    bad=lambda: (holding("app/.env"), holding("srv/.env.production")),
    good=lambda: (
        sound(),
        holding("app/.env.example", "app/node_modules/dotenv/.env", "app/.envrc.md"),
    ),
)
def environment_file(image: Image) -> Iterator[Evidence]:
    """People keep the passwords of their service in it, and whoever pulls the image has them."""
    paths = own_files(image, NAMES)
    yield from each_of(
        image,
        paths,
        lambda path: f"{short(path)} holds variables for the environment",
        "files of variables",
    )


NAMES = frozenset(
    (
        ".env",
        ".envrc",
        ".env.local",
        ".env.production",
        ".env.prod",
        ".env.development",
        ".env.dev",
        ".env.staging",
        ".env.test.local",
    )
)
