"""Programs that run with the rights of their owner, and should not."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import marked, sound
from hullmark.checks.image_facts import each_of, owner, short
from hullmark.checks.image_files import is_dangerous, is_known_setter, notable
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="unusual-setuid-program",
    title="Unusual setuid program",
    severity=Severity.HIGH,
    remediation="Take the bit away (chmod u-s), and find out who set it.",
    references=(
        "https://man7.org/linux/man-pages/man7/inode.7.html",
        "https://attack.mitre.org/techniques/T1548/001/",
    ),
    bad=lambda: (
        marked("opt/tool", 0o4755),
        marked("usr/bin/find", 0o4755),
        marked("opt/bash", 0o6755),
    ),
    good=lambda: (
        sound(),
        marked("usr/bin/su", 0o4755),
        marked("usr/lib/openssh/ssh-keysign", 0o4755),
        marked("opt/tool", 0o4755, owners={"opt/tool": "tool"}),
    ),
)
def unusual_setuid_program(image: Image) -> Iterator[Evidence]:
    """Whoever starts it gets its owner's rights: shells, editors and find hand root out at once.

    Intruders leave such files behind to become root again.
    """
    entries = {
        entry.path: entry
        for entry in notable(image, 0o4000)
        if not is_known_setter(image, entry)
        and (is_dangerous(entry) or entry.path not in image.owners)
    }
    yield from each_of(
        image,
        entries,
        lambda path: f"{short(path)} runs as user {entries[path].uid}{owner(image, path)}",
        "setuid programs",
    )
