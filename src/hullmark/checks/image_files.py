"""What checks of images ask of files: which programs set rights, and which files are nobody's."""

from collections.abc import Container, Iterable, Iterator

from hullmark.model.image import Image
from hullmark.model.spotted import Entry

_SETTERS = frozenset(
    [
        "at",
        "bsd-write",
        "chage",
        "chfn",
        "chsh",
        "crontab",
        "dbus-daemon-launch-helper",
        "dotlockfile",
        "expiry",
        "fusermount",
        "fusermount3",
        "gpasswd",
        "locate",
        "mail-lock",
        "mail-touchlock",
        "mail-unlock",
        "mlocate",
        "mount",
        "mount.nfs",
        "newgidmap",
        "newgrp",
        "newuidmap",
        "pam_extrausers_chkpwd",
        "passwd",
        "ping",
        "ping6",
        "pkexec",
        "plocate",
        "polkit-agent-helper-1",
        "postdrop",
        "postqueue",
        "procmail",
        "pt_chown",
        "screen",
        "sg",
        "ssh-agent",
        "ssh-keysign",
        "su",
        "sudo",
        "sudoedit",
        "traceroute6.iputils",
        "umount",
        "unix_chkpwd",
        "usernetctl",
        "userhelper",
        "utempter",
        "wall",
        "write",
        "bbsuid",
        "cgexec",
        "write.ul",
        "sudoreplay",
        "doas",
    ]
)
"""Programs that distributions ship with setuid or setgid, by name."""

_DANGEROUS = frozenset(
    [
        "awk",
        "gawk",
        "mawk",
        "bash",
        "busybox",
        "cat",
        "chmod",
        "chown",
        "cp",
        "curl",
        "dash",
        "dd",
        "docker",
        "ed",
        "emacs",
        "env",
        "find",
        "gcc",
        "gdb",
        "git",
        "ip",
        "ksh",
        "less",
        "lua",
        "make",
        "more",
        "mv",
        "nano",
        "nc",
        "ncat",
        "nice",
        "nmap",
        "node",
        "openssl",
        "perl",
        "php",
        "pip",
        "python",
        "python2",
        "python3",
        "rsync",
        "ruby",
        "rvim",
        "sed",
        "sh",
        "socat",
        "ssh",
        "strace",
        "systemctl",
        "tar",
        "taskset",
        "tclsh",
        "tee",
        "time",
        "timeout",
        "unshare",
        "vi",
        "view",
        "vim",
        "vim.basic",
        "vim.tiny",
        "watch",
        "wget",
        "xargs",
        "zip",
        "zsh",
        "nsenter",
    ]
)
"""Programs that hand their rights to whoever starts them: shells, interpreters, editors."""

_SYSTEM = ("bin/", "sbin/", "usr/bin/", "usr/sbin/", "usr/lib", "usr/libexec/", "lib")


def is_folder(entry: Entry) -> bool:
    """Whether an entry is a folder."""
    return entry.kind in ("directory", "5")


def notable(image: Image, bits: int) -> Iterator[Entry]:
    """Regular files with any of these bits in their mode."""
    return (each for each in image.entries if each.mode & bits and each.kind in ("file", "0"))


def is_dangerous(entry: Entry) -> bool:
    """Whether a program hands the rights it runs with to whoever starts it."""
    name = entry.path.rpartition("/")[2]
    return name in _DANGEROUS or name.rstrip("0123456789.") in _DANGEROUS


def is_known_setter(image: Image, entry: Entry) -> bool:
    """Whether distributions ship a program of this name, here, with its rights set."""
    known = entry.path.rpartition("/")[2] in _SETTERS and entry.path.startswith(_SYSTEM)
    return known and (not image.owners or entry.path in image.owners)


def ends(path: str, endings: Iterable[str]) -> Iterator[str]:
    """Those endings that the path has, as whole parts."""
    return (each for each in endings if path == each or path.endswith(f"/{each}"))


_OTHERS = ("usr/share/", "usr/lib", "usr/src/", "var/lib/", "proc/", "opt/conda/", "usr/local/lib")
_OTHERS_INSIDE = ("node_modules/", "site-packages/", "dist-packages/", "vendor/", "/gems/")


def is_own_file(path: str, names: Container[str], endings: tuple[str, ...] = ()) -> bool:
    """Whether a file has one of the names or endings, and lies in no folder of packages."""
    name = path.rpartition("/")[2]
    if name not in names and not (endings and name.endswith(endings)):
        return False
    return not path.startswith(_OTHERS) and not any(each in path for each in _OTHERS_INSIDE)


def own_files(image: Image, names: Iterable[str], endings: tuple[str, ...] = ()) -> list[str]:
    """Files of these names or endings that lie in no folder of packages."""
    listed = frozenset(names)
    ends_so = (*listed, *endings)
    return [
        path
        for path in image.files
        if path.endswith(ends_so) and is_own_file(path, listed, endings)
    ]
