"""Who we are to a registry: nobody, a user by name, or the holder of a token.

Specs: RFC 7235 and 7617, https://distribution.github.io/distribution/spec/auth/token/ and, beside
it, oauth/
"""

import threading
import time
from base64 import b64encode
from collections.abc import Iterator, Sequence
from re import IGNORECASE
from re import compile as regex
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from hullmark.model import SourceError
from hullmark.oci.addresses import Reach
from hullmark.oci.credentials import Credentials
from hullmark.oci.transport import AGAIN, RefusedError, Transport, UnreachableError, place, split

DEFAULT_EXPIRY_S = 60
"""What the specification says when a server does not."""

MARGIN_S = 10.0
"""A token is renewed this long before it ends: it must outlast the request."""

MAX_TOKEN_BYTES = 64 * 1024
MAX_CHALLENGE_BYTES = 8 * 1024
_SCHEME = regex(r"\s*(Basic|Bearer)(?:\s+|$)", IGNORECASE).match
_PARAMETER = regex(
    r"\s{0,9},?\s{0,9}([A-Za-z_]{1,32})\s{0,9}=\s{0,9}"
    r'(?:"([^"]*)"|([^\s,"]+))'
).match
_TOKEN = regex(r"[!-~]+").fullmatch


class Challenge(Struct, frozen=True, kw_only=True):
    """One way that a server asks who we are: ``basic`` or ``bearer``."""

    scheme: str
    realm: str = ""
    service: str = ""
    scope: str = ""


class Granted(Struct, frozen=True):
    """A token server's answer."""

    token: str = ""
    access_token: str = ""
    expires_in: float | None = None


class Authorization:
    """What one registry is told of us for one repository, renewed when it runs out.

    Credentials go to the registry that they are for, and to the token server that it names,
    over TLS wherever the registry itself was spoken to over TLS.
    """

    def __init__(
        self, transport: Transport, registry: str, repository: str, known: Credentials | None
    ) -> None:
        self._transport = transport
        self._registry = registry
        self._repository = repository
        self._known = known
        self._header = ""
        self._ends_at = 0.0
        self._challenge: Challenge | None = None
        self._reach = Reach.INTERNET
        self._lock = threading.Lock()

    def header(self) -> str:
        """The value to send with the next request; empty before anybody asked who we are."""
        with self._lock:
            if self._challenge and time.monotonic() > self._ends_at:
                self._answer(self._challenge)
            return self._header

    def challenged(self, challenges: Sequence[str], sent: str, reach: Reach) -> None:
        """Answer what a registry asked, when it did not take what was ``sent``.

        It may name servers as far in as its own ``reach``.
        ``SourceError`` when we cannot, or could not a moment ago.
        """
        with self._lock:
            if sent != self._header:
                return  # another thread has been here meanwhile
            found = [each for header in challenges for each in read_challenges(header)]
            chosen = next((each for each in found if each.scheme == "bearer"), None)
            chosen = chosen or next(iter(found), None)
            if chosen is None:
                raise SourceError(self._registry, "asks who we are in no way that we know")
            if chosen.scheme == "basic" and (sent or not self._name()):
                raise self.denied()
            self._reach = reach
            self._answer(chosen)

    def denied(self) -> SourceError:
        """What to raise when all that we can tell of us is not enough."""
        how = "with the credentials it was given" if self._known else "without credentials"
        return SourceError(self._registry, f"does not let us read {self._repository!r} {how}")

    def _answer(self, challenge: Challenge) -> None:
        if challenge.scheme == "basic":
            self._header, self._ends_at = self._name(), float("inf")
        else:
            asked_at = time.monotonic()
            granted = self._token(challenge)
            token = granted.token or granted.access_token
            if len(token) > MAX_TOKEN_BYTES or not _TOKEN(token):
                raise SourceError(place(challenge.realm), "gave no token that can be sent")
            lasts_s = granted.expires_in or DEFAULT_EXPIRY_S
            self._header = f"Bearer {token}"
            self._ends_at = asked_at + max(lasts_s - MARGIN_S, lasts_s / 2)
        self._challenge = challenge

    def _token(self, challenge: Challenge) -> Granted:
        scope = challenge.scope or f"repository:{self._repository}:pull"
        identity = self._known.identity if self._known else ""
        asked = {"service": challenge.service, "scope": scope, "client_id": "hullmark"}
        url, content, headers = challenge.realm, b"", {"Accept": "application/json"}
        if not url.startswith("https://") and self._registry.startswith("https://"):
            raise RefusedError(place(url), "would get a token's request without TLS")
        split(url)
        if identity:
            form = {"grant_type": "refresh_token", "refresh_token": identity, **asked}
            content = urlencode(form).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        else:
            url = f"{url}{'&' if '?' in url else '?'}{urlencode(asked)}"
            if self._name():
                headers["Authorization"] = self._name()
        method = "POST" if identity else "GET"
        at_home = split(url).netloc == split(self._registry).netloc
        led_by = Reach.USER if at_home else self._reach
        asking = self._transport.ask(method, url, headers, content=content, led_by=led_by)
        with asking as response:
            if response.status in (400, 401, 403):
                raise self.denied()
            if response.status != 200:  # noqa: PLR2004 - OK
                kind = UnreachableError if response.status in AGAIN else SourceError
                raise kind(place(url), f"gave no token: status {response.status}")
            data = response.body(MAX_TOKEN_BYTES)
        try:
            return msgspec.json.decode(data, type=Granted)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise SourceError(place(url), "gave no token but something else") from None

    def _name(self) -> str:
        """Basic authentication, empty without a name."""
        if self._known is None or not self._known.username:
            return ""
        pair = f"{self._known.username}:{self._known.password}".encode()
        return f"Basic {b64encode(pair).decode()}"


def read_challenges(header: str) -> Iterator[Challenge]:
    """Every challenge of a header that is Basic or Bearer; an odd end of it is left out."""
    header = header[:MAX_CHALLENGE_BYTES]
    at = 0
    while scheme := _SCHEME(header, at):
        at = scheme.end()
        values: dict[str, str] = {}
        while found := _PARAMETER(header, at):
            at = found.end()
            values[found[1].lower()] = found[2] or found[3] or ""
        yield Challenge(
            scheme=scheme[1].lower(),
            realm=values.get("realm", ""),
            service=values.get("service", ""),
            scope=values.get("scope", ""),
        )
        at += len(header[at:]) - len(header[at:].lstrip(", "))
