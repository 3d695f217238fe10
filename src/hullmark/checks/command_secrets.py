"""Passwords and tokens among the words of commands, which every process list shows."""

from collections.abc import Iterator, Mapping
from re import compile as regex

from hullmark.checks.docker_commands import names_secret
from hullmark.checks.passwords import is_password
from hullmark.checks.shell import Command

_LOGINS = frozenset(
    ("docker", "podman", "nerdctl", "buildah", "skopeo", "crane", "oras", "helm", "argocd", "oc")
)
"""Programs whose ``login`` takes a password by ``-p`` or ``--password``."""

_CLIENTS: Mapping[str, tuple[str, ...]] = {
    "sshpass": ("-p",),
    "redis-cli": ("-a", "--pass"),
    "mongo": ("-p", "--password"),
    "mongosh": ("-p", "--password"),
    "mongodump": ("-p", "--password"),
    "mongorestore": ("-p", "--password"),
    "twine": ("-p", "--password"),
    "mysql": ("--password",),
    "mysqldump": ("--password",),
    "mysqladmin": ("--password",),
    "mariadb": ("--password",),
    "mariadb-dump": ("--password",),
    "mariadb-admin": ("--password",),
}
_ATTACHED = frozenset(
    ("mysql", "mysqldump", "mysqladmin", "mariadb", "mariadb-dump", "mariadb-admin", "sshpass")
)
"""Programs that take a password right after ``-p``, without a blank."""

_variable = regex(r"\$\{?([A-Za-z_]\w*)").findall
_expression = regex(r"\$\{\{\s*secrets\.").search
_OUTPUTS = ("base64", "xxd", "rev", "hexdump", "od", "tr", "sed", "fold", "cat", "tac")
"""Programs that pass on what they read in a form that masking does not know."""


def password_given(command: Command) -> str:
    """By which option a command is given a password; empty where by none."""
    program = command.program
    options = _CLIENTS.get(program, ())
    if program in _LOGINS and "login" in command.words:
        options = ("-p", "--password", "--token")
    for word, following in zip(command.words, (*command.words[1:], ""), strict=False):
        name, given, value = word.partition("=")
        if name in options and (value if given else _is_value(program, name, following)):
            return f"{program} is given a password by {name}"
        if program in _ATTACHED and word.startswith("-p") and word[2:]:
            return f"{program} is given a password by -p"
        is_user = program == "curl" and word in ("-u", "--user")
        if is_user and is_password(following.partition(":")[2]):
            return f"curl is given a user and a password by {word}"
        if program == "openssl" and following.startswith("pass:") and word.startswith("-pass"):
            return f"openssl is given a passphrase by {word}"
    if program == "htpasswd" and command.short_option("b"):
        return "htpasswd is given a password by -b"
    return ""


def printed(lines: tuple[Command, ...], known: frozenset[str] = frozenset()) -> Iterator[str]:
    """Secrets that commands of one line print; ``known`` are variables that hold some."""
    for number, command in enumerate(lines):
        if command.program not in ("echo", "printf"):
            continue
        chain = []
        for following in range(number + 1, len(lines)):
            if not lines[following].reads_pipe:
                break
            chain.append(lines[following])
        if any(_redirected(each) for each in (command, *chain)):
            continue
        if any(each.program not in _OUTPUTS for each in chain):
            continue
        text = " ".join(command.words)
        names = [each for each in _variable(text) if each in known or names_secret(each)]
        if names:
            yield f"{command.program} prints the variable {names[0]}"
        elif _expression(text):
            yield f"{command.program} prints a secret of the repository"


def _is_value(program: str, name: str, word: str) -> bool:
    """Whether a word is what the option before it asks for."""
    if program in _ATTACHED and name.startswith("--"):
        return False
    return bool(word) and not word.startswith("-")


def _redirected(command: Command) -> bool:
    return any(">" in word and not word.startswith("2>") for word in command.words)
