"""Builds from folders that come over the network unprotected."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.compose_parts import pairs
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity
from hullmark.model.repository import without_login

_BAD_1 = """\
services:
  web:
    build: git://git.example/web.git#main
"""
_BAD_2 = """\
services:
  web:
    build:
      context: .
      additional_contexts:
        - files=http://files.example/a.tar.gz
"""
_GOOD = """\
services:
  web:
    build: https://git.example/web.git#v2.4
  other:
    build: {context: ./http, additional_contexts: {files: "docker-image://alpine:3.20"}}
"""


@compose_check(
    id="cleartext-build-context",
    title="Build context is fetched without encryption",
    severity=Severity.HIGH,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Fetch it by https:// or SSH, at a commit.",
    references=("https://docs.docker.com/reference/compose-file/build/#context",),
)
def cleartext_build_context(compose: Compose) -> Iterator[Evidence]:
    """Anybody on the way decides what is built, and so what runs."""
    for each in compose.services():
        found = [(each.build.text("context"), each.build.line_of("context"), "context")]
        found += (
            (pair.value or "", pair.line, pair.at)
            for pair in pairs(each.build, "additional_contexts")
        )
        for address, line, at in found:
            if address.lower().startswith(("http://", "git://", "ftp://")):
                says = f"{short(without_login(address))} is fetched unprotected"
                yield each.tell(f"build.{at}", says, line)
