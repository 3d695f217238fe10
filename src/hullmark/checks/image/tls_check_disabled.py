"""Connections whose other end is not verified."""

from collections.abc import Iterator

from hullmark.checks.build_mends import checking_tls, of_calls
from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import built, sound
from hullmark.checks.image_facts import short, variables
from hullmark.checks.image_steps import lines
from hullmark.checks.tls_options import VARIABLES, insecure
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="tls-check-disabled",
    of_stages=True,
    title="TLS certificates are not verified",
    severity=Severity.MEDIUM,
    remediation=(
        "Add the authority that signs the certificate to the trust store, and drop the option or "
        "variable."
    ),
    references=(
        "https://curl.se/docs/sslcerts.html",
        "https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue",
    ),
    bad=lambda: (
        sound(env=("NODE_TLS_REJECT_UNAUTHORIZED=0",)),
        sound(env=("GIT_SSL_NO_VERIFY=true",)),
        built("RUN /bin/sh -c curl -kfsSLO https://example.com/x # buildkit"),
        built("RUN /bin/sh -c wget --no-check-certificate https://example.com/x"),
        built("RUN /bin/sh -c npm config set strict-ssl false"),
        built("RUN /bin/sh -c GIT_SSL_NO_VERIFY=1 git clone https://example.com/x"),
    ),
    good=lambda: (
        sound(env=("NODE_TLS_REJECT_UNAUTHORIZED=1", "PYTHONHTTPSVERIFY=1")),
        built(
            "RUN /bin/sh -c curl -fsSLO https://example.com/keys"
            " && tar -k -x -f a && npm config set strict-ssl true"
        ),
    ),
    mend=of_calls(
        checking_tls,
        says="check certificates",
        breaks="fails where a server has a certificate that nobody vouches for",
        risky=True,
    ),
)
def tls_check_disabled(image: Image) -> Iterator[Evidence]:
    """Anybody on the way can answer in the other end's name.

    They read what is sent, tokens among it, and send what they like.
    """
    for name, value in variables(image):
        if value.lower() in VARIABLES.get(name, ()):
            yield Evidence(at=f"Env {name}", says=f"{name} is {short(value)} in every container")
    for line in lines(image):
        for number, command in enumerate(line.commands, 1):
            option = insecure(command)
            if option:
                yield Evidence(
                    at=f"{line.at} command {number}",
                    says=f"{command.program} is called with {option}",
                    layer=line.layer,
                )
