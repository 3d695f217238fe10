"""A MongoDB that everybody may use."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import settings
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

OPEN = frozenset(("0.0.0.0", "::", "*"))  # noqa: S104 - what is looked for


def _bad() -> tuple[File, ...]:
    return (
        text("etc/mongod.conf", "net:", "  port: 27017", "  bindIp: 0.0.0.0"),
        text("etc/mongod.conf.orig", "net:", "  bindIpAll: true"),
    )


def _good() -> tuple[File, ...]:
    return (
        text("etc/mongod.conf", "net:", "  bindIp: 127.0.0.1"),
        text(
            "etc/mongod.conf", "net:", "  bindIpAll: true", "security:", "  authorization: enabled"
        ),
    )


@file_check(
    id="mongodb-without-authorization",
    title="MongoDB serves whoever asks",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.HIGH,
    names=("mongod.conf", "mongodb.conf", "etc/mongod.conf.orig"),
    bad=_bad,
    good=_good,
    remediation="Set security.authorization to enabled, and create the users that you need.",
    references=("https://www.mongodb.com/docs/manual/administration/security-checklist/",),
)
def mongodb_without_authorization(file: File) -> Iterator[Evidence]:
    """Whoever reaches the port reads, changes and deletes all data, and many a robot does."""
    found: dict[str, int] = {}
    for setting in settings(file, ("#",), colon=True):
        value = setting.value.lower()
        if setting.key == "bindip" and OPEN & {each.strip() for each in value.split(",")}:
            found["net.bindIp"] = setting.number
        elif setting.key == "bindipall" and value == "true":
            found["net.bindIpAll"] = setting.number
        elif setting.key in ("authorization", "keyfile") and value not in ("disabled", ""):
            return
    for name, number in found.items():
        says = f"{name} opens every address, and nothing asks for a login"
        yield Evidence(at=name, says=says, line=number)
