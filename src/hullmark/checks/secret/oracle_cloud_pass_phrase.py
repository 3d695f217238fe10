"""Oracle Cloud key's pass phrase."""

from random import Random

from hullmark.checks.declare import REVOKE, secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, password, stand_in


def _token(random: Random) -> str:
    return drawn(random)


@secret(
    id="oracle-cloud-pass-phrase",
    title="Oracle Cloud key's pass phrase",
    pattern=r"(?:^|\n)[ \t]{0,8}pass_phrase[ \t]{0,8}=[ \t]{0,8}(\S{4,128})",
    anchor=r"pass_phrase[ \t]{0,8}=[ \t]{0,8}\S{4}",
    max_chars=170,
    keywords=("pass_phrase",),
    names=("**/.oci/config",),
    path="root/.oci/config",
    remediation=f"{REVOKE}: Identity, Users, API Keys.",
    references=("https://docs.oracle.com/en-us/iaas/Content/API/Concepts/sdkconfig.htm",),
    bad=lambda random: f"[DEFAULT]\nregion = eu-frankfurt-1\npass_phrase={_token(random)}",
    good=lambda random: f"[DEFAULT]\nregion = eu-frankfurt-1\npass_phrase={stand_in(random)}",
)
def oracle_cloud_pass_phrase(value: str) -> Claim | None:
    """It opens the private key that lies beside it.

    With both, whoever reads them calls Oracle Cloud as that user.
    """
    return password(value)
