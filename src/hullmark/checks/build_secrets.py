"""What in a Dockerfile is a secret by its name: files, arguments."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build, Instruction
from hullmark.checks.image_facts import holds_secret

NAMES = {
    ".npmrc": "a token of npm",
    ".yarnrc.yml": "a token of npm",
    ".pypirc": "a password of a package index",
    ".netrc": "passwords of servers",
    "_netrc": "passwords of servers",
    ".git-credentials": "passwords of Git servers",
    ".pgpass": "passwords of databases",
    ".my.cnf": "passwords of databases",
    ".htpasswd": "hashes of passwords",
    ".dockercfg": "logins of registries",
    ".vault-token": "a token of Vault",
    ".terraformrc": "a token of Terraform",
    "terraform.tfstate": "the state of Terraform, secrets included",
    "kubeconfig": "a login of a cluster",
    "credentials.json": "credentials",
    "service-account.json": "a key of a service account",
    "id_rsa": "a private key of SSH",
    "id_dsa": "a private key of SSH",
    "id_ecdsa": "a private key of SSH",
    "id_ed25519": "a private key of SSH",
    "id_ecdsa_sk": "a private key of SSH",
    "id_ed25519_sk": "a private key of SSH",
    ".env": "secrets of an environment",
    "master.key": "the master key of Rails",
}
"""Files of these names, and what they hold."""

PLACES = {
    ".aws/credentials": "keys of AWS",
    ".docker/config.json": "logins of registries",
    ".kube/config": "a login of a cluster",
    ".cargo/credentials.toml": "a token of a registry of crates",
    ".cargo/credentials": "a token of a registry of crates",
    ".gem/credentials": "a token of a registry of gems",
    ".m2/settings.xml": "passwords of Maven repositories",
    ".ssh": "private keys of SSH",
    ".aws": "keys of AWS",
    ".kube": "a login of a cluster",
    ".gnupg": "private keys of GnuPG",
}
"""Ends of paths, and what is there."""

ENDINGS = {
    ".p12": "a private key",
    ".pfx": "a private key",
    ".jks": "a key store",
    ".keystore": "a key store",
    ".ppk": "a private key of SSH",
    ".kdbx": "a password database",
    ".ovpn": "a profile of a VPN",
    "-key.pem": "a private key",
    "_key.pem": "a private key",
    "privkey.pem": "a private key",
    "private.pem": "a private key",
    "key.pem": "a private key",
    ".key": "a private key",
    ".tfvars": "variables of Terraform",
}
"""Ends of names, and what such files hold."""

HARMLESS = ("example", "sample", "template", "dist", "test", "public", "pub", "defaults", "schema")
"""Words in the names of files that show how the others look, or that everybody may read."""


def secret_file(path: str) -> str:
    """What a file holds that should not be in an image; empty where its name says nothing."""
    place = path.rstrip("/").removeprefix("./").lower()
    name = place.rpartition("/")[2]
    if {*name.replace("-", ".").replace("_", ".").split(".")} & {*HARMLESS}:
        return ""
    for ending, what in PLACES.items():
        if place == ending or place.endswith(f"/{ending}"):
            return what
    if name.startswith(".env."):
        return NAMES[".env"]
    found = NAMES.get(name, "")
    return found or next((what for end, what in ENDINGS.items() if name.endswith(end)), "")


def is_secretive(name: str) -> bool:
    """Whether a variable of this name is there for a secret."""
    return holds_secret(name, "value")


def secret_arguments(build: Build) -> Iterator[tuple[Instruction, str]]:
    """Arguments without a default that are there for secrets."""
    for each in build.every("ARG"):
        for name in each.words:
            if "=" not in name and is_secretive(name):
                yield each, name
