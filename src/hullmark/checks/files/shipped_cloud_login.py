"""What command lines of clouds keep of a login."""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.declare import file_check
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence

MAX_SEARCHED_BYTES = 4 * 1024 * 1024

_secret = regex(
    rb"access_?token|refresh_?token|private_key|secret_?access_?key|session_token|client_secret",
)

CLOUDS = {
    "/.aws/": "AWS",
    "/.azure/": "Azure",
    "/gcloud/": "Google Cloud",
    "/doctl/": "DigitalOcean",
    "/.oci/": "Oracle Cloud",
    "/.fly/": "Fly.io",
    "/.aliyun/": "Alibaba Cloud",
    "/.bluemix/": "IBM Cloud",
}


def _bad() -> tuple[File, ...]:
    return (
        text("root/.aws/sso/cache/0a1b.json", '{"accessToken": "drawn"}'),
        text("root/.azure/msal_token_cache.json", '{"RefreshToken": {"x": {"refresh_token": 1}}}'),
        text("root/.config/gcloud/access_tokens.db", "SQLite format 3 access_token"),
    )


def _good() -> tuple[File, ...]:
    return (
        text("root/.aws/cli/cache/0a1b.json", "{}"),
        text("root/.config/gcloud/credentials.db", "SQLite format 3"),
    )


@file_check(
    id="shipped-cloud-login",
    title="The image holds somebody's login to a cloud",
    kind=Kind.SECRET,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    names=(
        "**/.aws/sso/cache/*.json",
        "**/.aws/cli/cache/*.json",
        "**/.aws/login/cache/*.json",
        "**/.azure/msal_token_cache.json",
        "**/.azure/accessTokens.json",
        "**/.azure/service_principal_entries.json",
        "**/gcloud/credentials.db",
        "**/gcloud/access_tokens.db",
        "**/gcloud/application_default_credentials.json",
        "**/gcloud/legacy_credentials/*/adc.json",
        "**/doctl/config.yaml",
        "**/.fly/config.yml",
        "**/.aliyun/config.json",
        "**/.bluemix/config.json",
    ),
    bad=_bad,
    good=_good,
    remediation="Log out, which ends the tokens, and remove the folder from the image's layers.",
    references=("https://attack.mitre.org/techniques/T1552/001/",),
)
def shipped_cloud_login(file: File) -> Iterator[Evidence]:
    """Tokens that a command line keeps work for everybody who has the file.

    Those that are used to get new ones work for months.
    """
    found = _secret.search(file.read(0, MAX_SEARCHED_BYTES).lower())
    if found is None:
        return
    cloud = next((name for part, name in CLOUDS.items() if part in f"/{file.path}"), "a cloud")
    yield Evidence(at="", says=f"a login to {cloud}: holds {found[0].decode()}")
