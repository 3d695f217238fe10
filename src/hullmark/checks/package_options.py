"""Options by which package managers install what nobody has signed."""

from hullmark.checks.shell import Command

WORDS = (
    "--allow-unauthenticated",
    "--force-yes",
    "--allow-insecure-repositories",
    "--allow-downgrades-unauthenticated",
    "--nogpgcheck",
    "--no-gpg-checks",
    "--no-gpg-check",
    "--allow-untrusted",
    "--nosignature",
    "--nodigest",
    "--gpgcheck=0",
    "--setopt=gpgcheck=0",
    "--setopt=gpgcheck=false",
    "--setopt=*.gpgcheck=0",
    "APT::Get::AllowUnauthenticated=true",
    "Acquire::AllowInsecureRepositories=true",
    "--allow-unsigned-rpm",
)
MANAGERS = frozenset(
    ("apt", "apt-get", "aptitude", "yum", "dnf", "microdnf", "tdnf", "zypper", "rpm", "apk")
)


def skips_signature(command: Command, word: str) -> bool:
    """Whether a word has a command install, or trust, what is not signed."""
    if command.program in MANAGERS:
        return word in WORDS
    writes = command.program in ("echo", "printf", "add-apt-repository")
    return writes and "[trusted=yes" in word.replace(" ", "") and "file:" not in word


def unsigned(command: Command) -> str:
    """By what a command installs what is not signed."""
    word = next((each for each in command.words if skips_signature(command, each)), "")
    said = "trusted=yes" if "trusted=yes" in word else word
    return f"{command.program} with {said}" if word else ""
