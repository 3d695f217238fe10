"""Well-known programs that no package manager installed, known by their names and their bytes.

One table entry for each program: how its file is called, and between which texts its version
stands. A name alone tells nothing: without a version in the file there is no program.
"""

from hullmark.binaries import languages, libraries, servers, tools
from hullmark.binaries.program import Program
from hullmark.binaries.search import Table, version

__all__ = ["PROGRAMS", "Program", "named", "version"]

PROGRAMS = (
    *languages.PROGRAMS,
    *servers.PROGRAMS,
    *tools.PROGRAMS,
    *libraries.PROGRAMS,
)

named = Table(PROGRAMS).programs
"""The programs that go by a file name; none for most names, at the cost of three look-ups."""
