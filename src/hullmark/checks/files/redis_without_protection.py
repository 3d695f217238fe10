"""A Redis that everybody may use."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import settings
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

LOCAL = ("127.", "::1", "-::1", "localhost")


def _bad() -> tuple[File, ...]:
    return (
        text("etc/redis/redis.conf", "bind 0.0.0.0", "protected-mode no"),
        text("etc/redis.conf", "protected-mode no"),
    )


def _good() -> tuple[File, ...]:
    return (
        text("etc/redis/redis.conf", "bind 127.0.0.1 -::1", "protected-mode no"),
        text("etc/redis/redis.conf", "protected-mode no", "requirepass drawn-elsewhere"),
        text("etc/redis/redis.conf", "bind 0.0.0.0"),
    )


@file_check(
    id="redis-without-protection",
    title="Redis serves whoever asks",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.HIGH,
    names=("redis.conf", "etc/redis/*.conf", "valkey.conf", "etc/valkey/*.conf", "keydb.conf"),
    bad=_bad,
    good=_good,
    remediation="Leave protected-mode on, and give the server users or a password where it runs.",
    references=("https://redis.io/docs/latest/operate/oss_and_stack/management/security/",),
)
def redis_without_protection(file: File) -> Iterator[Evidence]:
    """Whoever reaches the port reads and changes all data, and can make Redis write files.

    Worms turn that into a cron job or a key of theirs within minutes.
    """
    off, is_open = 0, True
    for setting in settings(file, ("#",)):
        match setting.key:
            case "protected-mode":
                off = setting.number if setting.value.lower() == "no" else 0
            case "bind":
                is_open = not _is_local(setting.value)
            case "requirepass" | "aclfile" | "user" if setting.value:
                return
    if off and is_open:
        yield Evidence(at="protected-mode", says="protected-mode is no", line=off)


def _is_local(addresses: str) -> bool:
    """Whether none of these is reached from elsewhere; no address at all means every one."""
    listed = addresses.split()
    return bool(listed) and all(each.startswith(LOCAL) for each in listed)
