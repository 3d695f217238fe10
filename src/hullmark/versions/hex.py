"""Versions of Hex packages, of Elixir and Erlang.

Specification: https://hexdocs.pm/elixir/Version.html
"""

from hullmark.unit import scheme
from hullmark.versions.semver import Key, semantic


@scheme(
    id="hex",
    ordered=(
        *("0.9.0", "1.0.0-0", "1.0.0-dev", "1.0.0-rc.2", "1.0.0-rc.10", "1.0.0-rc.10.a"),
        *("1.0.0-rc10", "1.0.0-rc2", "1.0.0", "1.0.1+build.5", "1.10.0", "2.0.0"),
    ),
    equal=(("1.0.0", "1.0.0+a"), ("1.0.0-a+1", "1.0.0-a+02.b")),
    invalid=("", "1", "1.0", "1.0.0.0", "v1.0.0", "01.0.0", "1.0.0-01", "1.0.0-", "1.0.0-a..b"),
)
def hex(version: str) -> Key:
    """As semver, to the letter: Elixir takes neither fewer numbers nor a ``v``."""
    return semantic(version, "hex")
