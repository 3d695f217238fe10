"""Namespaces of Linux that a service shares with the host by one key each.

Reference: https://docs.docker.com/reference/compose-file/services/
"""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.model import Evidence

HOST = "host"

_PLAIN = """\
services:
  agent:
    image: registry.example/agent:2.4
    KEY: host
"""
_MERGED = """\
x-common: &common
  KEY: ${SPACE:-host}
services:
  agent:
    <<: *common
    image: registry.example/agent:2.4
"""
_OWN = """\
services:
  agent:
    image: registry.example/agent:2.4
    KEY: private
  other:
    image: registry.example/agent:2.4
    KEY: ${SPACE}
"""


def bad(key: str) -> tuple[str, str]:
    """Files that share a namespace by this key."""
    return _PLAIN.replace("KEY", key), _MERGED.replace("KEY", key)


def good(key: str) -> tuple[str]:
    """A file that does not, as far as it says."""
    return (_OWN.replace("KEY", key),)


def shared(compose: Compose, key: str) -> Iterator[Evidence]:
    """Services that share the host's namespace by this key."""
    for each in compose.services():
        if each.body.text(key) == HOST:
            yield each.tell(key, f"{key} is that of the host")
