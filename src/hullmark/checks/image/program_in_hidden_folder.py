"""Programs in hidden folders that no known tool makes."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.hidden_folders import hidden_part
from hullmark.checks.image_examples import marked, sound
from hullmark.checks.image_facts import TEMPORARY, by_folder
from hullmark.checks.image_files import notable
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image
from hullmark.model.rule import Confidence

KNOWN = (
    "bin",
    "bun",
    "cabal",
    "cache",
    "cargo",
    "composer",
    "config",
    "conda",
    "deno",
    "dotnet",
    "eggs",
    "fnm",
    "gem",
    "ghcup",
    "git",
    "github",
    "go",
    "gradle",
    "hg",
    "husky",
    "krew",
    "kube",
    "linuxbrew",
    "local",
    "m2",
    "mise",
    "asdf",
    "mix",
    "next",
    "node-gyp",
    "npm",
    "npm-global",
    "npm-packages",
    "nuget",
    "nvm",
    "nyc_output",
    "opam",
    "output",
    "nuxt",
    "pkgx",
    "pnpm",
    "poetry",
    "pyenv",
    "rbenv",
    "rustup",
    "rvm",
    "rye",
    "sdkman",
    "stack",
    "tox",
    "uv",
    "venv",
    "virtualenv",
    "virtualenvs",
    "volta",
    "vscode",
    "vscode-server",
    "yarn",
    "build-id",
    "libs",
    "dylibs",
    "pixi",
    "magic",
    "jbang",
    "tfenv",
    "goenv",
    "nodenv",
    "phpenv",
    "jenv",
    "swiftly",
    "swiftpm",
    "vs",
    "vscode-remote",
    "cursor-server",
    "store",
    "circleci",
    "nix-profile",
    "nox",
    "terraform",
    "terraform.d",
    "docker",
    "hooks",
    "ci",
    "travis",
    "devcontainer",
    "gitlab",
    "azure-pipelines",
    "semaphore",
    "scripts",
    "tools",
    "oh-my-zsh",
    "fzf",
    "tmux",
    "vim",
    "emacs.d",
)
"""Hidden folders of package managers and their like, without the dot."""


@image_check(
    id="program-in-hidden-folder",
    title="Program in a hidden folder",
    severity=Severity.LOW,
    confidence=Confidence.POSSIBLE,
    remediation="Find out what brought it. Remove it, or move it where people look for programs.",
    references=("https://attack.mitre.org/techniques/T1564/001/",),
    bad=lambda: (marked("var/lib/.x/kworker", 0o755), marked("usr/share/.../a", 0o755)),
    good=lambda: (
        sound(),
        marked("app/.venv/bin/python", 0o755),
        marked("root/.cargo/bin/rg", 0o755),
        marked("srv/node_modules/.bin/tsc", 0o755),
        marked("x/.y/z", 0o755, owners={"x/.y/z": "z"}),
        marked("var/lib/.x/a", 0o755, architectures={"var/lib/.x/a": "amd64"}),
    ),
)
def program_in_hidden_folder(image: Image) -> Iterator[Evidence]:
    """A plain listing does not show it: that is how intruders keep their programs.

    Binaries in folders of the system have a rule of their own, hidden-program.
    """
    paths = [
        entry.path
        for entry in notable(image, 0o111)
        if entry.path not in image.owners
        and _is_hidden(entry.path)
        and not (entry.path in image.architectures and hidden_part(entry.path))
    ]
    yield from by_folder(image, paths, 4, "programs")


def _is_hidden(path: str) -> bool:
    folders = [part for part in path.split("/")[:-1] if part.startswith(".")]
    return (
        bool(folders)
        and not path.startswith(TEMPORARY)
        and not any(folder[1:] in KNOWN for folder in folders)
    )
