"""Options, settings and variables that switch the check of TLS certificates off."""

from hullmark.checks.shell import Command

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


def insecure(command: Command) -> str:
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


def unverified(command: Command) -> str:
    """By what a command, or all after it, verifies nothing."""
    option = insecure(command)
    if option and command.program:
        return f"{command.program} is called with {option}"
    words = command.words if command.program == "export" else ()
    for each in (*command.before, *words):
        name, _, value = each.partition("=")
        if value.lower() in VARIABLES.get(name, ()):
            return f"{name} is {value}"
    return ""
