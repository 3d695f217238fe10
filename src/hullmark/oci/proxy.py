"""The proxy that the environment names."""

from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore2

from hullmark.model import SourceError
from hullmark.oci.addresses import PORTS
from hullmark.oci.reference import is_loopback


def proxy_of(parts: SplitResult) -> str:
    """The proxy that the environment names for an address; this machine is asked without."""
    if is_loopback(parts.hostname or ""):
        return ""
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all", "")
    return "" if not proxy or proxy_bypass(parts.netloc) else proxy


def proxied(proxy: str) -> httpcore2.Proxy:
    """A proxy by its address; ``SourceError`` when that is none."""
    refused = SourceError("proxy", "the environment's proxy is no HTTP address")
    try:
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        raise refused from None  # it may quote a password
    if parts.scheme not in PORTS or not port or not parts.hostname:
        raise refused
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    url = f"{parts.scheme}://{host}:{port}"
    name, password = unquote(parts.username or ""), unquote(parts.password or "")
    auth = (name, password) if name else None
    return httpcore2.Proxy(url, auth=auth)
