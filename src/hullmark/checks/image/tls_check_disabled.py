"""Connections whose other end is not verified."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import built, sound
from hullmark.checks.image_facts import short, variables
from hullmark.checks.image_steps import lines
from hullmark.checks.shell import Command
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image

VARIABLES = {
    "NODE_TLS_REJECT_UNAUTHORIZED": ("0",),
    "PYTHONHTTPSVERIFY": ("0",),
    "GIT_SSL_NO_VERIFY": ("1", "true"),
    "NPM_CONFIG_STRICT_SSL": ("false",),
    "npm_config_strict_ssl": ("false",),
    "CURL_INSECURE": ("1", "true"),
    "VAULT_SKIP_VERIFY": ("1", "true"),
    "GRPC_SSL_SKIP_VERIFY": ("1", "true"),
    "ANSIBLE_HOST_KEY_CHECKING": ("false",),
    "CONDA_SSL_VERIFY": ("false", "0"),
    "AWS_CLI_NO_VERIFY_SSL": ("1", "true"),
    "AZURE_CLI_DISABLE_CONNECTION_VERIFICATION": ("1",),
    "GOINSECURE": ("1",),
}
"""Variables and the values (in lower case) that switch verification off."""

WORDS = {
    "curl": ("--insecure", "--proxy-insecure"),
    "wget": ("--no-check-certificate",),
    "git": ("http.sslVerify=false", "http.sslverify=false"),
    "pip": ("--trusted-host",),
    "pip3": ("--trusted-host",),
    "python": ("--trusted-host",),
    "python3": ("--trusted-host",),
    "apk": ("--no-check-certificate",),
    "aria2c": ("--check-certificate=false",),
    "aws": ("--no-verify-ssl",),
    "dnf": ("--setopt=sslverify=false", "--setopt=sslverify=0"),
    "yum": ("--setopt=sslverify=false", "--setopt=sslverify=0"),
    "helm": ("--insecure-skip-tls-verify",),
    "kubectl": ("--insecure-skip-tls-verify", "--insecure-skip-tls-verify=true"),
    "skopeo": ("--tls-verify=false", "--src-tls-verify=false"),
    "apt-get": ("Acquire::https::Verify-Peer=false",),
    "apt": ("Acquire::https::Verify-Peer=false",),
}
SETTINGS = ("strict-ssl", "http.sslVerify", "http.sslverify", "ssl_verify", "ssl-verify")


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
            option = _insecure(command)
            if option:
                yield Evidence(
                    at=f"{line.at} command {number}",
                    says=f"{command.program} is called with {option}",
                    layer=line.layer,
                )


def _insecure(command: Command) -> str:
    """The option, setting or variable by which a command verifies nothing; empty if it does."""
    for each in command.before:
        name, _, value = each.partition("=")
        if value.lower() in VARIABLES.get(name, ()):
            return f"{name}={value}"
    if command.program == "curl" and command.short_option("k"):
        return "-k"
    for word in command.words:
        if word in WORDS.get(command.program, ()):
            return word
    sets = command.program == "git" or "set" in command.words
    for name, value in zip(command.words, command.words[1:], strict=False):
        if sets and name in SETTINGS and value.lower() in ("false", "0", "no"):
            return f"{name} {value.lower()}"
    return ""
