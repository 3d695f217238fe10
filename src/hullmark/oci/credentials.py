"""Credentials of registries, from the environment and the files of docker and podman.

Formats: https://docs.docker.com/reference/cli/docker/login/ (config.json, credential helpers) and
containers-auth.json(5).
"""

import os
import select
import subprocess
import time
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator, Mapping
from contextlib import suppress
from re import compile as regex
from signal import SIGKILL
from stat import S_ISREG

import msgspec
from msgspec import Struct

from hullmark.model import SourceError

HUB_KEY = "https://index.docker.io/v1/"
"""What docker calls its hub in its own files."""

HUB_HOSTS = frozenset(("docker.io", "index.docker.io", "registry-1.docker.io"))
MAX_FILE_BYTES = 4 * 1024 * 1024
MAX_ANSWER_BYTES = 64 * 1024
"""Tokens of cloud registries reach 4 KB."""

HELPER_S = 30.0
"""Helpers of clouds ask a server themselves."""

NOT_FOUND = b"credentials not found"
"""What every helper says of a registry that it does not know."""

PASSED_ON = regex(
    r"PATH|HOME|USER|LOGNAME|LANG|LC_ALL|TMPDIR|DISPLAY|WAYLAND_DISPLAY|GNUPGHOME"
    r"|PASSWORD_STORE_DIR|DBUS_SESSION_BUS_ADDRESS|XDG_[A-Z_]+|DOCKER_CONFIG|SSL_CERT_(?:FILE|DIR)"
    r"|(?i:https?_proxy|no_proxy|all_proxy)"
    r"|AWS_[A-Z_]+|AZURE_[A-Z_]+|GOOGLE_[A-Z_]+|CLOUDSDK_[A-Z_]+"
).fullmatch
"""Variables that helpers find their keychain or cloud by; no others reach them."""

_HELPER = regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}").fullmatch


class Credentials(Struct, frozen=True, kw_only=True):
    """A user's name and password, or an ``identity`` token in place of both."""

    username: str = ""
    password: str = ""
    identity: str = ""

    def __repr__(self) -> str:
        return "Credentials(...)"


class Login(Struct, frozen=True):
    """One entry of ``auths``."""

    auth: str = ""
    username: str = ""
    password: str = ""
    identity_token: str = msgspec.field(default="", name="identitytoken")


class LoginFile(Struct, frozen=True, rename="camel"):
    """The parts of config.json and auth.json that tell of credentials."""

    auths: dict[str, Login] | None = None
    creds_store: str = ""
    cred_helpers: dict[str, str] | None = None


class Answer(Struct, frozen=True, rename="pascal"):
    """What a helper prints."""

    username: str
    secret: str


def credentials(
    host: str, repository: str, environ: Mapping[str, str], *, named: bool
) -> Credentials | None:
    """What the user has for a registry: ``None`` for none, then it is asked without.

    The environment's own are for the registry that ``HULLMARK_REGISTRY`` names, be it a mirror,
    and without that variable for one that the target ``named``. ``SourceError`` when a file or
    helper fails.
    """
    username = environ.get("HULLMARK_REGISTRY_USERNAME", "")
    only = environ.get("HULLMARK_REGISTRY")
    meant = named if only is None else _plain(only.lower()) in _names(host)
    if meant and username:
        password = environ.get("HULLMARK_REGISTRY_PASSWORD", "")
        return Credentials(username=username, password=password)
    for path in _files(environ):
        found = _from_file(path, host, repository, environ)
        if found is not None:
            return found
    return None


def _files(environ: Mapping[str, str]) -> Iterator[str]:
    """Where logins are kept, the most explicit first."""
    home = environ.get("HOME", "")
    if environ.get("REGISTRY_AUTH_FILE"):
        yield environ["REGISTRY_AUTH_FILE"]
    if environ.get("DOCKER_CONFIG") or home:
        yield f"{environ.get('DOCKER_CONFIG') or f'{home}/.docker'}/config.json"
    if environ.get("XDG_RUNTIME_DIR"):
        yield f"{environ['XDG_RUNTIME_DIR']}/containers/auth.json"
    if environ.get("XDG_CONFIG_HOME") or home:
        yield f"{environ.get('XDG_CONFIG_HOME') or f'{home}/.config'}/containers/auth.json"


def _from_file(
    path: str, host: str, repository: str, environ: Mapping[str, str]
) -> Credentials | None:
    logins = _read(path)
    if logins is None:
        return None
    for key, helper in (logins.cred_helpers or {}).items():
        if _plain(key) in _names(host):
            return _ask(helper, host, environ)
    if logins.creds_store:
        found = _ask(logins.creds_store, host, environ)
        if found is not None:
            return found
    known = {_plain(key): login for key, login in (logins.auths or {}).items()}
    for name in _names(host):
        place = f"{name}/{repository}"
        while place:
            if place in known:
                return _decoded(path, known[place])
            place = place.rpartition("/")[0]
    return None


def _read(path: str) -> LoginFile | None:
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise SourceError(path, f"cannot be read: {error.strerror}") from error
    with os.fdopen(fd, "rb") as file:
        if not S_ISREG(os.fstat(fd).st_mode):
            raise SourceError(path, "is not a regular file")
        data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise SourceError(path, f"is larger than {MAX_FILE_BYTES} bytes")
    try:
        return msgspec.json.decode(data, type=LoginFile) if data.strip() else None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise SourceError(path, "is no file of logins") from None  # the cause may quote one


def _decoded(path: str, login: Login) -> Credentials | None:
    if login.identity_token:
        return Credentials(identity=login.identity_token)
    if not login.auth:
        if not login.username:
            return None
        return Credentials(username=login.username, password=login.password)
    try:
        username, colon, password = b64decode(login.auth).decode().partition(":")
    except (Base64Error, UnicodeDecodeError, ValueError):
        raise SourceError(path, "holds a login that is not base64") from None
    if not colon:
        raise SourceError(path, "holds a login without a password")
    return Credentials(username=username, password=password.rstrip("\0"))


def _ask(helper: str, host: str, environ: Mapping[str, str]) -> Credentials | None:
    """Run ``docker-credential-HELPER get``; ``None`` when it does not know the registry."""
    program = f"docker-credential-{helper}"
    if not _HELPER(helper):
        raise SourceError(repr(program), "is no name of a credential helper")
    key = HUB_KEY if host in HUB_HOSTS else host
    status, output = _run(program, key.encode(), environ)
    if status:
        if NOT_FOUND in output[:MAX_ANSWER_BYTES]:
            return None
        raise SourceError(program, f"gave no credentials for {host}: status {status}")
    try:
        answer = msgspec.json.decode(output, type=Answer)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise SourceError(program, "answered something else than credentials") from None
    if not answer.username and not answer.secret:
        return None
    if answer.username == "<token>":
        return Credentials(identity=answer.secret)
    return Credentials(username=answer.username, password=answer.secret)


def _run(program: str, told: bytes, environ: Mapping[str, str]) -> tuple[int, bytes]:
    """Status and output of a helper, which gets no variable of ours that it does not need."""
    environment = {name: value for name, value in environ.items() if PASSED_ON(name)}
    try:
        helper = subprocess.Popen(  # noqa: S603 - a program that the user's own settings name
            [program, "get"],
            env=environment,
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise SourceError(program, f"cannot be run: {error.strerror}") from error
    until = time.monotonic() + HELPER_S
    try:
        output = _spoken(helper, told, until)
        if len(output) > MAX_ANSWER_BYTES:
            raise SourceError(program, f"answered more than {MAX_ANSWER_BYTES} bytes")
        status = helper.wait(max(0.0, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise SourceError(program, f"did not answer within {HELPER_S:.0f} s") from None
    finally:
        _kill(helper)
    return status, output


def _spoken(helper: subprocess.Popen[bytes], told: bytes, until: float) -> bytes:
    """Tell a helper the registry and take what it prints, a little more than is allowed.

    What it has started may hold its end of the pipe for ever: the time is ours.
    """
    if helper.stdin is None or helper.stdout is None:
        return b""
    said = bytearray()
    with helper.stdout as stdout:
        with suppress(BrokenPipeError), helper.stdin as stdin:
            stdin.write(told)
        poll = select.poll()
        poll.register(stdout, select.POLLIN)
        while len(said) <= MAX_ANSWER_BYTES:
            if not poll.poll(max(0.0, until - time.monotonic()) * 1000):
                raise subprocess.TimeoutExpired(helper.args, HELPER_S)
            piece = os.read(stdout.fileno(), MAX_ANSWER_BYTES + 1)
            if not piece:
                break
            said += piece
    return bytes(said)


def _kill(helper: subprocess.Popen[bytes]) -> None:
    """End a helper that still runs, and all that it has started."""
    if helper.returncode is None:
        os.killpg(helper.pid, SIGKILL)
        helper.wait()


def _names(host: str) -> tuple[str, ...]:
    return tuple(sorted(HUB_HOSTS)) if host in HUB_HOSTS else (host,)


def _plain(key: str) -> str:
    """An entry's key without scheme, and without the ``v1`` that docker once wrote."""
    rest = key.partition("://")[2] or key
    return rest.rstrip("/").removesuffix("/v1").removesuffix("/v2")
