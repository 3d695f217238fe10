"""Signatures of manifests, as OpenSSH makes them: by its own program, with any of its keys.

Format: https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.sshsig. By hand:
``ssh-keygen -Y verify -f ALLOWED -I hullmark -n hullmark-mirror -s FILE.sig < FILE``, where
ALLOWED has a line ``hullmark KEY``.
"""

import os
import shutil
import subprocess
from re import MULTILINE
from re import compile as regex
from resource import RLIMIT_AS, RLIMIT_CORE, RLIMIT_CPU, RLIMIT_FSIZE, prlimit
from tempfile import TemporaryDirectory

from hullmark.model import FeedError, StoreError

SIGNATURE = "hullmark-manifest.json.sig"
PROGRAM = "ssh-keygen"
SIGNER = "hullmark"
NAMESPACE = "hullmark-mirror"
"""What is signed for another purpose does not count here."""

MAX_KEYS_BYTES = 64 * 1024
MAX_SIGNATURE_BYTES = 64 * 1024
"""The largest key that OpenSSH has, RSA of 16,384 bits, makes one of 8 KB."""

VERIFYING_S = 30
SIGNING_S = 300
"""Somebody may have to type a passphrase, or to touch a key."""

MEMORY_BYTES = 512 * 1024 * 1024
FOUND_IN = "/usr/local/bin:/usr/bin:/bin"

_keys = regex(r"^[ \t]*((?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[\w@.-]+ [A-Za-z0-9+/=]+)", MULTILINE).findall


def hold_signature(data: bytes, signature: bytes, key: str, place: str) -> None:
    """``FeedError`` for what none of the public keys in the file ``key`` has signed."""
    if len(signature) > MAX_SIGNATURE_BYTES:
        raise FeedError(place, f"its signature has more than {MAX_SIGNATURE_BYTES} bytes")
    keys = _read_keys(key)
    with TemporaryDirectory(prefix="hullmark-") as folder:
        allowed, signed = f"{folder}/allowed", f"{folder}/signature"
        with open(allowed, "w", encoding="ascii") as file:
            file.writelines(f'{SIGNER} namespaces="{NAMESPACE}" {each}\n' for each in keys)
        with open(signed, "wb") as file:
            file.write(signature)
        command = [_program(), "-Y", "verify", "-f", allowed, "-I", SIGNER]
        status, said = _verified([*command, "-n", NAMESPACE, "-s", signed], data)
    if status:
        raise FeedError(place, f"is not signed by {key}: {said!r}")


def sign(path: str, key: str) -> None:
    """Write the signature of a file beside it; ``key`` is private, or public where an agent signs.

    Whoever holds the key may be asked for a passphrase on the terminal.
    """
    command = [_program(), "-Y", "sign", "-q", "-n", NAMESPACE, "-f", key, path]
    try:
        done = subprocess.run(  # noqa: S603 - OpenSSH's own program, by its whole path
            command, timeout=SIGNING_S, check=False, stderr=subprocess.PIPE
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise StoreError(path, f"cannot be signed: {error}") from error
    if done.returncode:
        said = _words(done.stderr)
        raise StoreError(path, f"cannot be signed with {key}: {said!r}")


def _verified(command: list[str], data: bytes) -> tuple[int, str]:
    """Status and words of a verification: no shell, no variable of ours, bounded in all."""
    try:
        with subprocess.Popen(  # noqa: S603 - OpenSSH's own program, by its whole path
            command,
            env={"PATH": FOUND_IN, "LC_ALL": "C"},
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as process:
            for limit, value in (
                (RLIMIT_AS, MEMORY_BYTES),
                (RLIMIT_CPU, VERIFYING_S),
                (RLIMIT_FSIZE, 0),
                (RLIMIT_CORE, 0),
            ):
                prlimit(process.pid, limit, (value, value))
            try:
                said, _ = process.communicate(data, VERIFYING_S)
            finally:
                process.kill()
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FeedError(PROGRAM, f"cannot verify: {error}") from error
    return process.returncode, _words(said)


def _read_keys(path: str) -> list[str]:
    """Public keys, one a line as in ``id_ed25519.pub``."""
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_KEYS_BYTES + 1)
    except OSError as error:
        raise FeedError(path, f"cannot be read: {error.strerror}") from error
    if len(data) > MAX_KEYS_BYTES:
        raise FeedError(path, f"more than {MAX_KEYS_BYTES} bytes of keys")
    found: list[str] = _keys(data.decode("ascii", "replace"))
    if not found:
        raise FeedError(path, "holds no public key of OpenSSH")
    return found


def _program() -> str:
    found = shutil.which(PROGRAM, path=FOUND_IN)
    if found is None:
        raise FeedError(PROGRAM, "is not on this machine, and signatures need it")
    return os.path.realpath(found)


def _words(said: bytes) -> str:
    return said.decode("utf-8", "replace").strip()[:200]
