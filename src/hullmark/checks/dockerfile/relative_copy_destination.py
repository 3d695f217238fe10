"""Files that are copied to wherever the base image left off."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_sources import sources
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity


@dockerfile_check(
    id="relative-copy-destination",
    title="Copied to a relative path without WORKDIR",
    severity=Severity.LOW,
    bad=(
        "FROM node:22\nCOPY package.json app/\n",
        "FROM node:22\nWORKDIR /app\nFROM node:22\nADD a.tar .\n",
    ),
    good=(
        "FROM node:22\nWORKDIR /app\nCOPY package.json .\n",
        "FROM node:22 AS base\nWORKDIR /app\nFROM base\nCOPY package.json .\n",
        "FROM node:22\nCOPY a /a\nCOPY b $HOME/b\nCOPY c C:\\\\c\n",
    ),
    remediation="Set WORKDIR in the stage, or write the whole path.",
    references=("https://docs.docker.com/reference/dockerfile/#workdir",),
    left="the folder that the base image ends in is not known here",
)
def relative_copy_destination(build: Build) -> Iterator[Evidence]:
    """It lies below whatever folder the base image ended in, and moves when that changes.

    The program then starts an older file, or none.
    """
    settled = set[str]()
    for stage in build.stages:
        has_folder = stage.base.lower() in settled
        for each in stage.instructions:
            has_folder = has_folder or (each.word == "WORKDIR" and not each.trigger)
            place = sources(each)[1] if each.word in ("COPY", "ADD") and not each.trigger else ""
            if place and not has_folder and place[0] not in "/$\\" and place[1:2] != ":":
                yield each.tell(f"{short(place)} is below whatever folder the base image has")
        if has_folder and stage.name:
            settled.add(stage.name)
