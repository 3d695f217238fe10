"""Kubernetes bootstrap token."""

from random import Random

from hullmark.checks.declare import secret
from hullmark.checks.drawing import LOWER, text
from hullmark.checks.kinds import NOTHING_MORE, Claim


def _token(random: Random) -> str:
    return f"{text(random, 6, LOWER)}.{text(random, 16, LOWER)}"


def _other(random: Random) -> str:
    return random.choice(
        (
            f"{text(random, 6, LOWER)}.{text(random, 10, LOWER)}",
            "abcdef.0123456789abcdef",
            "<token>",
            "$(kubeadm token create)",
            f"{text(random, 8, LOWER)}.{text(random, 16, LOWER)}",
        )
    )


def _line(random: Random, value: str) -> str:
    return random.choice((f"kubeadm join 10.0.0.1:6443 --token {value}", f"- token: {value}"))


@secret(
    id="kubeadm-bootstrap-token",
    title="Kubernetes bootstrap token",
    pattern=(
        r"""\b[tT]oken[\"']?(?:[ \t]{1,4}|[ \t]{0,4}[:=][ \t]{0,4})[\"']?([0-9a-z]{6}"""
        r"\.[0-9a-z]{16})\b"
    ),
    anchor=(
        r"""[tT]oken[\"']?(?:[ \t]{1,4}|[ \t]{0,4}[:=][ \t]{0,4})[\"']?[0-9a-z]{6}\.[0-9a-z]"""
        r"{16}"
    ),
    max_chars=50,
    keywords=(
        "token",
        "Token",
    ),
    path="root/join.sh",
    entropy=3.2,
    remediation="Delete it with kubeadm token delete, and make one when a machine joins.",
    references=("https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/",),
    bad=lambda random: _line(random, _token(random)),
    good=lambda random: _line(random, _other(random)),
)
def kubeadm_bootstrap_token(value: str) -> Claim | None:
    """It lets a machine join a cluster.

    Whoever holds it within its day makes a node of theirs, which gets pods and their secrets.
    """
    parts = value.split(".")
    if any(part.isalpha() or part.isdigit() for part in parts[1:]):
        return None  # a name and its member
    return NOTHING_MORE
