"""Packages that nobody vouches for."""

from collections.abc import Iterator

from hullmark.checks.build_mends import dropping, of_script
from hullmark.checks.declare_config import script_check
from hullmark.checks.package_options import skips_signature, unsigned
from hullmark.checks.script_file import Script
from hullmark.model import Evidence, Severity


@script_check(
    id="script-installs-unsigned-packages",
    title="Script installs unsigned packages",
    severity=Severity.HIGH,
    bad=(
        "#!/bin/sh\napt-get install -y --allow-unauthenticated tool\n",
        "dnf install -y --nogpgcheck tool\n",
        "apk add --allow-untrusted ./tool.apk\n",
    ),
    good=("apt-get install -y tool\ndnf install -y tool\n", "echo --nogpgcheck\n"),
    remediation="Import the key of the repository, and drop the option.",
    references=("https://manpages.debian.org/stable/apt/apt-secure.8.en.html",),
    mend=of_script(
        dropping(skips_signature),
        says="check signatures",
        breaks="fails where the key of a repository is not imported",
        risky=True,
    ),
)
def script_installs_unsigned_packages(script: Script) -> Iterator[Evidence]:
    """Whoever runs the mirror, or sits on the way to it, chooses what is installed."""
    yield from script.every(unsigned)
