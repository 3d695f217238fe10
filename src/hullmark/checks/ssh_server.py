"""Settings of OpenSSH's server: sshd_config(5)."""

from collections.abc import Iterator

from hullmark.checks.lines import Setting, settings
from hullmark.model import File

SSHD_CONFIG = ("etc/ssh/sshd_config", "etc/ssh/sshd_config.d/*.conf")
MANUAL = "https://man.openbsd.org/sshd_config"


def set_to(file: File, key: str, *values: str) -> Iterator[Setting]:
    """Where a key, in lower case, is set to one of these values.

    Of several settings the first one counts, and those below ``Match`` where that applies.
    """
    seen = in_match = False
    for setting in settings(file, ("#",)):
        if setting.key == "match":
            in_match = True
        if setting.key != key or (seen and not in_match):
            continue
        seen = True
        if setting.value.lower() in values:
            yield setting
