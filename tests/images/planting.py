"""A fault for each layer of an image: drawn secrets, malware, what files and settings do wrong."""

import base64
import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from random import Random
from typing import NamedTuple

import re2  # type: ignore[import-untyped]  # it has no stubs
import zstandard

import hullmark.checks.files
import hullmark.checks.malware
import hullmark.checks.secret
from hullmark.checks.kinds import Detector, FileCheck, Signature
from hullmark.unit import load
from tests.images.build import Documents, Folder, Members, Program, Symlink, tar

BIG = 66 * 1024 * 1024
BLOCK = 512 * 1024  # as the sieve reads large files


class Planted(NamedTuple):
    """A fault: its rule, where it is told, the layer of it, and one that comes after."""

    rule: str
    path: str
    layer: Members
    later: Members = ()


def drawn(id: str, seed: int) -> tuple[str, str]:
    """A line that holds a secret of a rule, and the secret."""
    detector = load(hullmark.checks.secret, Detector, id)
    assert detector, id
    line = detector.bad(Random(f"{id} {seed}"))
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    found = re2.compile(detector.pattern.encode(), options).search(line.encode())
    return line, found.group(1 if found.re.groups else 0).decode()


def zipped(*members: tuple[str, str | bytes]) -> bytes:
    """A zip of these."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return made.getvalue()


def plain(line: str) -> bytes:
    """A file with other lines around one."""
    return f"# settings\n{line}\nend\n".encode()


SECRETS: Mapping[str, tuple[str, str, Callable[[str], str | bytes]]] = {
    "github-token": ("srv/app/.env", "", plain),
    "npm-token": ("srv/app/.npmrc", "", lambda line: f"\ufeff{line}\n"),
    "stripe-secret-key": ("srv/crlf.ini", "", lambda line: f"a=1\r\n{line}\r\nb=2\r\n"),
    "aws-secret-access-key": ("root/.aws/credentials", "", plain),
    "rsa-private-key": ("etc/ssl/private/x.key", "", plain),
    "netrc-password": ("root/.netrc", "", plain),
    "generic-password": ("srv/app/settings.py", "", plain),
    "gitlab-token": ("opt/a.zip", "!/deep/a.env", lambda line: zipped(("deep/a.env", line))),
    "slack-bot-token": (
        "opt/a.tar.gz",
        "!/x/in.zip!/deep/a.env",
        lambda line: gzip.compress(tar([("x/in.zip", zipped(("deep/a.env", line)))])),
    ),
    "sendgrid-api-key": (
        "app/app.jar",
        "!/lib/b.jar!/application.yml",
        lambda line: zipped(("lib/b.jar", zipped(("application.yml", line)))),
    ),
    "doppler-token": ("srv/saved", "!/conf/a.env", lambda line: tar([("conf/a.env", line)])),
    "fly-access-token": ("srv/a.bz2", "!/a", lambda line: bz2.compress(line.encode())),
    "notion-token": ("srv/a.xz", "!/a", lambda line: lzma.compress(line.encode())),
    "pulumi-access-token": ("srv/a.zst", "!/a", lambda line: zstandard.compress(line.encode())),
    "digitalocean-token": (
        "srv/encoded.yml",
        "",
        lambda line: f"data: {base64.b64encode(plain(line)).decode()}\n",
    ),
    "linear-api-key": ("srv/wide.ps1", "", lambda line: f"a\n{line}\n".encode("utf-16")),
    "gitlab-runner-token": (
        "srv/border.txt",
        "",
        lambda line: b"y" * (BLOCK - 30) + f"\n{line}\n".encode() + b"y" * BIG,
    ),
}
"""Rule, file, the way inside it, and how the file holds the secret."""

GONE: Mapping[str, tuple[str, Members]] = {
    "shopify-access-token": ("srv/gone.txt", [("srv/.wh.gone.txt", "")]),
    "twilio-api-key": ("srv/over.txt", [("srv/over.txt", "nothing")]),
    "mailgun-api-key": ("old/deep/a.txt", [(".wh.old", "")]),
    "docker-hub-token": ("shut/deep/a.txt", [("shut", Folder()), ("shut/.wh..wh..opq", "")]),
    "figma-personal-token": ("folder/a.txt", [("folder", "a file")]),
}
"""Secrets of files that the layer after theirs hides, each in another way."""

MALWARE = (
    "stratum-miner",
    "php-request-eval",
    "reverse-shell-bash",
    "malicious-pickle",
    "download-pipe",
    "xmrig-miner",
    "kinsing-script",
)
FILES = (
    "preloaded-library",
    "odd-cron-job",
    "packed-program",
    "upx-packed",
    "setuid-shell",
    "odd-start-script",
    "shipped-ssh-host-key",
    "shipped-authorized-keys",
    "account-without-password",
    "second-root-account",
    "ssh-root-login",
    "ssh-empty-passwords",
    "sudo-without-password",
    "plain-http-apt-source",
    "unsigned-apt-source",
    "pip-without-tls-check",
    "npm-without-tls-check",
    "git-without-tls-check",
    "redis-without-protection",
    "mongodb-without-authorization",
    "directory-listing",
    "weak-tls-protocol",
    "docker-socket-without-tls",
    "insecure-registry",
    "postgres-trusts-hosts",
)
CONFIG = {
    "github-fine-grained-token": "env",
    "gitlab-deploy-token": "labels",
    "anthropic-api-key": "cmd",
    "openai-api-key": "entrypoint",
    "github-oauth-token": "history",
    "curl-user-password": "history",
    "secret-in-environment": "",
    "secret-in-build-argument": "",
    "password-set-in-build": "",
    "runs-as-root": "",
    "tls-check-disabled": "",
    "ssh-port-exposed": "",
}
"""Rules that the configuration breaks, and the text of it in which the secret is."""

WEAK = ("Zq8vT2xLw9Kp3", "Hk29sLpQ88xZw", "Gt7Rw2Lm9Xz4", "Vw8Lq2Zp6Tk")
"""Passwords of the configuration, which only their place tells."""


def planted() -> tuple[list[Planted], list[str]]:
    """Everything that layers hold, and the secrets in it."""
    found, values = [], []
    for rule, (path, inside, hold) in SECRETS.items():
        line, value = drawn(rule, 1)
        values.append(value)
        found.append(Planted(rule, path + inside, [(path, hold(line))]))
    for rule, (path, later) in GONE.items():
        line, value = drawn(rule, 1)
        values.append(value)
        found.append(Planted(rule, path, [(path, plain(line))], later))
    line, value = drawn("postman-api-key", 1)
    values.append(value)
    links: Members = [("real/x", ""), ("link", Symlink("real"))]
    found.append(Planted("", "", links))
    found.append(Planted("postman-api-key", "real/a.txt", [("link/a.txt", plain(line))]))
    for rule in MALWARE:
        signature = load(hullmark.checks.malware, Signature, rule)
        assert signature, rule
        file = signature.bad()[0]
        what = Program(file.data) if file.mode & 0o111 else file.data
        place = f"m/{rule}/{file.path}"
        later = [(f"m/{rule}/.wh.{file.path.partition('/')[0]}", "")] if len(rule) % 2 else []
        found.append(Planted(rule, place, [(place, what)], later))
    return found, values


def files() -> list[tuple[str, bytes]]:
    """A tar for the example of each check of files, with the mode that it has."""
    made = []
    for rule in FILES:
        check = load(hullmark.checks.files, FileCheck, rule)
        assert check, rule
        file = check.bad()[0]
        made.append((rule, raw_layer(file)))
    return made


def raw_layer(file) -> bytes:
    """A layer of one file and its neighbours."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for each in (file, *file.beside.values()):
            info = tarfile.TarInfo(each.path)
            info.mode, info.size = each.mode or 0o644, each.size
            info.uid, info.gid = each.uid, each.gid
            archive.addfile(info, io.BytesIO(each.data))
    return buffer.getvalue()


def configure(image: Documents) -> list[str]:
    """Plant faults in the configuration; the secrets among them."""
    said = image.config["config"]
    drawn_values = {rule: drawn(rule, 2)[1] for rule, where in CONFIG.items() if where}
    drawn_values["curl-user-password"] = WEAK[2]
    said["Env"] = [
        "PATH=/bin",
        f"GH={drawn_values['github-fine-grained-token']}",
        f"DB_PASSWORD={WEAK[0]}",
        "NODE_TLS_REJECT_UNAUTHORIZED=0",
    ]
    said["Labels"] = {"build.token": drawn_values["gitlab-deploy-token"]}
    said["Cmd"] = ["serve", "--token", drawn_values["anthropic-api-key"]]
    said["Entrypoint"] = ["/bin/sh", "-c", f"exec a --key {drawn_values['openai-api-key']}"]
    said["ExposedPorts"] = {"22/tcp": {}}
    steps = (
        f"RUN |1 NPM_AUTH_TOKEN={WEAK[1]} /bin/sh -c npm ci # buildkit",
        f"RUN /bin/sh -c curl -u deploy:{WEAK[2]} https://x.example/a > a # buildkit",
        f"RUN git clone https://ci:{drawn_values['github-oauth-token']}@code.example/x",
        f"RUN /bin/sh -c echo 'root:{WEAK[3]}' | chpasswd",
    )
    for number, step in enumerate(steps):
        image.config["history"][number]["created_by"] = step
    return [*drawn_values.values(), *WEAK]
