"""What is found by the lists and daemons of others."""

from hullmark.model import Rule, Severity
from hullmark.model.finding import Kind

KNOWN_FILE = Rule(
    id="known-malicious-file",
    title="File is on a list of malicious files",
    kind=Kind.MALWARE,
    severity=Severity.CRITICAL,
    why="The file has the digest of one that somebody listed as malicious, so it is the same to "
    "the last byte: a program of attackers, or one that they brought along.",
    remediation="Find what brought it, build the image without it, and treat whatever ran the "
    "image as broken into. A list that is wrong is taken out by hullmark intel remove.",
    references=("https://attack.mitre.org/techniques/T1204/003/",),
)

KNOWN_ADDRESS = Rule(
    id="known-malicious-address",
    title="File names an address that is on a list of malicious ones",
    kind=Kind.MALWARE,
    severity=Severity.HIGH,
    why="The file holds an address, host or page that somebody listed as malicious: where malware "
    "is loaded from, or where it reports to. Lists of addresses to block, and what protects from "
    "them, name them too.",
    remediation="See what the file does with the address. Where it is no tool against malware, "
    "remove it and treat whatever ran the image as broken into.",
    references=("https://attack.mitre.org/techniques/T1071/",),
)

CLAMAV = Rule(
    id="clamav-match",
    title="ClamAV knows this file",
    kind=Kind.MALWARE,
    severity=Severity.CRITICAL,
    why="A signature of the ClamAV daemon that was asked fires on this file. Its name says the "
    "family; names that begin with Heuristics are likenesses, and those with PUA are of programs "
    "that may be unwanted.",
    remediation="Find what brought the file and build the image without it. What is no malware is "
    "reported to ClamAV, or left out there by its database of exceptions.",
    references=("https://docs.clamav.net/manual/Signatures.html",),
)

STATED = {each.id: each for each in (KNOWN_FILE, KNOWN_ADDRESS, CLAMAV)}
"""By id."""
