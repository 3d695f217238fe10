"""Kubernetes service account token."""

from base64 import urlsafe_b64encode
from json import dumps
from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.drawing import BASE64URL, LOWER, text
from hullmark.checks.kinds import Claim
from hullmark.checks.tokens import expiry, parts
from hullmark.model import Severity

_ACCOUNT = "system:serviceaccount:"


def _account(random: Random) -> str:
    return f"{_ACCOUNT}{text(random, 6, LOWER)}:default"


def _encoded(said: dict[str, object]) -> str:
    return urlsafe_b64encode(dumps(said).encode()).decode().rstrip("=")


def _made_out_to(random: Random, subject: str) -> str:
    head = _encoded({"alg": "RS256", "kid": text(random, 43, BASE64URL)})
    return f"{head}.{_encoded({'sub': subject})}.{text(random, 342, BASE64URL)}"


def _token(random: Random) -> str:
    claims: dict[str, object] = {"iss": "kubernetes/serviceaccount", "sub": _account(random)}
    if random.random() < 1 / 2:
        claims |= {"iss": "https://kubernetes.default.svc", "exp": 2_000_000_000}
    head = _encoded({"alg": "RS256", "kid": text(random, 43, BASE64URL)})
    return f"{head}.{_encoded(claims)}.{text(random, 342, BASE64URL)}"


def _other(random: Random) -> str:
    return random.choice(
        (
            _made_out_to(random, text(random, 12)),
            "eyJhbGciOi...",
            "${KUBE_TOKEN}",
            f"eyJhbGciOi{text(random, 40)}.eyJ{text(random, 60)}.{text(random, 90)}",
        )
    )


@secret(
    id="kubernetes-service-account-token",
    title="Kubernetes service account token",
    severity=Severity.CRITICAL,
    pattern=(
        r"\b(eyJhbGciOi[0-9A-Za-z_-]{10}[0-9A-Za-z_-]*\.eyJ[0-9A-Za-z_-]{20}[0-9A-Za-z_-]*"
        r"\.[0-9A-Za-z_-]{80}[0-9A-Za-z_-]*)"
    ),
    anchor=r"eyJhbGciOi[0-9A-Za-z_-]{10,400}\.eyJ",
    max_chars=3300,
    keywords=("eyJhbGciOi",),
    path="var/run/secrets/token.yaml",
    remediation=(
        "Delete the Secret that holds it or the service "
        "account, and let pods get tokens from the cluster."
    ),
    references=("https://kubernetes.io/docs/concepts/security/service-accounts/",),
    bad=lambda random: f"token: {_token(random)}",
    good=lambda random: f"token: {_other(random)}",
)
def kubernetes_service_account_token(value: str) -> Claim | None:
    """It acts as a service account in a cluster.

    Whoever holds it and reaches the API server does all that the account may; those of the
    older kind never expire.
    """
    found = parts(value)
    subject = str(found[1].get("sub", "")) if found else ""
    if not found or not subject.startswith(_ACCOUNT):
        return None
    until = expiry(found[1])
    ends = f"expires {until:%Y-%m-%d}" if until else "never expires"
    return Claim(says=f"of {subject.removeprefix(_ACCOUNT)!r}, {ends}")
