"""The identifiers we ship are those of the license-expression library.

Run as a program, this module writes them anew.
"""

from itertools import chain
from pathlib import Path
from textwrap import fill

from license_expression import get_license_index  # type: ignore[import-untyped]  # ships none

import hullmark.licences
from hullmark.licences.ids import FORMER, LICENCES

IDS = Path(hullmark.licences.__file__).with_name("ids.py")

COMPOUNDS = {
    "eCos-2.0": "GPL-2.0-or-later WITH eCos-exception-2.0",
    "GPL-2.0-with-autoconf-exception": "GPL-2.0-only WITH Autoconf-exception-2.0",
    "GPL-2.0-with-bison-exception": "GPL-2.0-or-later WITH Bison-exception-2.2",
    "GPL-2.0-with-classpath-exception": "GPL-2.0-only WITH Classpath-exception-2.0",
    "GPL-2.0-with-font-exception": "GPL-2.0-only WITH Font-exception-2.0",
    "GPL-2.0-with-GCC-exception": "GPL-2.0-only WITH GCC-exception-2.0",
    "GPL-3.0-with-autoconf-exception": "GPL-3.0-only WITH Autoconf-exception-3.0",
    "GPL-3.0-with-GCC-exception": "GPL-3.0-only WITH GCC-exception-3.1",
    "wxWindows": "LGPL-2.0-or-later WITH WxWindows-exception-3.1",
}
"""Deprecated identifiers of a licence and its exception; the library holds no replacement."""

HEADER = '''"""Identifiers of licences and exceptions on the SPDX License List.

Generated from the license-expression library by tests/licences/test_ids.py; not edited by hand.
List: https://spdx.org/licenses/
"""
'''


def paragraph(words: list[str]) -> str:
    return fill(" ".join(words), 98, break_on_hyphens=False, break_long_words=False)


def render() -> str:
    """The text of ``ids.py``."""
    entries = [
        entry
        for entry in get_license_index()
        if not (entry.get("spdx_license_key") or "LicenseRef-").startswith("LicenseRef-")
        and entry["spdx_license_key"] not in COMPOUNDS
    ]
    licences = [e["spdx_license_key"] for e in entries if not e["is_exception"]]
    exceptions = [e["spdx_license_key"] for e in entries if e["is_exception"]]
    known = {id.lower() for id in licences}
    former = {
        other.lower(): entry["spdx_license_key"]
        for entry in entries
        for other in entry["other_spdx_license_keys"]
        if not entry["is_exception"]
        and not other.startswith("LicenseRef-")
        and " " not in other
        and other.lower() not in known
    }
    former |= {old.lower(): new for old, new in COMPOUNDS.items()}
    lines = chain(
        (HEADER, 'LICENCES = """'),
        (paragraph(sorted(licences, key=str.lower)), '"""', "", 'EXCEPTIONS = """'),
        (paragraph(sorted(exceptions, key=str.lower)), '"""', "", "FORMER = {"),
        (f'    "{old}": "{new}",' for old, new in sorted(former.items())),
        ("}", '"""Deprecated identifiers in lower case, and what replaces them."""', ""),
    )
    return "\n".join(lines)


def test_ids_are_those_of_the_library():
    assert IDS.read_text() == render(), f"run {Path(__file__).name} as a program"


def test_a_former_id_is_no_current_one():
    assert not FORMER.keys() & set(LICENCES.lower().split())


if __name__ == "__main__":
    IDS.write_text(render())
