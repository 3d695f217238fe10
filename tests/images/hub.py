"""A registry in a thread: obedient, until a test says otherwise."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from hullmark.unit import Access
from tests.images.build import Documents, sha256


class Server(ThreadingHTTPServer):
    """Threads die with the test; a client that hangs up is nothing to tell of."""

    daemon_threads = True
    hub: "Hub"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients hang up in these tests."""


class Handler(BaseHTTPRequestHandler):
    """One request; ``answer`` is for tests too."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        hub = self.server.hub
        hub.asked.append((self.path, dict(self.headers)))
        if not hub.first(self):
            hub.obey(self)

    do_POST = do_GET  # noqa: N815 - the library's name

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""

    def answer(self, status: int, body: bytes = b"", **headers: str) -> bool:
        """Send all of it; a header's underscores are dashes."""
        self.send_response(status)
        sent = {"content_length": str(len(body)), **headers}
        for name, value in sent.items():
            if value:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        return True


class Hub:
    """One repository ``app``; ``first`` may answer a request in its place and then says so."""

    def __init__(self, blobs: dict[str, bytes], top: dict[str, Any], tag: str = "1") -> None:
        self.blobs = blobs
        self.tags = {tag: top["digest"]}
        self.types = {top["digest"]: top["mediaType"]}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.first: Callable[[Handler], bool] = lambda _: False
        self.prefix = "/v2/app/"
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.hub = self
        self.host = f"127.0.0.1:{self.server.server_address[1]}"
        self.access = Access(plain_http=(self.host,))
        self.target = f"registry:{self.host}/app:{tag}"
        threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()

    def obey(self, request: Handler) -> None:
        """Answer as the specification says."""
        kind, _, name = request.path.removeprefix(self.prefix).partition("/")
        digest = self.tags.get(name, name)
        data = self.blobs.get(digest)
        if data is None or not request.path.startswith(self.prefix):
            request.answer(404, b"{}")
        elif kind == "manifests":
            media_type = self.types.get(digest) or json.loads(data).get("mediaType", "")
            request.answer(200, data, content_type=media_type, docker_content_digest=sha256(data))
        elif asked := request.headers.get("Range", ""):
            start = int(asked.removeprefix("bytes=").partition("-")[0])
            if start >= len(data):
                request.answer(416)
                return
            span = f"bytes {start}-{len(data) - 1}/{len(data)}"
            request.answer(206, data[start:], content_range=span)
        else:
            request.answer(200, data)

    @property
    def fetched(self) -> list[str]:
        """Digests of the blobs that were asked for."""
        return [path.rpartition("/")[2] for path, _ in self.asked if "/blobs/" in path]


@contextmanager
def hub(image: Documents, top: dict[str, Any] | None = None) -> Iterator[Hub]:
    """An image served for as long as the block lasts."""
    made = Hub(image.blobs, top or image.manifest())
    try:
        yield made
    finally:
        made.server.shutdown()
        made.server.server_close()
