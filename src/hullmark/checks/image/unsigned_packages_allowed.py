"""Packages that are installed without a look at their signatures."""

from collections.abc import Iterator

from hullmark.checks.build_mends import dropping, of_calls
from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import built
from hullmark.checks.image_steps import lines
from hullmark.checks.package_options import skips_signature
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="unsigned-packages-allowed",
    of_stages=True,
    title="Unsigned packages are installed",
    severity=Severity.HIGH,
    remediation="Import the key of the repository, and drop the option.",
    references=(
        "https://manpages.debian.org/stable/apt/apt-secure.8.en.html",
        "https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper",
    ),
    bad=lambda: (
        built(
            "RUN /bin/sh -c apt-get install -y --no-install-recommends --allow-unauthenticated tool"
        ),
        built("RUN /bin/sh -c dnf install -y --nogpgcheck tool && dnf clean all"),
        built("RUN /bin/sh -c apk add --no-cache --allow-untrusted /x.apk"),
        built(
            "RUN /bin/sh -c echo 'deb [trusted=yes] https://example.com/ ./'"
            " > /etc/apt/sources.list.d/x.list"
        ),
    ),
    good=lambda: (
        built("RUN /bin/sh -c echo 'deb [ trusted=yes ] file:///made ./' > /etc/apt/x.list"),
        built(
            "RUN /bin/sh -c apt-get install -y --no-install-recommends tool",
            "RUN /bin/sh -c apk add --no-cache x",
        ),
    ),
    mend=of_calls(
        dropping(skips_signature),
        says="check signatures",
        breaks="fails where the key of a repository is not imported",
        risky=True,
    ),
)
def unsigned_packages_allowed(image: Image) -> Iterator[Evidence]:
    """The signature is all that ties a package to its distribution.

    Without it whoever runs the mirror, or sits on the way to it, chooses what is installed.
    """
    for line in lines(image):
        for number, command in enumerate(line.commands, 1):
            word = next((word for word in command.words if skips_signature(command, word)), "")
            if word:
                said = "trusted=yes" if "trusted=yes" in word else word
                yield Evidence(
                    at=f"{line.at} command {number}",
                    says=f"{command.program} with {said}",
                    layer=line.layer,
                )
