"""Scripts that run by themselves: when a shell or the system starts, or somebody logs in."""

SHELL_STARTS = (
    "etc/profile",
    "etc/profile.d/*",
    "etc/bash.bashrc",
    "etc/bashrc",
    "etc/zsh/*",
    "etc/zshrc",
    "etc/zshenv",
    "etc/environment",
    ".bashrc",
    ".bash_profile",
    ".bash_login",
    ".bash_logout",
    ".profile",
    ".zshrc",
    ".zshenv",
    ".zprofile",
    ".kshrc",
    ".xprofile",
)
SYSTEM_STARTS = (
    "etc/rc.local",
    "etc/rc.d/rc.local",
    "etc/init.d/*",
    "etc/local.d/*",
    "etc/update-motd.d/*",
    "etc/NetworkManager/dispatcher.d/*",
    "etc/network/if-up.d/*",
    "etc/dhcp/dhclient-exit-hooks.d/*",
    "etc/X11/Xsession.d/*",
)
"""Of these ``etc/environment`` and the like are data, and hold the same faults."""
