"""Where a package's source lives, as lock files of many kinds write it.

Format: https://spdx.github.io/spdx-spec/v2.3/package-information/#77-package-download-location-field
"""

from re import compile as regex

_SCP = regex(r"(?:[\w.-]{1,64}@)?([\w.-]{1,255}):(?!//)(\S+)\Z").match
_LOGIN = regex(r"(?i)(\b(?:https?|ftps?)://)[^/@\s]*@|(://[^/:@\s]*):[^/@\s]*(?=@)").sub
_URL = regex(r"[a-z][a-z0-9+.-]{0,15}://(?:[^/@\s]*@)?([^/:\s]+)(?::\d{0,5})?/(\S+)\Z").match


def vcs_url(url: str, commit: str = "") -> dict[str, str]:
    """The qualifier that names a git repository and a commit of it; none for an empty URL."""
    if not url:
        return {}
    if "://" not in url and _SCP(url):
        url = f"ssh://{url.replace(':', '/', 1)}"
    if not url.startswith(("git+", "git://")):
        url = f"git+{url}"
    return {"vcs_url": f"{url}@{commit}" if commit else url}


def without_login(text: str) -> str:
    """A text without the names and passwords in its URLs; a user of ssh stays, as it is no secret.

    Form of a URL: https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1
    """
    if "@" not in text or "://" not in text:
        return text
    return _LOGIN(lambda found: found[1] or found[2], text)


def place(url: str) -> tuple[str, str]:
    """Host and path of a repository, without user, port and ``.git``; empty for what is no URL."""
    match = _URL(url) or ("://" not in url and _SCP(url))
    if not match:
        return "", ""
    return match[1].lower(), match[2].strip("/").removesuffix(".git")
