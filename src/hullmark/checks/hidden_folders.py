"""Names with a dot in folders of the system, and those that build tools make there."""

SYSTEM = (
    "bin/",
    "boot/",
    "etc/",
    "lib/",
    "lib64/",
    "proc/",
    "run/",
    "sbin/",
    "sys/",
    "tmp/",
    "usr/",
    "var/",
)
KNOWN = (
    "/.build-id/",
    "/.libs/",
    "/.dylibs/",
    "/.venv/",
    "/node_modules/",
    "/.bundle/",
    "/.cache/ms-playwright/",
    "/.cache/puppeteer/",
    "/.cargo/",
    "/.dotnet/",
    "/.gem/",
    "/.next/",
    "/.nuget/",
    "/.nvm/",
    "/.output/",
    "/.pnpm-store/",
    "/.pyenv/",
    "/.rbenv/",
    "/.rustup/",
    "/.sdkman/",
    "/.yarn/",
)
"""What build tools and package managers make, wherever they are told to."""


def hidden_part(path: str) -> str:
    """The name with a dot that hides a file in a folder of the system; empty where none does."""
    if not path.startswith(SYSTEM) or any(each in f"/{path}" for each in KNOWN):
        return ""
    return next((part for part in path.split("/") if part.startswith(".")), "")
