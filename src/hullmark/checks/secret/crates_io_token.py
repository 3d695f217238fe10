"""Crates.io API token."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.drawing import assigned, text, unlike
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.model import Severity


def _token(random: Random) -> str:
    return f"cio{text(random, 32)}"


@secret(
    id="crates-io-token",
    title="crates.io API token",
    severity=Severity.CRITICAL,
    pattern=r"\b(cio[0-9A-Za-z]{32})\b",
    anchor="cio[0-9A-Za-z]{32}",
    max_chars=36,
    keywords=("cio",),
    entropy=4.0,
    remediation=f"{REVOKE}: the crate registry, Account Settings, API Tokens.",
    references=("https://doc.rust-lang.org/cargo/reference/publishing.html",),
    bad=lambda random: assigned(random, "crates", _token(random)),
    good=lambda random: assigned(random, "crates", unlike(random, "cio", 32)),
)
def crates_io_token(_: str) -> Claim | None:
    """It publishes crates.

    Whoever holds it puts versions of their own before everybody who builds with the crate.
    """
    return NOTHING_MORE
