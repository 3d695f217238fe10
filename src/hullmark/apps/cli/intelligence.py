"""What others know of malware, as far as it is on hand for a scan."""

import os

from hullmark.apps.cli.target import intel_file

LIST = "block list "
"""Before the name of a list, among what a report tells of feeds."""

Feeds = tuple[tuple[str, str], ...]


def lists_on_hand() -> tuple[str, Feeds]:
    """The file of lists, empty where there are none, and the lists with their imports.

    ``StoreError`` when it is damaged.
    """
    path = intel_file()
    if not os.path.exists(path):
        return "", ()
    from hullmark.store.intel_file import reading  # noqa: PLC0415 - few have lists

    with reading(path) as known:
        lists = known.lists()
    feeds = tuple((f"{LIST}{name}", each.imported) for name, each in lists.items())
    return (path, feeds) if lists else ("", ())
