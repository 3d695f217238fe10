"""Addresses that carry a password: scheme://user:password@host (RFC 3986, section 3.2.1)."""

from random import Random

from hullmark.checks.drawing import text
from hullmark.checks.forms import Form
from hullmark.checks.passwords import MAX_PASSWORD_CHARS, drawn

MAX_USER_CHARS = 80
MIN_SECRET_CHARS = 4

_USER = rf"[^\s:/@\"'\x60<>|,;(){{}}\[\]\\*$]{{0,{MAX_USER_CHARS}}}"
_PASSWORD = r"[^\s:/@\"'\x60<>\\(){}\[\]*$]"  # noqa: S105 - an expression
_HOST = r"(?:[A-Za-z0-9_-]|\[[0-9a-fA-F:])"


def carrying(*schemes: str) -> Form:
    """Addresses of these schemes that carry a password; expressions may be part of one."""
    start = f"(?:{'|'.join(schemes)})://{_USER}:"
    return Form(
        pattern=rf"\b{start}({_PASSWORD}{{{MIN_SECRET_CHARS},{MAX_PASSWORD_CHARS}}})@{_HOST}",
        anchor=f"{start}{_PASSWORD}{{{MIN_SECRET_CHARS},{MAX_PASSWORD_CHARS}}}@",
        max_chars=40 + MAX_USER_CHARS + MAX_PASSWORD_CHARS + 8,
        keywords=("://",),
    )


def address(random: Random, scheme: str, *, user: str = "app", port: int = 0) -> str:
    """An address with a password, as a variable of a configuration file has it."""
    host = f"db-{text(random, 4).lower()}.internal" + (f":{port}" if port else "")
    url = f"{scheme}://{user}:{drawn(random)}@{host}/main"
    return random.choice(
        (f"URL={url}", f'url: "{url}"', f"  'url' => '{url}',", f"connect {url} now")
    )


def harmless(random: Random, scheme: str) -> str:
    """An address without a password, or with what stands for one."""
    url = random.choice(
        (
            f"{scheme}://db.internal/main",
            f"{scheme}://app@db.internal/main",
            f"{scheme}://user:password@localhost/main",
            f"{scheme}://app:${{PASSWORD}}@db.internal/main",
            f"{scheme}://{{{{ user }}}}:{{{{ password }}}}@db.internal/main",
            f"{scheme}://app:<password>@db.internal/main",
            f"{scheme}://app:changeme@db.internal/main",
            f"{scheme}://%s:%s@%s/main",
            f"{scheme}://db.internal:5432/at@home",
        )
    )
    return f"URL={url}"
