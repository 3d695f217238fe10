"""Host names that pass for those of well-known brands.

Homographs: https://www.unicode.org/reports/tr39/#Confusable_Detection, of which only letters that
look like one of the Latin alphabet are known here.
"""

from collections.abc import Iterator

from hullmark.model.later import regex

_BRANDS = """
    adobe airbnb alibaba aliexpress amazon americanexpress apple atlassian bankofamerica barclays
    binance bitbucket blockchain capitalone chase cisco citibank cloudflare coinbase commerzbank
    dhl discord docker docusign dropbox ebay facebook fedex github gitlab gmail google hsbc icloud
    instagram kraken kubernetes linkedin mastercard metamask microsoft mozilla netflix npmjs office
    office365 okta onedrive outlook paypal postbank postfinance pypi revolut roblox salesforce
    santander sharepoint shopify slack spotify steam steampowered stripe telegram tiktok twitch
    twitter ubuntu verizon visa wellsfargo whatsapp yahoo youtube zoom
"""

BRANDS = frozenset(_BRANDS.split())
"""Names that phishing imitates most, as they stand before the top-level domain."""

LURES = "login|signin|secure|security|verify|verification|account|update|support|billing|unlock"
CHEAP = "top|xyz|icu|click|cfd|sbs|buzz|rest|cyou|monster|quest|tk|ml|ga|cf|gq|cam|surf|zip|mov"
"""Top-level domains that cost next to nothing, and that none of these brands uses."""

MAX_HOST_CHARS = 253
MAX_HINTS = 20_000
"""Of one file."""

_FOREIGN = (
    "\u0430\u0431\u0432\u0433\u0435\u043e\u0440\u0441\u0443"
    "\u0445\u0456\u0458\u0455\u0501\u04bb\u051b\u051d\u0475"
    "\u03bf\u03b1\u03c5\u03c4\u03b9\u03ba\u03bd\u03c1"
    "\u0251\u0261\u0131\u0142\xf8\u0111\u0127\u0167"
    "0135"
)
_LATIN = "abbreopcyxijsdhqwvoautikvpagilodhtoles"
_LIKE = str.maketrans(_FOREIGN, _LATIN)
"""Cyrillic, Greek and other letters, and digits, by the Latin letter that they pass for."""

_CHEAP = frozenset(CHEAP.split("|"))
_HINTS = (
    "xn--",
    *(f"-{each}" for each in LURES.split("|")),
    *(f"{each}-" for each in LURES.split("|")),
)
_hosts = regex(r"(?i)(?<![a-z0-9-])(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}\b").finditer
_lured = regex(
    rf"(?i)^(?:{LURES})[-.]([a-z0-9]{{3,20}})\b|^([a-z0-9]{{3,20}})-(?:{LURES})\b"
).search


def imitations(text: str) -> Iterator[tuple[int, str, str]]:
    """Where a host stands that passes for a brand's, the host as written, and the brand."""
    told = -1
    for at in _hints(text.lower()):
        start = max(0, at - MAX_HOST_CHARS)
        for found in _hosts(text, start, at + MAX_HOST_CHARS):
            if not found.start() <= at < found.end() or found.start() <= told:
                continue
            host = found[0].lower()
            brand = _homograph(host) or _lure(host)
            if brand:
                told = found.start()
                yield told, host, brand


def _hints(text: str) -> list[int]:
    """Where such a name may be: looked for as plain text, which is fast."""
    found: list[int] = []
    for word in _HINTS:
        at = text.find(word)
        while at >= 0 and len(found) < MAX_HINTS:
            found.append(at)
            at = text.find(word, at + len(word))
    return sorted(found)


def _homograph(host: str) -> str:
    """The brand that a host spells with foreign letters; empty for none."""
    if "xn--" not in host:
        return ""
    for label in host.split(".")[:-1]:
        if label.startswith("xn--"):
            try:
                shown = label[4:].encode().decode("punycode")
            except UnicodeError:
                continue
            plain = shown.lower().translate(_LIKE)
            if not shown.isascii() and plain in BRANDS:
                return plain
    return ""


def _lure(host: str) -> str:
    """The brand in a name such as ``brand-login``, on a domain that costs nothing."""
    if host.rpartition(".")[2] not in _CHEAP:
        return ""
    for label in host.split(".")[:-1]:
        found = _lured(label)
        name = (found[1] or found[2]).lower() if found else ""
        if name in BRANDS:
            return name
    return ""
