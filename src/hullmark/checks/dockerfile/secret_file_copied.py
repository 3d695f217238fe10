"""Files that hold secrets by their names, copied into a layer."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_secrets import secret_file
from hullmark.checks.build_sources import local_sources
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence


@dockerfile_check(
    id="secret-file-copied",
    title="File with secrets is copied into the image",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    bad=(
        "FROM node:22\nCOPY .npmrc package.json /app/\n",
        (
            "FROM debian:13.1 AS build\n"
            "COPY keys/id_rsa /root/.ssh/id_rsa\n"
            "RUN git clone git@example.com:a/b && rm /root/.ssh/id_rsa\n"
        ),
        (
            "FROM debian:13.1\n"
            'ADD ["deploy/.env.production", "/app/.env"]\n'
            "COPY certs/server.key /etc/ssl/\n"
        ),
    ),
    good=(
        "FROM node:22\nCOPY .env.example id_rsa.pub server.crt /app/\n",
        "FROM node:22\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\n",
        "FROM a:1 AS build\nFROM b:1\nCOPY --from=build /etc/ssl/public.pem /etc/\n",
        "FROM a:1\nCOPY ca.pem keys/apt.key.asc /etc/\n",
    ),
    remediation=(
        "Revoke what is in it if the image was pushed, and give it to the step that needs it "
        "with RUN --mount=type=secret or --mount=type=ssh."
    ),
    references=("https://docs.docker.com/build/building/secrets/",),
    left="which step needs it is for people to say, and it may have to be revoked",
)
def secret_file_copied(build: Build) -> Iterator[Evidence]:
    """The layer keeps the file, also where a later step removes it.

    Everybody who can pull the image reads the key or password, and goes where it leads.
    """
    for each, source in local_sources(build, "COPY", "ADD"):
        what = secret_file(source)
        if what:
            yield each.tell(f"{short(source)} holds {what} by its name", source[:80])
