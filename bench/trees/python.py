"""What the package managers of Python lock and install, of small real packages."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from bench.image import kept
from bench.workshop import Make, Workshop, write

ASKED = ("jaraco.functools==4.0.1", "python-dateutil==2.9.0", "click==8.1.7", "zope.event==5.0")
DEVELOPMENT = "iniconfig==2.0.0"

PROJECT = f"""\
[project]
name = "own-app"
version = "0.1.0"
requires-python = ">=3.11,<3.14"
dependencies = {list(ASKED)!r}

[dependency-groups]
dev = ["{DEVELOPMENT}"]
"""

POETRY = """\
[tool.poetry]
name = "own-app"
version = "0.1.0"
description = ""
authors = []

[tool.poetry.dependencies]
python = ">=3.11,<3.14"
{asked}

[tool.poetry.{development}]
{developing}

[[tool.poetry.source]]
name = "kept"
url = "{index}"
"""


def pip(shop: Workshop, folder: Path) -> None:
    """Install with pip into an environment and freeze it."""
    environment = folder / "env"
    shop.call(sys.executable, "-m", "venv", environment, cwd=folder)
    own = environment / "bin" / "pip"
    shop.call(own, "install", "--quiet", *ASKED, cwd=folder)
    write(folder / "requirements.txt", shop.call(own, "freeze", "--all", cwd=folder))
    write(folder / "requirements" / "dev.txt", f"-r ../requirements.txt\n{DEVELOPMENT}\n")


def pip_compile(shop: Workshop, folder: Path) -> None:
    """Compile requirements with hashes, as uv and pip-tools do."""
    write(folder / "pyproject.toml", PROJECT)
    uv = shop.python("uv", "uv==0.8.17")
    words = ("pip", "compile", "--quiet", "--universal", "--generate-hashes", "pyproject.toml")
    shop.call(uv, *words, "-o", "requirements.txt", cwd=folder)


def uv(shop: Workshop, folder: Path) -> None:
    """Lock with uv."""
    write(folder / "pyproject.toml", PROJECT)
    shop.call(shop.python("uv", "uv==0.8.17"), "lock", "--quiet", cwd=folder)


def pylock(shop: Workshop, folder: Path) -> None:
    """Lock with pip in the standard's format."""
    command = shop.python("pip", "pip==25.3")
    shop.call(command, "lock", "--quiet", "-o", "pylock.toml", *ASKED, cwd=folder)


class Quiet(SimpleHTTPRequestHandler):
    """Lists folders and serves files, and says nothing of it."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def index(shop: Workshop) -> Iterator[str]:
    """Serve what is asked for from a folder: older Poetry asks others for more than an index."""
    wheels = kept(shop.home / "wheels", partial(download, shop))
    for wheel in wheels.glob("*.whl"):
        name = wheel.name.partition("-")[0].replace("_", "-").replace(".", "-").lower()
        at = shop.home / "index" / name / wheel.name
        at.parent.mkdir(parents=True, exist_ok=True)
        at.write_bytes(wheel.read_bytes())
    handler = partial(Quiet, directory=str(shop.home / "index"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def download(shop: Workshop, folder: Path) -> None:
    """Download what is asked for, and what that asks for."""
    folder.mkdir()
    words = ("-m", "pip", "download", "--quiet", "--only-binary", ":all:")
    shop.call(sys.executable, *words, *ASKED, DEVELOPMENT, "colorama", cwd=folder)


def poetry(requirements: tuple[str, ...], shop: Workshop, folder: Path) -> None:
    """Lock with one Poetry."""
    old = requirements[0].startswith("poetry==1.1")
    with index(shop) as address:
        text = POETRY.format(
            asked="\n".join(map(pinned, ASKED)),
            development="dev-dependencies" if old else "group.dev.dependencies",
            developing=pinned(DEVELOPMENT),
            index=address,
        )
        write(folder / "pyproject.toml", text + ("default = true\n" if old else ""))
        settings = {
            "POETRY_VIRTUALENVS_CREATE": "false",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }
        command = shop.python("poetry", *requirements)
        shop.call(command, "lock", "--no-interaction", cwd=folder, environment=settings)


def pinned(requirement: str) -> str:
    """Return a requirement as the tables of Poetry and Pipenv write it."""
    name, _, version = requirement.partition("==")
    return f'"{name}" = "=={version}"'


def pipenv(shop: Workshop, folder: Path) -> None:
    """Lock with Pipenv."""
    asked = "\n".join(map(pinned, ASKED))
    packages = f"[packages]\n{asked}\n\n[dev-packages]\n{pinned(DEVELOPMENT)}\n"
    write(folder / "Pipfile", packages)
    command = shop.python("pipenv", "pipenv==2025.0.4")
    settings = {"PIPENV_PYTHON": sys.executable, "WORKON_HOME": str(shop.home / "environments")}
    shop.call(command, "lock", cwd=folder, environment=settings)


def pdm(shop: Workshop, folder: Path) -> None:
    """Lock with PDM."""
    write(folder / "pyproject.toml", PROJECT)
    command = shop.python("pdm", "pdm==2.25.9", "unearth==0.17.5", "hishel==0.1.5")
    settings = {"PDM_CHECK_UPDATE": "false", "PDM_PYTHON": sys.executable}
    shop.call(command, "lock", "--quiet", cwd=folder, environment=settings)


POETRIES = {
    "1.1": ("poetry==1.1.15", "setuptools<70"),
    "2.0": ("poetry==1.8.5",),
    "2.1": ("poetry==2.1.4",),
}

CASES: Mapping[str, Make] = {
    "pip": pip,
    "pip-compile": pip_compile,
    "uv": uv,
    "pylock": pylock,
    **{f"poetry lock {lock}": partial(poetry, wanted) for lock, wanted in POETRIES.items()},
    "pipenv": pipenv,
    "pdm": pdm,
}
