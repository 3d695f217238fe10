"""Requests to one registry: who we are is told, redirects are followed, failures tried again.

Spec: https://github.com/opencontainers/distribution-spec/blob/main/spec.md
"""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from hullmark.model import SourceError
from hullmark.oci.addresses import Reach
from hullmark.oci.authorization import Authorization
from hullmark.oci.transport import (
    AGAIN,
    BusyError,
    NotTLSError,
    RefusedError,
    Response,
    Transport,
    UnconnectedError,
    UnreachableError,
    origin,
    place,
    split,
)

MAX_REDIRECTS = 5
"""Registries send to their storage, once."""

MAX_CHALLENGES = 2
"""One for who we are, one for a token that ended meanwhile."""

MAX_TRIES = 5
MAX_CONNECTS = 3
FIRST_WAIT_S = 0.5
MAX_WAIT_S = 30.0
"""The longest that a server's Retry-After is heeded."""

MAX_WAITED_S = 120.0
"""All waiting of one pull together."""

REDIRECTS = frozenset((301, 302, 303, 307, 308))


class Patience:
    """How long one pull may wait for servers that ask for it; ``stop`` ends every wait."""

    def __init__(self) -> None:
        self._left_s = MAX_WAITED_S
        self._stopped = threading.Event()
        self._lock = threading.Lock()

    def stop(self) -> None:
        """Wake those who wait."""
        self._stopped.set()

    def wait(self, tried: int, error: UnreachableError) -> None:
        """Before try ``tried + 1``; raises ``error`` when there is no use in more."""
        tries = MAX_CONNECTS if isinstance(error, UnconnectedError) else MAX_TRIES
        if tried >= tries or isinstance(error, NotTLSError):
            raise error
        asked_s = error.after_s if isinstance(error, BusyError) else 0.0
        wait_s = FIRST_WAIT_S * 2 ** (tried - 1)
        wait_s = min(max(asked_s, wait_s * random.uniform(0.5, 1.0)), MAX_WAIT_S)  # noqa: S311 - only spreads load
        with self._lock:
            self._left_s -= wait_s
            spent = self._left_s < 0
        if spent or self._stopped.wait(wait_s):
            raise error


class Exchange:
    """One registry, and one repository of it."""

    def __init__(
        self, transport: Transport, base: str, authorization: Authorization, patience: Patience
    ) -> None:
        self.base = base
        self.patience = patience
        self._transport = transport
        self._authorization = authorization

    def document(self, path: str, headers: dict[str, str], limit: int) -> tuple[Response, bytes]:
        """A whole answer, after as many tries as it is worth."""
        tried = 0
        while True:
            tried += 1
            try:
                with self.get(path, headers) as response:
                    return response, response.body(limit)
            except UnreachableError as error:
                self.patience.wait(tried, error)

    @contextmanager
    def get(
        self, path: str, headers: dict[str, str], *, patient: bool = False
    ) -> Iterator[Response]:
        """An answer that is a success, or 404 or 416, tried for once.

        ``UnreachableError`` when trying again may help.
        """
        with ExitStack() as closing:
            response = self._once(f"{self.base}{path}", headers, closing, patient=patient)
            said = f"answers with status {response.status}"
            if response.status in AGAIN:
                after_s = retry_after(response.headers.get("retry-after", ""), time.time)
                raise BusyError(place(response.url), said, after_s)
            if response.status in (401, 403):
                raise self._authorization.denied()
            if response.status not in (200, 206, 404, 416):
                raise SourceError(place(response.url), said)
            yield response

    def _once(
        self, url: str, headers: dict[str, str], closing: ExitStack, *, patient: bool
    ) -> Response:
        """One answer that neither asks who we are nor sends us elsewhere.

        Nobody leads further in than all who answered before.
        """
        redirects = challenges = 0
        asked, reach = url, Reach.MACHINE
        while True:
            at_home = origin(asked) == origin(self.base)
            sent = self._authorization.header() if at_home else ""
            told = {**headers, "Authorization": sent} if sent else headers
            led_by = Reach.USER if at_home else reach
            response = closing.enter_context(
                self._transport.ask("GET", asked, told, led_by=led_by, patient=patient)
            )
            reach = min(reach, response.reach)
            if response.status == 401 and at_home:  # noqa: PLR2004 - Unauthorized
                challenges += 1
                closing.close()
                if challenges > MAX_CHALLENGES:
                    raise self._authorization.denied()
                self._authorization.challenged(response.challenges, sent, reach)
            elif response.status in REDIRECTS:
                redirects += 1
                closing.close()
                if redirects > MAX_REDIRECTS:
                    raise RefusedError(place(url), f"sends on more than {MAX_REDIRECTS} times")
                asked = self._sent_on(asked, response.headers.get("location", ""))
            else:
                return response

    def _sent_on(self, asked: str, location: str) -> str:
        """Where a redirect leads: never from TLS to none."""
        try:
            led = split(urljoin(asked, location)).geturl()
        except ValueError as error:
            raise RefusedError(place(asked), "sends on to what is no address") from error
        if origin(led)[0] == "http" and asked.startswith("https:"):
            raise RefusedError(place(asked), f"sends on to {place(led)!r} without TLS")
        return led


def retry_after(value: str, now: Callable[[], float]) -> float:
    """Seconds that a Retry-After header asks for, 0 where it says nothing (RFC 9110, 10.2.3)."""
    if value.isascii() and value.isdigit():
        return float(value[:6])
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return 0.0
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.fromtimestamp(now(), UTC)).total_seconds())
