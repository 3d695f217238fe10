"""Downloads of yarn that stay in the layer."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_steps import steps, told
from hullmark.checks.built_image import instructions
from hullmark.checks.declare_config import dockerfile_check
from hullmark.model import Evidence, Severity


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
)
def yarn_cache_kept(build: Build) -> Iterator[Evidence]:
    """Hundreds of megabytes that no container reads are pulled by every node.

    Scanners report packages in them that the program does not use.
    """
    final = {id(each) for each in instructions(build)}
    for each, number, command in steps(build):
        installs = command.program == "yarn" and command.action in ("install", "add", "global")
        if not installs or id(each) not in final or each.flag("mount"):
            continue
        cleans = any(one.program == "yarn" and one.has("clean") for one in each.commands)
        if not cleans and "yarn/" not in each.shell and ".cache" not in each.shell:
            yield told(each, number, f"yarn {command.action}, and nothing removes its cache")
