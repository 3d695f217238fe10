"""A mirror of advisories over HTTP, on this machine."""

import ssl
import threading
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote


class Server:
    """A folder over HTTP: what was asked and sent, and what each path answers in its place."""

    def __init__(self, folder, certificate=""):
        self.asked = []
        self.answers = {}
        self.slow = {}
        self.ranges = []
        self.sent = []
        self.lock = threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                path = self.path.lstrip("/")
                server.asked.append(f"{self.command} {path}")
                waiting = server.answers.get(path) if self.command == "GET" else None
                with server.lock:
                    answer = waiting.pop(0) if waiting else None
                if path in server.slow:
                    answer = server.slow[path]()
                status, headers, data = answer or self.found(folder / unquote(path))
                server.sent.append((path, status))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(data)
                self.close_connection = True

            do_HEAD = do_GET  # noqa: N815 - the library calls it so

            def found(self, at):
                if not at.is_file():
                    return 404, {}, b""
                data = at.read_bytes()
                state = f'"{sha256(data).hexdigest()}"'
                if self.headers.get("If-None-Match") == state:
                    return 304, {}, b""
                wanted = self.headers.get("Range", "")
                if not wanted or self.headers.get("If-Range", state) != state:
                    return 200, {"ETag": state}, data
                start = int(wanted.removeprefix("bytes=").removesuffix("-"))
                server.ranges.append(start)
                if start >= len(data):
                    return 416, {"Content-Range": f"bytes */{len(data)}"}, b""
                told = f"bytes {start}-{len(data) - 1}/{len(data)}"
                return 206, {"ETag": state, "Content-Range": told}, data[start:]

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if certificate:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(certificate)
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.url = f"http{'s' if certificate else ''}://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), daemon=True
        )
        self._thread.start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
