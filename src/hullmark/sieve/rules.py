"""YARA rules, compiled once.

Reference: https://virustotal.github.io/yara-x/docs/api/python/
"""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from io import BytesIO

import msgspec
import yara_x

from hullmark.model import PolicyError
from hullmark.sieve.kept import fetch, keep


def compiled(sources: Sequence[tuple[str, str]], folder: str) -> yara_x.Rules:
    """Rules of these texts, each with the place it is from, kept in the folder.

    Raises ``PolicyError`` with the place of what is no rule.
    """
    name = f"rules-{_mark(sources)}"
    stored = fetch(folder, name)
    if stored is not None:
        with suppress(Exception):  # whatever its reader cannot read is compiled anew
            return yara_x.Rules.deserialize_from(BytesIO(stored))
    compiler = yara_x.Compiler()
    for place, text in sources:
        compiler.new_namespace(place)
        try:
            compiler.add_source(text, origin=place)
        except yara_x.CompileError as error:
            raise PolicyError(place, f"is no YARA rule: {error}") from error
    rules = compiler.build()
    written = BytesIO()
    rules.serialize_into(written)
    keep(folder, name, written.getvalue())
    return rules


def _mark(sources: Sequence[tuple[str, str]]) -> str:
    said = msgspec.msgpack.encode([version("yara-x"), *sources])
    return hashlib.sha256(said).hexdigest()[:32]
