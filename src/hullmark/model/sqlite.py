"""SQLite databases of others: read from a copy in memory, within bounds, whatever their schema.

Format: https://www.sqlite.org/fileformat2.html
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from hullmark.model.errors import ParseError
from hullmark.model.file import File
from hullmark.model.write_ahead_log import MAGIC, settled

MAX_VALUE_BYTES = 64 * 1024 * 1024
"""Ten times the largest headers of rpms, those of packages with 100,000 files."""

MAX_STEPS = 200
STEP = 100_000
"""SQLite's instructions between two looks at the clock: reading a row takes some five."""


def rows(
    file: File, log: str, table: str, columns: str, limit: int
) -> Iterator[tuple[object, ...]]:
    """The rows of a table, which is the one thing that may be read.

    Transactions that are still in the write-ahead ``log`` beside the file count. ``ParseError``
    when both together have more than ``limit`` bytes, or the rows more than both.
    """
    written = file.near(log)
    size = file.size + (written.size if written else 0)
    if size > limit:
        raise ParseError(file.path, f"{size} bytes are more than {limit}")
    frames = written.read(0, written.size) if written else b""
    image = settled(file.read(0, file.size), frames, limit)
    if not image.startswith(MAGIC):
        raise ParseError(file.path, "no SQLite database")
    readable = {(sqlite3.SQLITE_READ, table), (sqlite3.SQLITE_READ, "sqlite_master")}
    steps = iter(range(MAX_STEPS))

    def allowed(action: int, first: str | None, *_: str | None) -> int:
        """No view, function, trigger or virtual table of a hostile schema."""
        wanted = action == sqlite3.SQLITE_SELECT or (action, first) in readable
        return sqlite3.SQLITE_OK if wanted else sqlite3.SQLITE_DENY

    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES)
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA cell_size_check = ON")
            database.deserialize(image)
            database.set_authorizer(allowed)
            database.set_progress_handler(lambda: next(steps, None) is None, STEP)
            left = len(image)
            for row in database.execute(f"SELECT {columns} FROM {table}"):  # noqa: S608 - ours both
                left -= sum(len(each) if isinstance(each, (bytes, str)) else 1 for each in row)
                if left < 0:
                    raise ParseError(file.path, "its rows share pages")
                yield row
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise ParseError(file.path, f"unreadable SQLite: {str(error)[:200]}") from error
