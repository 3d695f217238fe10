"""Commands that hold a file against a digest or a signature."""

from hullmark.checks.downloads import interpreter
from hullmark.checks.image_facts import SHELLS
from hullmark.checks.interpreted import interpreted
from hullmark.checks.shell import Command
from hullmark.checks.shell_words import is_option
from hullmark.model.later import regex

_ALWAYS = frozenset(
    (
        *(
            "shasum",
            "b2sum",
            "b3sum",
            "rhash",
            "gpgv",
            "gpgv2",
            "sqv",
            "minisign",
            "signify",
        ),
        *("slsa-verifier", "get-filehash", "debsig-verify", "jarsigner", "apksigner", "cmp"),
        "nix-hash",
    )
)
_BY_WORD = {
    "gpg": ("--verify", "--verify-files", "--decrypt", "-d"),
    "gpg2": ("--verify", "--verify-files", "--decrypt", "-d"),
    "openssl": ("dgst", "sha256", "sha384", "sha512", "-verify"),
    "gh": ("attestation",),
    "rpm": ("-K", "--checksig"),
    "rpmkeys": ("-K", "--checksig"),
    "certutil": ("-hashfile",),
    "cksum": ("sha224", "sha256", "sha384", "sha512", "blake2b", "sm3"),
    "codesign": ("-v", "--verify"),
}
_named = regex(r"(?i)verif|check[_-]?(?:sum|hash)|sha-?(?:1|2|224|256|384|512)|signature").search
_hashing = regex(r"hashlib|hash_file|(?i:sha-?(?:256|384|512))|Digest::").search


def checks_files(command: Command) -> bool:
    """Whether a command checks what was downloaded, also one that the script itself defines.

    MD5 is none: files with the same one are made in seconds. What another language reads from a
    here-document may check, too.
    """
    program = command.program.lower()
    if program in _ALWAYS or _named(program) or command.action.startswith("verify"):
        return True
    if command.has("--verify") or (program[:1] == "$" and command.has("-c", "--check")):
        return True
    if program in _BY_WORD:
        return command.has(*_BY_WORD[program]) or any(
            program.startswith("gpg") and is_option(word, "d") for word in command.words
        )
    if not interpreter(program):
        return False
    found = interpreted(program, command.words)
    if found.reads and program not in SHELLS:
        return any(word.startswith("<<") and word[2:3] != "<" for word in command.words)
    return bool(_named(found.file)) or any(_hashing(each) for each in found.code)
