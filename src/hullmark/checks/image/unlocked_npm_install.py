"""Packages of npm that are not those of the lock file."""

from collections.abc import Iterator

from hullmark.checks.build_mends import of_calls
from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import built
from hullmark.checks.image_steps import own_lines
from hullmark.checks.written import Call, Written
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image
from hullmark.model.mending import Edit


def _locked(_: Written, call: Call) -> Iterator[Edit]:
    named = [each.text for each in call.words[1:] if not each.text.startswith("-")]
    word = call.word("install", "i")
    if call.program == "npm" and word and len(named) == 1 and not call.word("-g", "--global"):
        yield Edit(word.start, word.end, "ci")


@image_check(
    id="unlocked-npm-install",
    of_stages=True,
    title="npm installs what no lock file names",
    severity=Severity.LOW,
    remediation=(
        "Copy package-lock.json into the image, and use npm ci (yarn install --immutable, pnpm "
        "install --frozen-lockfile)."
    ),
    references=("https://github.com/npm/cli/blob/latest/docs/lib/content/commands/npm-ci.md",),
    bad=lambda: (
        built("RUN /bin/sh -c npm install --production"),
        built("RUN /bin/sh -c cd /app && npm i"),
    ),
    good=lambda: (built("RUN /bin/sh -c npm ci", "RUN /bin/sh -c npm install -g npm@11.0.0"),),
    mend=of_calls(
        _locked,
        says="install what the lock says by npm ci",
        breaks="fails where no package-lock.json is copied, or it is behind package.json",
        risky=True,
    ),
)
def unlocked_npm_install(image: Image) -> Iterator[Evidence]:
    """Each build takes the newest versions that fit, also one that was taken over this morning.

    Tests ran with others.
    """
    for line in own_lines(image):
        for number, command in enumerate(line.commands, 1):
            named = [word for word in command.words if not word.startswith("-")]
            if (
                command.program == "npm"
                and named in (["install"], ["i"])
                and not command.has("-g", "--global")
            ):
                yield Evidence(
                    at=f"{line.at} command {number}",
                    says="npm install resolves versions anew",
                    layer=line.layer,
                )
