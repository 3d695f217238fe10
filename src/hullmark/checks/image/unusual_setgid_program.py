"""Programs that run with the rights of their group, and should not."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import marked, sound
from hullmark.checks.image_facts import each_of, owner, short
from hullmark.checks.image_files import is_dangerous, is_known_setter, notable
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="unusual-setgid-program",
    title="Unusual setgid program",
    severity=Severity.MEDIUM,
    remediation="Take the bit away (chmod g-s), and find out who set it.",
    references=(
        "https://man7.org/linux/man-pages/man7/inode.7.html",
        "https://attack.mitre.org/techniques/T1548/001/",
    ),
    bad=lambda: (marked("opt/tool", 0o2755), marked("usr/bin/vim", 0o2755)),
    good=lambda: (sound(), marked("usr/bin/chage", 0o2755), marked("opt/data", 0o2644)),
)
def unusual_setgid_program(image: Image) -> Iterator[Evidence]:
    """Whoever starts it gets the rights of its group: that of root or shadow reads passwords."""
    entries = {
        entry.path: entry
        for entry in notable(image, 0o2000)
        if entry.mode & 0o011
        and not entry.mode & 0o4000
        and not is_known_setter(image, entry)
        and (is_dangerous(entry) or entry.path not in image.owners)
    }
    yield from each_of(
        image,
        entries,
        lambda path: f"{short(path)} runs as group {entries[path].gid}{owner(image, path)}",
        "setgid programs",
    )
