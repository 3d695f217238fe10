"""Repositories of yum and dnf whose packages are installed whoever made them."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import Setting, settings, shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

NO = frozenset(("0", "no", "false", "off"))
UNSAFE = frozenset(("gpgcheck", "pkg_gpgcheck", "sslverify"))


def _bad() -> tuple[File, ...]:
    return (
        text("etc/yum.repos.d/x.repo", "[x]", "baseurl=https://repo.example/x", "gpgcheck=0"),
        text("etc/dnf/dnf.conf", "[main]", "gpgcheck = False"),
    )


def _good() -> tuple[File, ...]:
    return (
        text("etc/yum.repos.d/x.repo", "[x]", "gpgcheck=1", "[y]", "enabled=0", "gpgcheck=0"),
        text("etc/yum.conf", "[main]", "gpgcheck=1", "repo_gpgcheck=0"),
    )


@file_check(
    id="unsigned-rpm-packages",
    title="Packages of a repository are installed without a signature",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.HIGH,
    names=(
        "etc/yum.conf",
        "etc/dnf/dnf.conf",
        "etc/tdnf/tdnf.conf",
        "etc/yum.repos.d/*.repo",
        "etc/zypp/repos.d/*.repo",
    ),
    bad=_bad,
    good=_good,
    remediation="Set gpgcheck and sslverify to 1, and gpgkey to the repository's key.",
    references=("https://dnf.readthedocs.io/en/latest/conf_ref.html",),
)
def unsigned_rpm_packages(file: File) -> Iterator[Evidence]:
    """Whoever runs the repository, or sits between it and you, decides what is installed as root.

    Repositories that are switched off are left out.
    """
    unsafe: list[Setting] = []
    off: set[str] = set()
    for setting in settings(file):
        if setting.value.lower() in NO:
            if setting.key in UNSAFE:
                unsafe.append(setting)
            elif setting.key == "enabled":
                off.add(setting.section)
    for setting in unsafe:
        if setting.section not in off:
            says = f"{setting.key} is {setting.value} for {shown(setting.section)}"
            at = f"{setting.section}:{setting.key}:{setting.number}"
            yield Evidence(at=at, says=says, line=setting.number)
