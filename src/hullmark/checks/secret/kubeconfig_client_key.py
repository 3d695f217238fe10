"""Kubeconfig client key."""

from base64 import b64encode
from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.drawing import BASE64, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.proofs import base64_bytes
from hullmark.model import Severity


def _token(random: Random) -> str:
    body = b64encode(random.randbytes(1190)).decode()
    block = f"-----BEGIN RSA PRIVATE KEY-----\n{body}\n-----END RSA PRIVATE KEY-----\n"
    return b64encode(block.encode()).decode()


def _other(random: Random) -> str:
    return random.choice(
        (
            "LS0tLS1CRUdJTi...",
            "DATA+OMITTED",
            "REDACTED",
            "LS0tLS1CRUdJTi" + text(random, 60, BASE64),
            b64encode(b"-----BEGIN CERTIFICATE-----\n" + b"A" * 600).decode(),
        )
    )


@secret(
    id="kubeconfig-client-key",
    title="Kubeconfig client key",
    severity=Severity.CRITICAL,
    pattern=(
        r"""client-key-data[\"']?:[ ]{0,4}[\"']?"""
        r"(LS0tLS1CRUdJTi[0-9A-Za-z+/]{200}[0-9A-Za-z+/]*={0,2})"
    ),
    anchor=r"""client-key-data[\"']?:[ ]{0,4}[\"']?LS0tLS1CRUdJTi[0-9A-Za-z+/]{100}""",
    max_chars=4100,
    keywords=("client-key-data",),
    path="root/.kube/config",
    remediation=(
        "Take the rights of its user or group away, since client "
        "certificates cannot be revoked, and issue another."
    ),
    references=(
        "https://kubernetes.io/docs/reference/access-authn-authz/authentication/#x509-client-certificates",
    ),
    bad=lambda random: f"    client-key-data: {_token(random)}",
    good=lambda random: f"    client-key-data: {_other(random)}",
)
def kubeconfig_client_key(value: str) -> Claim | None:
    """It is the private key of a cluster's user.

    Whoever holds it and the certificate beside it is that user until the certificate expires.
    """
    return NOTHING_MORE if b"PRIVATE KEY-----" in (base64_bytes(value) or b"") else None
