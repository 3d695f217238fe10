"""What is never taken from lists: whoever lists it would have every image look bad."""

from ipaddress import ip_address

from hullmark.model.indicator import Indicator, IndicatorKind, host_of

EMPTY = frozenset(
    (
        "d41d8cd98f00b204e9800998ecf8427e",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    )
)
"""Digests of a file without content."""

RESOLVERS = frozenset(
    (
        *("1.1.1.1", "1.0.0.1", "1.1.1.2", "1.0.0.2", "1.1.1.3", "1.0.0.3"),
        *("8.8.8.8", "8.8.4.4", "9.9.9.9", "9.9.9.10", "9.9.9.11", "149.112.112.112"),
        *("208.67.222.222", "208.67.220.220", "4.2.2.1", "4.2.2.2", "64.6.64.6", "64.6.65.6"),
        *("94.140.14.14", "94.140.15.15", "76.76.2.0", "76.76.10.0", "77.88.8.8", "77.88.8.1"),
        *("114.114.114.114", "114.114.115.115", "119.29.29.29", "223.5.5.5", "223.6.6.6"),
        *("2606:4700:4700::1111", "2606:4700:4700::1001", "2001:4860:4860::8888"),
        *("2001:4860:4860::8844", "2620:fe::fe", "2620:fe::9", "2620:119:35::35"),
    )
)
"""Public resolvers of names, which half of all images name."""

_PARTS = "ac co com edu gov net org or ne go mil sch ltd plc me nom gob gen ind firm web"
_SECOND = frozenset(_PARTS.split())
"""Second parts that stand for no owner, where the last is a country's (``co.uk``, ``com.br``)."""

_HOSTS = """
aka.ms alpinelinux.org amazon.com amazonaws.com android.com anaconda.com anaconda.org
apache.org apple.com archlinux.org azure.com azureedge.net azurewebsites.net bitbucket.org
bit.ly blogspot.com canonical.com centos.org cloudflare.com cloudflare.net cloudfront.net
cran.r-project.org crates.io debian.org deno.land digicert.com digitaloceanspaces.com
discord.com discordapp.com docker.com docker.io dropbox.com dropboxusercontent.com elastic.co
example.com example.net example.org facebook.com fedoraproject.org freedesktop.org gcr.io
ghcr.io git-scm.com gitee.com github.com github.io githubusercontent.com gitlab.com
gitlab.io gnu.org go.dev golang.org google.com googleapis.com googleusercontent.com
gravatar.com gstatic.com hashicorp.com herokuapp.com huggingface.co instagram.com
jsdelivr.net kernel.org kubernetes.io launchpad.net letsencrypt.org linkedin.com live.com
maven.org mediafire.com microsoft.com microsoftonline.com mozilla.org netlify.app nginx.org
nodejs.org npmjs.com npmjs.org nuget.org nvidia.com office.com opensuse.org oracle.com
packagist.org pages.dev pastebin.com perl.org php.net pypi.org python.org pythonhosted.org
pytorch.org quay.io r2.dev raw.githubusercontent.com readthedocs.io readthedocs.org
redhat.com rockylinux.org ruby-lang.org rubygems.org rust-lang.org s3.amazonaws.com
sharepoint.com sourceforge.net stackoverflow.com suse.com t.co t.me telegram.org
tensorflow.org transfer.sh trycloudflare.com twitter.com ubuntu.com unpkg.com vercel.app
w3.org weebly.com wikipedia.org windows.com windows.net windowsupdate.com wordpress.com
workers.dev x.com yahoo.com yarnpkg.com youtube.com
"""
EVERYBODYS = frozenset(_HOSTS.split())
"""Hosts that whoever builds software names, and where anybody may put something.

An address of a page there (``https://pastebin.com/raw/...``) is taken, the host never.
"""

NO_HASH = "digests of empty files"
NOT_PUBLIC = "addresses that are not of the public Internet"
RESOLVES = "public resolvers of names"
TOP = "domains of the public top"
KNOWN = "hosts that everybody uses"
MAX_COUNTRY_CHARS = 2
_TWO = 2


def never(indicator: Indicator) -> str:
    """Why an entry is not taken, in the plural; empty for one that is."""
    value = indicator.value
    match indicator.kind:
        case IndicatorKind.IP:
            return _of_ip(value)
        case IndicatorKind.DOMAIN:
            return _of_domain(value)
        case IndicatorKind.URL:
            return _of_page(host_of(value))
    return NO_HASH if value in EMPTY else ""


def _of_ip(value: str) -> str:
    found = ip_address(value)
    if not found.is_global or found.is_multicast or found.is_reserved:
        return NOT_PUBLIC
    return RESOLVES if value in RESOLVERS else ""


def _of_domain(value: str) -> str:
    parts = value.split(".")
    country = len(parts) == _TWO and len(parts[1]) == MAX_COUNTRY_CHARS and parts[0] in _SECOND
    if len(parts) < _TWO or country:
        return TOP
    if value.endswith((".local", ".localdomain", ".internal", ".test", ".invalid", ".home.arpa")):
        return NOT_PUBLIC
    return KNOWN if value.removeprefix("www.") in EVERYBODYS else ""


def _of_page(host: str) -> str:
    """A page is one owner's even where its host is everybody's."""
    if ":" in host or host.replace(".", "").isdecimal():
        return _of_ip(host)
    why = _of_domain(host)
    return "" if why == KNOWN else why
