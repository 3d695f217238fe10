"""Variables that are used in the instruction that sets them."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.build_file import Build
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

_names = regex(r"(?<!\\)\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*))").findall


@dockerfile_check(
    id="environment-refers-to-itself",
    title="ENV uses a variable that the same ENV sets",
    severity=Severity.LOW,
    bad=("FROM debian:13.1\nENV HOME_OF=/opt/a BIN=$HOME_OF/bin\n",),
    good=(
        "FROM debian:13.1\nENV HOME_OF=/opt/a\nENV BIN=$HOME_OF/bin PATH=$PATH:/opt/a\n",
        "FROM a:1 AS b\nENV A=1\nENV A=2 B=$A\nFROM b\nENV A=3 B=$A\n",
    ),
    remediation="Set it in an ENV of its own before.",
    references=("https://docs.docker.com/reference/dockerfile/#environment-replacement",),
    left="whether the value of before or of now is meant is for people to say",
)
def environment_refers_to_itself(build: Build) -> Iterator[Evidence]:
    """All values of one ENV are filled in with those from before it.

    The second is empty where it counts, in a search path or a folder that is removed.
    """
    below = build.names
    for stage in build.stages:
        base = below.get(stage.base.lower())
        known = {*base.variables} if base is not None else set[str]()
        for each in stage.of("ARG", "ENV"):
            if each.word == "ARG":
                known.update(word.partition("=")[0] for word in each.words)
                continue
            here = set[str]()
            for name, value in each.pairs:
                used = {found[0] or found[1] for found in _names(value)}
                others = sorted((used & here) - known - {name})
                if others:
                    says = f"{short(name)} uses {short(others[0])} of the same ENV"
                    yield each.tell(says, name[:80])
                here.add(name)
            known |= here
