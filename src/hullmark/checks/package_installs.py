"""Commands that install packages from files, with the scripts that these bring, as root.

Package managers check what repositories sign, but of a file that they are handed they ask nothing
by default: neither dpkg and APT, nor rpm and DNF (``localpkg_gpgcheck``). apk refuses it.
"""

from collections.abc import Iterator

from hullmark.checks.shell_words import Command, is_option

_INSTALLING = ("install", "localinstall", "reinstall", "upgrade", "update")


def installed(command: Command) -> Iterator[str]:
    """Words of a command that may name files of packages which it installs."""
    only_files = command.program in ("dpkg", "rpm")
    for each in command.words if _installs(command) else ():
        if each[:1] not in ("-", "<", ">") and (
            only_files or "/" in each or each.endswith((".rpm", ".apk"))
        ):
            yield each


def _installs(command: Command) -> bool:
    program, words = command.program, command.words
    if program == "dpkg":
        return any(is_option(each, "i") for each in words) or "--install" in words
    if program == "rpm":
        short = [each for each in words if each[:1] == "-" and each[1:2] != "-"]
        asks = any(letter in each for each in short for letter in "qVKe")
        return not asks and any(letter in each for each in short for letter in "iUF")
    if program in ("apt", "apt-get", "aptitude", "dnf", "yum", "microdnf", "tdnf"):
        return command.action in _INSTALLING
    return program == "apk" and command.action == "add" and "--allow-untrusted" in words
