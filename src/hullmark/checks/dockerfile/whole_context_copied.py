"""The whole context in the image that ships."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_sources import local_sources
from hullmark.checks.built_image import instructions
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="whole-context-copied",
    title="Whole build context is copied into the image",
    severity=Severity.LOW,
    bad=(
        "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n",
        "FROM node:22\nADD ./ /app/\n",
    ),
    good=(
        (
            "FROM node:22 AS build\n"
            "COPY . .\n"
            "RUN npm ci\n"
            "FROM scratch\n"
            "COPY --from=build /app/dist /app\n"
        ),
        "FROM node:22\nCOPY package.json src /app/\n",
        "FROM a:1 AS build\nFROM b:1\nCOPY --from=build . .\n",
        "FROM a:1\nCOPY --exclude=.git . /app\n",
    ),
    remediation=(
        "Copy the folders that the program needs, or build in a stage of its own and copy the "
        "result."
    ),
    references=(
        ("https://docs.docker.com/build/building/best-practices/#exclude-with-dockerignore"),
    ),
    left="which files the program needs is for people to say",
)
def whole_context_copied(build: Build) -> Iterator[Evidence]:
    """Whatever lies beside the Dockerfile ships with the image.

    That is .env, .git and keys as soon as .dockerignore misses one, and everybody who pulls the
    image can read it.
    """
    final = {id(each) for each in instructions(build)}
    for each, source in local_sources(build, "COPY", "ADD"):
        is_whole = source in (".", "./", "/", "./.", "*", "./*")
        if is_whole and id(each) in final and not each.flag("exclude"):
            yield each.tell(f"{each.word} takes the whole context, {short(source)}", source)
