"""Files of many kinds around a text, as people write them."""

import json
from collections.abc import Callable
from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of file: its name, and what it is with a text in it."""

    id: str
    name: str
    around: Callable[[str], bytes]


def _between(before: str, after: str = "", indent: str = "") -> Callable[[str], bytes]:
    """A text, each line behind ``indent``, between two others."""

    def around(text: str) -> bytes:
        lines = "\n".join(indent + line for line in text.split("\n"))
        return f"{before}\n{lines}\n{after}".encode()

    return around


def _json(text: str) -> bytes:
    content = {"name": "service", "replicas": 3, "note": text, "debug": False}
    return json.dumps(content, indent=2).encode()


def _notebook(text: str) -> bytes:
    cell = {
        "cell_type": "code",
        "metadata": {},
        "outputs": [],
        "source": text.splitlines(keepends=True),
    }
    return json.dumps({"cells": [cell], "nbformat": 4, "nbformat_minor": 5}, indent=1).encode()


def _crlf(text: str) -> bytes:
    return ("[main]\nmode = fast\n" + text + "\nretries = 3\n").replace("\n", "\r\n").encode()


def _log(text: str) -> bytes:
    lines = (f"2026-03-0{day}T08:15:0{day}Z INFO request served in {day} ms" for day in range(1, 9))
    return "\n".join([*lines, f"2026-03-09T08:15:09Z DEBUG {text}", "done", ""]).encode()


def _minified(text: str) -> bytes:
    code = "function a(b,c){return b?c:a(c,b)}var e=[1,2,3].map(d=>d*2);"
    half = code * (MEGABYTE // 2 // len(code))
    return f"{half}\n{text}\n{half}".replace("\n", " ").encode()


def _large(text: str) -> bytes:
    half = "2026-03-01 served /index.html to somebody in 12 ms\n" * (MEGABYTE // 51)
    return f"{half}{text}\n{half}".encode()


KINDS = (
    Kind(id="plain", name="app.env", around=_between("MODE=fast\nRETRIES=3", "DEBUG=0\n")),
    Kind(id="yaml", name="app.yaml", around=_between("name: app\nnote: |", "mode: fast\n", "  ")),
    Kind(id="json", name="settings.json", around=_json),
    Kind(id="toml", name="app.toml", around=_between("[main]\nnote = '''", "'''\n")),
    Kind(id="ini", name="app.ini", around=_between("; written by hand\n[main]", "[other]\n")),
    Kind(id="py", name="app.py", around=_between('import os\n\nNOTE = """', '"""\n')),
    Kind(id="js", name="app.js", around=_between("const note = String.raw`", "`;\nrun(note);\n")),
    Kind(id="ts", name="app.ts", around=_between("export const note: string = `", "`;\n", "  ")),
    Kind(id="go", name="main.go", around=_between("package main\n\nconst note = `", "`\n")),
    Kind(
        id="java", name="App.java", around=_between('class A {\n String s = """', '""";\n}\n', " ")
    ),
    Kind(id="xml", name="app.xml", around=_between("<app>\n  <![CDATA[", "]]>\n</app>\n", "    ")),
    Kind(id="properties", name="app.properties", around=_between("# settings", "mode=fast\n")),
    Kind(id="sh", name="start.sh", around=_between("#!/bin/sh\nset -eu", 'exec app "$@"\n')),
    Kind(id="dockerfile", name="Dockerfile", around=_between("FROM debian\nRUN <<END", "END\n")),
    Kind(id="md", name="NOTES.md", around=_between("# How to start\n\n```", "```\n")),
    Kind(
        id="tf", name="main.tf", around=_between("locals {\n  note = <<-END", "  END\n}\n", "    ")
    ),
    Kind(id="ipynb", name="work.ipynb", around=_notebook),
    Kind(
        id="html", name="index.html", around=_between("<html><body><pre>", "</pre></body></html>")
    ),
    Kind(id="sql", name="fill.sql", around=_between("SELECT 1;\n/*", "*/\nSELECT 2;\n")),
    Kind(id="log", name="app.log", around=_log),
    Kind(id="crlf", name="windows.conf", around=_crlf),
    Kind(id="no newline", name="tail.conf", around=lambda text: f"mode fast\n{text}".encode()),
    Kind(id="utf-8 with mark", name="mark.txt", around=lambda text: f"\ufeff{text}\n".encode()),
    Kind(id="utf-16", name="wide.ps1", around=lambda text: f"# run\r\n{text}\r\n".encode("utf-16")),
)
"""The first is what a detector for certain files gets, under its own name."""

BIG = (
    Kind(id="2 MB", name="served.log", around=_large),
    Kind(id="minified", name="bundle.js", around=_minified),
)
