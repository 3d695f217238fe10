"""The key of a Rails application's encrypted credentials."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.declare import file_check
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

KEY_CHARS = 32
MAX_READ_BYTES = 256

_key = regex(rb"[0-9a-f]{32}\s{0,8}").fullmatch


def _bad() -> tuple[File, ...]:
    return (
        text("srv/app/config/master.key", "0f1e2d3c" * 4),
        text("srv/app/config/credentials/production.key", "9a8b7c6d" * 4),
    )


def _good() -> tuple[File, ...]:
    return (
        text("srv/app/config/master.key", ""),
        text("srv/app/config/credentials/production.key", "handed over by the platform"),
    )


@file_check(
    id="shipped-rails-master-key",
    title="The image holds the key of a Rails application's credentials",
    kind=Kind.SECRET,
    severity=Severity.CRITICAL,
    names=("**/config/master.key", "**/config/credentials/*.key"),
    bad=_bad,
    good=_good,
    remediation=(
        "Replace every credential that it opens, encrypt them under a new key, and set "
        "RAILS_MASTER_KEY when the container runs."
    ),
    references=("https://guides.rubyonrails.org/security.html#custom-credentials",),
)
def shipped_rails_master_key(file: File) -> Iterator[Evidence]:
    """It opens credentials.yml.enc, which lies beside it with the application's passwords and keys.

    Whoever has both also signs sessions, and so logs in as anybody.
    """
    if file.size <= MAX_READ_BYTES and _key(file.read(0, MAX_READ_BYTES)):
        yield Evidence(at="", says=f"a key of {KEY_CHARS * 4} bits")
