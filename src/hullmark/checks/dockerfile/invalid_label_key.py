"""Labels whose keys break the rules for keys."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.build_file import Build
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

RESERVED = ("com.docker.", "io.docker.", "org.dockerproject.")

_is_key = regex(r"[a-z0-9](?:[a-z0-9]|[.-](?=[a-z0-9]))*\Z").match


@dockerfile_check(
    id="invalid-label-key",
    title="Label with an invalid or reserved key",
    severity=Severity.LOW,
    bad=(
        "FROM debian:13.1\nLABEL My-Label=a\n",
        "FROM debian:13.1\nLABEL com.docker.team=a\n",
        "FROM debian:13.1\nLABEL org..name=a b_c=d\n",
    ),
    good=(
        (
            "FROM debian:13.1\n"
            'LABEL org.opencontainers.image.source="https://example.com" com.example.a-b=1\n'
            "LABEL version 1\n"
            "LABEL $NAME=a\n"
        ),
    ),
    remediation=(
        "Write the key in lower case with dots and single hyphens, below a domain of your own."
    ),
    references=("https://docs.docker.com/engine/manage-resources/labels/",),
    left="which key is meant is for people to say",
)
def invalid_label_key(build: Build) -> Iterator[Evidence]:
    """Tools that select images by their labels miss it, or read what Docker means by it.

    The image slips by a rule that scans or admits images.
    """
    for each in build.every("LABEL"):
        for key in dict.fromkeys(key for key, _ in each.pairs):
            if key.lower().startswith(RESERVED):
                yield each.tell(f"the key {short(key)} is reserved for Docker", key[:80])
            elif "$" not in key and not _is_key(key):
                yield each.tell(f"{short(key)} is no valid key", key[:80])
