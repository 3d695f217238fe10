"""Proxies with user and password in the environment."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import variables
from hullmark.model import Evidence, Severity
from hullmark.model.finding import Kind
from hullmark.model.image import Image

NAMES = frozenset(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"))


@image_check(
    id="proxy-credentials-in-environment",
    of_build=True,
    title="Proxy with a password in the environment",
    severity=Severity.HIGH,
    kind=Kind.SECRET,
    remediation=(
        "Change the password, and give proxies to the build as predefined arguments (--build-arg "
        "HTTP_PROXY), which no history keeps."
    ),
    references=("https://docs.docker.com/build/building/variables/#proxy-arguments",),
    bad=lambda: (sound(env=("HTTP_PROXY=http://jo:pass123@proxy.example:3128",)),),
    good=lambda: (
        sound(env=("HTTP_PROXY=http://proxy.example:3128", "https_proxy=http://jo@proxy.example")),
    ),
    left="the password is to be changed, and whoever calls the build has to name the proxy",
)
def proxy_credentials_in_environment(image: Image) -> Iterator[Evidence]:
    """Whoever pulls the image reads the password, and it is mostly a person's."""
    for name, value in variables(image):
        account, at, _ = value.partition("://")[2].rpartition("@")
        if name.lower() in NAMES and at and account.partition(":")[2]:
            yield Evidence(at=f"Env {name}", says=f"{name} holds the password of a proxy's user")
