"""Jupyter: tokens of its server."""

from hullmark.checks.declare import secret
from hullmark.checks.drawing import HEX, text
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import following, password
from hullmark.model import Severity


@secret(
    id="jupyter-token",
    title="Jupyter token",
    severity=Severity.HIGH,
    **following(
        (
            r"\bc\.(?:NotebookApp|ServerApp|IdentityProvider|JupyterHub)"
            r"\.(?:token|cookie_secret|proxy_auth_token)\s{0,4}=\s{0,4}b?"
        ),
        "c.NotebookApp",
        "c.ServerApp",
        "c.IdentityProvider",
        "c.JupyterHub",
        chars=60,
        least=6,
    ),
    path="root/.jupyter/jupyter_server_config.py",
    remediation="Set another, or none so that one is made at each start.",
    references=("https://jupyter-server.readthedocs.io/en/latest/operators/security.html",),
    bad=lambda random: f"c.ServerApp.token = '{text(random, 48, HEX)}'",
    good=lambda random: random.choice(
        (
            "c.ServerApp.token = ''",
            "# c.ServerApp.token = '<generated>'",
            "c.ServerApp.token = os.environ['TOKEN']",
        )
    ),
)
def jupyter_token(value: str) -> Claim | None:
    """Whoever reads it runs code in the notebook server."""
    return password(value)
