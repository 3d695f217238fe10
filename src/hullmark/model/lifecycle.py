"""Until when a distribution's release gets security updates that nobody pays extra for.

Sources: distro-info-data (Debian with its long term support, Ubuntu with its standard support);
https://alpinelinux.org/releases/; https://access.redhat.com/support/policy/updates/errata;
https://www.centos.org/centos-linux-eol/; https://wiki.almalinux.org/release-notes/;
https://docs.rockylinux.org/; https://www.oracle.com/a/ocom/docs/elsp-lifetime-069338.pdf
(premier support); https://docs.fedoraproject.org/en-US/releases/eol/;
https://aws.amazon.com/amazon-linux-2/faqs/; https://en.opensuse.org/Lifetime;
https://www.suse.com/lifecycle (general support); https://endoflife.date for CBL-Mariner and
Photon. Rolling releases have no end.
"""

_ENDS = {
    "almalinux": "8 2029-03-01 9 2032-05-31 10 2035-05-31",
    "alpine": (
        "3.0 2016-05-01 3.1 2016-11-01 3.2 2017-05-01 3.3 2017-11-01 3.4 2018-05-01 3.5 2018-11-01 "
        "3.6 2019-05-01 3.7 2019-11-01 3.8 2020-05-01 3.9 2020-11-01 3.10 2021-05-01 "
        "3.11 2021-11-01 3.12 2022-05-01 3.13 2022-11-01 3.14 2023-05-01 3.15 2023-11-01 "
        "3.16 2024-05-23 3.17 2024-11-22 3.18 2025-05-09 3.19 2025-11-01 3.20 2026-04-01 "
        "3.21 2026-11-01 3.22 2027-05-01 3.23 2027-11-01"
    ),
    "amzn": (
        "2011 2023-12-31 2012 2023-12-31 2013 2023-12-31 2014 2023-12-31 2015 2023-12-31 "
        "2016 2023-12-31 2017 2023-12-31 2018 2023-12-31 1 2023-12-31 2 2026-06-30"
    ),
    "centos": "5 2017-03-31 6 2020-11-30 7 2024-06-30 8 2021-12-31",
    "centos-stream": "8 2024-05-31 9 2027-05-31",
    "debian": (
        "7 2018-05-31 8 2020-06-30 9 2022-06-30 10 2024-06-30 11 2026-08-31 12 2028-06-30 "
        "13 2030-06-30"
    ),
    "fedora": (
        "28 2019-05-28 29 2019-11-26 30 2020-05-26 31 2020-11-24 32 2021-05-25 33 2021-11-30 "
        "34 2022-06-07 35 2022-12-13 36 2023-05-16 37 2023-12-05 38 2024-05-21 39 2024-11-26 "
        "40 2025-05-13 41 2025-12-15 42 2026-05-13"
    ),
    "mariner": "2.0 2025-07-31",
    "ol": "6 2021-03-31 7 2024-12-31 8 2029-07-31 9 2032-06-30 10 2035-06-30",
    "opensuse": "13.1 2016-02-03 13.2 2017-01-17 42.1 2017-05-17 42.2 2018-01-26 42.3 2019-07-01",
    "opensuse-leap": (
        "15.0 2019-12-03 15.1 2021-02-02 15.2 2022-01-04 15.3 2022-12-31 15.4 2023-12-07 "
        "15.5 2024-12-31 15.6 2026-04-30 42.3 2019-07-01"
    ),
    "photon": "1.0 2022-02-28 2.0 2022-12-31 3.0 2024-03-01",
    "rhel": "5 2017-03-31 6 2020-11-30 7 2024-06-30 8 2029-05-31 9 2032-05-31 10 2035-05-31",
    "rocky": "8 2029-05-31 9 2032-05-31 10 2035-05-31",
    "sles": (
        "11.4 2019-03-31 12 2016-06-30 12.1 2017-05-31 12.2 2018-03-31 12.3 2019-06-30 "
        "12.4 2020-06-30 12.5 2024-10-31 15 2019-12-31 15.1 2021-01-31 15.2 2021-12-31 "
        "15.3 2022-12-31 15.4 2023-12-31 15.5 2024-12-31 15.6 2025-12-31 15.7 2031-07-31"
    ),
    "ubuntu": (
        "12.04 2017-04-28 14.04 2019-04-25 14.10 2015-07-23 15.04 2016-02-04 15.10 2016-07-28 "
        "16.04 2021-04-30 16.10 2017-07-20 17.04 2018-01-13 17.10 2018-07-19 18.04 2023-05-31 "
        "18.10 2019-07-18 19.04 2020-01-23 19.10 2020-07-17 20.04 2025-05-29 20.10 2021-07-22 "
        "21.04 2022-01-20 21.10 2022-07-14 22.04 2027-06-01 22.10 2023-07-20 23.04 2024-01-25 "
        "23.10 2024-07-11 24.04 2029-05-31 24.10 2025-07-10 25.04 2026-01-15 25.10 2026-07-09"
    ),
}
"""Releases and ISO dates in turn. Only dates that their publisher has fixed to the day."""

_SAME_RELEASES = {"redhat": "rhel", "sles_sap": "sles", "sle_hpc": "sles", "sled": "sles"}
_SERVICE_PACKS = frozenset(("opensuse", "opensuse-leap", "sles"))
"""Where ``15`` is a release of its own, and no part of the name of ``15.6``."""

MAX_VERSION_CHARS = 32
"""Longer ones name no release of ours."""


def end_of_life(id: str, version: str) -> str:
    """ISO date of a release by os-release's ``ID`` and ``VERSION_ID``, empty if we know none.

    A point release has the date of its release: ``12.7`` that of ``12``, ``3.22.1`` of ``3.22``.
    """
    known = _SAME_RELEASES.get(id, id)
    words = _ENDS.get(known, "").split()
    ends = dict(zip(words[::2], words[1::2], strict=True))
    release = version[:MAX_VERSION_CHARS]
    while release and release not in ends and known not in _SERVICE_PACKS:
        release = release.rpartition(".")[0]
    return ends.get(release, "")
