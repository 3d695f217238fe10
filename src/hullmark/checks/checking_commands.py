"""Commands that hold a file against a digest or a signature."""

from hullmark.checks.downloads import interpreter
from hullmark.checks.interpreted import interpreted
from hullmark.checks.shell import Command
from hullmark.checks.shell_words import is_option
from hullmark.model.later import regex

_ALWAYS = frozenset(
    (
        *("shasum", "b2sum", "b3sum", "rhash", "gpgv", "gpgv2", "sqv", "minisign", "signify"),
        *("slsa-verifier", "get-filehash", "debsig-verify", "jarsigner", "apksigner"),
    )
)
_BY_WORD = {
    "gpg": ("--verify", "--verify-files", "--decrypt", "-d"),
    "gpg2": ("--verify", "--verify-files", "--decrypt", "-d"),
    "cosign": ("verify", "verify-blob", "verify-attestation", "verify-blob-attestation"),
    "openssl": ("dgst", "sha256", "sha384", "sha512", "-verify", "verify"),
    "gh": ("attestation",),
    "ssh-keygen": ("verify",),
    "sq": ("verify",),
    "rpm": ("-K", "--checksig"),
    "rpmkeys": ("-K", "--checksig"),
    "certutil": ("-hashfile",),
    "codesign": ("-v", "--verify"),
}
_named = regex(r"(?i)verif|check[_-]?(?:sum|hash)|sha-?(?:1|2|224|256|384|512)|signature").search
_hashing = regex(r"hashlib|hash_file|(?i:sha-?(?:256|384|512))|Digest::").search


def checks_files(command: Command) -> bool:
    """Whether a command checks what was downloaded, also one that the script itself defines.

    MD5 is none: files with the same one are made in seconds.
    """
    program = command.program.lower()
    if program in _BY_WORD:
        return command.has(*_BY_WORD[program]) or any(
            program.startswith("gpg") and is_option(word, "d") for word in command.words
        )
    if program in _ALWAYS or _named(program):
        return True
    code = interpreted(program, command.words).code if interpreter(program) else ()
    return any(_hashing(each) for each in code)
