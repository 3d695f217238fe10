"""Downloads of yarn that stay in the layer."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_mends import of_step
from hullmark.checks.built_image import instructions
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.written import UNCERTAIN, Step, Written, appended
from hullmark.model import Evidence, Severity
from hullmark.model.mending import Edit, Left

_OF_TWO = ("--immutable", "corepack", "yarnrc.yml", ".pnp.", ".yarn/", "yarn workspaces focus")
"""Words that only yarn from version 2 on has."""


def _cleaned(written: Written, step: Step) -> Iterator[Edit | Left]:
    """Without what yarn of version 2 and later has programs read at run time."""
    if any(each in written.text for each in _OF_TWO):
        yield Left("what yarn from version 2 on keeps there may be what the program runs from")
    elif all(step.is_certain(each) for each in step.calls if each.program == "yarn"):
        yield from appended(step, "yarn cache clean")
    else:
        yield Left(UNCERTAIN)


@dockerfile_check(
    id="yarn-cache-kept",
    title="yarn keeps its downloads in the layer",
    severity=Severity.LOW,
    bad=(
        "FROM node:22\nRUN yarn install --frozen-lockfile\n",
        "FROM node:22\nRUN yarn global add serve@14.2.5\n",
    ),
    good=(
        "FROM node:22\nRUN yarn install --frozen-lockfile && yarn cache clean\n",
        (
            "FROM node:22 AS build\n"
            "RUN yarn install --frozen-lockfile\n"
            "FROM scratch\n"
            "COPY --from=build /a /a\n"
        ),
        "FROM node:22\nRUN --mount=type=cache,target=/root/.yarn yarn install\n",
        "FROM a:1\nRUN yarn build\n",
    ),
    remediation="End the same RUN with yarn cache clean, or mount its folder as a cache.",
    references=("https://classic.yarnpkg.com/en/docs/cli/cache/",),
    mend=of_step(_cleaned, says="remove the cache of yarn"),
)
def yarn_cache_kept(build: Build) -> Iterator[Evidence]:
    """Hundreds of megabytes that no container reads are pulled by every node.

    Scanners report packages in them that the program does not use.
    """
    final = {id(each) for each in instructions(build)}
    for each in build.every("RUN"):
        if id(each) not in final or each.flag("mount") or "yarn" not in each.shell:
            continue
        calls = [one for one in each.commands if one.program == "yarn"]
        installs = [one for one in calls if one.action in ("install", "add", "global")]
        cleans = any(one.has("clean") for one in calls)
        removes = "yarn/" in each.shell or ".cache" in each.shell
        if installs and not cleans and not removes:
            yield each.tell(f"yarn {installs[0].action}, and nothing removes its cache")
