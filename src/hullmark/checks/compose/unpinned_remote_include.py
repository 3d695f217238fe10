"""Parts of the file that come from elsewhere and may change."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map
from hullmark.model.repository import without_login

REMOTE = ("http://", "https://", "git://", "ssh://", "git@", "oci://", "github.com/")

_pinned = regex(r"[^#]*(?:@sha256:[0-9a-f]{64}\Z|#[0-9a-f]{40}(?::|\Z))").match


def _is_remote(path: str) -> bool:
    return path.startswith(REMOTE)


_BAD_1 = """\
include:
  - https://git.example/team/stack.git#main
services: {}
"""
_BAD_2 = """\
include:
  - path: [oci://registry.example/team/stack:latest]
services: {}
"""
_GOOD = """\
include:
  - ./db/compose.yaml
  - https://git.example/team/stack.git#1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f
  - path: oci://registry.example/team/stack@sha256:1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f
services: {}
"""


@compose_check(
    id="unpinned-remote-include",
    title="Included file of another place may change",
    severity=Severity.MEDIUM,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation="Name a commit (#<commit>) or a digest (@sha256:...).",
    references=("https://docs.docker.com/reference/compose-file/include/",),
)
def unpinned_remote_include(compose: Compose) -> Iterator[Evidence]:
    """Whoever may change it there decides which services start here, with which rights."""
    included = compose.body.items_of("include")
    for index, each in enumerate(included):
        paths = each.texts("path") if isinstance(each, Map) else [each]
        for path in paths:
            if isinstance(path, str) and _is_remote(path) and not _pinned(path):
                says = f"{short(without_login(path))} is included, and may change"
                yield compose.tell(f"include[{index}]", says, included.line_of(index))
                break
