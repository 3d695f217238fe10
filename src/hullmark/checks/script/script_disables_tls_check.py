"""Scripts that verify nobody they connect to."""

from collections.abc import Iterator

from hullmark.checks.build_mends import checking_tls, of_script
from hullmark.checks.declare_config import script_check
from hullmark.checks.script_file import Script
from hullmark.checks.tls_options import unverified
from hullmark.model import Evidence, Severity

_BAD_1 = """\
wget --no-check-certificate https://example.com/tool
git config --global http.sslVerify false
"""


@script_check(
    id="script-disables-tls-check",
    title="Script does not verify TLS certificates",
    severity=Severity.MEDIUM,
    bad=(
        "#!/bin/sh\ncurl -kfsSLO https://example.com/tool\n",
        _BAD_1,
        "export NODE_TLS_REJECT_UNAUTHORIZED=0\nnpm config set strict-ssl false\n",
    ),
    good=(
        "curl -fsSLO https://example.com/tool\ngit config --global http.sslVerify true\n",
        "tar -k -x -f tool.tar\nexport NODE_TLS_REJECT_UNAUTHORIZED=1\n",
    ),
    remediation=(
        "Add the authority that signs the certificate to the trust store, and drop the option."
    ),
    references=(
        "https://curl.se/docs/sslcerts.html",
        "https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpsslVerify",
    ),
    mend=of_script(
        checking_tls,
        says="check certificates",
        breaks="fails where a server has a certificate that nobody vouches for",
        risky=True,
    ),
)
def script_disables_tls_check(script: Script) -> Iterator[Evidence]:
    """Anybody on the way can answer in the other end's name.

    They read what is sent, tokens among it, and choose what is downloaded.
    """
    yield from script.every(unverified)
