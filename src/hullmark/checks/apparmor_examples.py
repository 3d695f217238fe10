"""AppArmor profiles for the examples of checks: one that is fine, with what a check needs."""

MANUAL = "https://manpages.debian.org/bookworm/apparmor/apparmor.d.5.en.html"
GUIDE = "https://kubernetes.io/docs/tutorials/security/apparmor/"


def ruled(*rules: str, flags: str = "attach_disconnected", before: str = "") -> str:
    """A profile of a web server with these rules besides its own, and a line ``before`` it."""
    lines = "".join(f"  {each}\n" for each in rules)
    return (
        f"#include <tunables/global>\n{before}\n"
        f"profile web flags=({flags}) {{\n"
        "  #include <abstractions/base>\n"
        "  network inet tcp, # serves\n"
        "  /srv/web/{html,img}/** r,\n"
        "  owner /var/log/web/*.log w,\n"
        f"{lines}"
        "}\n"
    )
