"""A Jupyter server that runs code for whoever asks."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import lines
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.later import regex

_empty = regex(
    r"(?:\b(?:NotebookApp|ServerApp|IdentityProvider)\.|[\"'])token[\"']?\s{0,9}[=:]\s{0,9}(?:\"\"|'')"
)


def _bad() -> tuple[File, ...]:
    return (
        text("root/.jupyter/jupyter_notebook_config.py", "c.NotebookApp.token = ''"),
        text("etc/jupyter/jupyter_server_config.json", '{"IdentityProvider": {"token": ""}}'),
    )


def _good() -> tuple[File, ...]:
    return (
        text(
            "root/.jupyter/jupyter_notebook_config.py",
            "# c.NotebookApp.token = ''",
            "c.ServerApp.port = 8888",
        ),
    )


@file_check(
    id="jupyter-without-authentication",
    title="Jupyter runs code for whoever asks",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.HIGH,
    names=(
        "jupyter_notebook_config.py",
        "jupyter_server_config.py",
        "jupyter_lab_config.py",
        "jupyter_notebook_config.json",
        "jupyter_server_config.json",
    ),
    bad=_bad,
    good=_good,
    remediation="Remove the setting, so that a token is drawn at every start, or set a password.",
    references=("https://jupyter-server.readthedocs.io/en/latest/operators/security.html",),
)
def jupyter_without_authentication(file: File) -> Iterator[Evidence]:
    """Running code is what the server is for: whoever reaches the port has a shell.

    Worms look for such servers all day.
    """
    for number, line in lines(file):
        if _empty.search(line):
            yield Evidence(at=f"token:{number}", says="the token is empty", line=number)
