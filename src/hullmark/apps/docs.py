"""Write the pages under docs/ that are made from units; with --check, only name stale ones."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path

import hullmark.feeds
import hullmark.formats
import hullmark.menders
import hullmark.parsers
import hullmark.sources
from hullmark.apps import check_pages, framework_pages
from hullmark.apps.markdown import MADE, code, codes, link, prose, table
from hullmark.apps.rules import stated
from hullmark.binaries import PROGRAMS
from hullmark.binaries.stamps import MODULES
from hullmark.fix import Change
from hullmark.fix.difference import difference
from hullmark.menders import Mender
from hullmark.model import Licensed, Package
from hullmark.model.runtimes_end import packages
from hullmark.model.runtimes_end import table as lifecycles
from hullmark.unit import Feed, Format, Parser, Source, discover

DOCS = Path("docs")

MAX_ADDRESSES = 4
"""Of one feed; Alpine has a file for each release and repository."""


def parsers() -> Iterator[str]:
    """The page of parsers, in blocks."""
    units = discover(hullmark.parsers, Parser)
    yield f"# Parsers\n\nThe files Hullmark reads. {MADE}"
    yield table(
        ("Parser", "Files", "Tells of", "Yields"),
        (
            (link(id), _files(unit), _tells(unit), prose(unit.about.partition("\n\n")[0]))
            for id, unit in units.items()
        ),
    )
    yield "Where other tools tell otherwise, and why: [differences.md](differences.md)."
    yield "## What each tells\n\nBy ecosystem, as the units' own examples show it."
    yield table(
        ("Ecosystem", "Files", "Packages", "Licences", "Direct", "Development", "Requires"),
        sorted(row for unit in units.values() for row in _capabilities(unit)),
    )
    for id, unit in units.items():
        yield f"## {id}"
        yield from _about(unit.about, unit.parse)
        yield f"Files: {_files(unit)}. Tells of {_tells(unit)} packages. Version {unit.version}."
        if unit.beside:
            yield f"Read beside them: {codes(unit.beside)}."
        if unit.expect:
            yield _example(unit.example.path, unit.expect)


def _capabilities(unit: Parser) -> Iterator[tuple[str, ...]]:
    """One row for each ecosystem that a parser's example shows: its packages and what is told."""
    facts = list(unit.parse(unit.example))
    licensed = {fact.type for fact in facts if isinstance(fact, Licensed)}
    found = [fact for fact in facts if isinstance(fact, Package)]
    for type in sorted({fact.type for fact in found} | licensed):
        mine = [fact for fact in found if fact.type == type]
        told = (
            type in licensed or any(fact.licences for fact in mine),
            any(fact.direct is not None for fact in mine),
            any(fact.development for fact in mine),
            any(fact.requires for fact in mine),
        )
        states = _tells(unit) if mine else "-"
        yield (type, _files(unit), states, *("yes" if each else "" for each in told))


def formats() -> Iterator[str]:
    """The page of output formats, in blocks."""
    units = discover(hullmark.formats, Format)
    yield f"# Formats\n\nHow a report is written: `--format ID`. {MADE}"
    yield table(
        ("Format", "Media type", "Holds"),
        (
            (link(id), f"`{unit.media_type}`", prose(unit.about.partition("\n\n")[0]))
            for id, unit in units.items()
        ),
    )
    for id, unit in units.items():
        yield f"## {id}"
        yield from _about(unit.about, unit.render)


def sources() -> Iterator[str]:
    """The page of sources, in blocks."""
    units = discover(hullmark.sources, Source)
    yield f"# Sources\n\nWhat can be examined: `hullmark scan ID:TARGET`. {MADE}"
    yield table(
        ("Source", "Reads"),
        ((link(id), prose(unit.about.partition("\n\n")[0])) for id, unit in units.items()),
    )
    for id, unit in units.items():
        yield f"## {id}"
        yield from _about(unit.about, unit.open)


def feeds() -> Iterator[str]:
    """The page of feeds, in blocks."""
    units = discover(hullmark.feeds, Feed)
    yield f"# Feeds\n\nWhat publishers' documents of advisories are read. {MADE}"
    yield (
        "`hullmark advisories update --feed ID` brings one in from its publisher, `--feed "
        "ID=DIR|FILE|URL` from elsewhere: [advisories.md](advisories.md#feeds)."
    )
    yield table(
        ("Feed", "Reads", "From"),
        (
            (link(id), prose(unit.about.partition("\n\n")[0]), _hosts(unit.addresses))
            for id, unit in units.items()
        ),
    )
    for id, unit in units.items():
        yield f"## {id}"
        yield from _about(unit.about, unit.read)
        yield f"Version {unit.version}."
        if unit.addresses:
            yield _addresses(unit.addresses)
        yield _example(unit.example.path, unit.expect)


def menders() -> Iterator[str]:
    """The page of menders, in blocks."""
    units = discover(hullmark.menders, Mender)
    yield f"# Menders\n\nThe files that `hullmark fix` changes: [fix.md](fix.md). {MADE}"
    yield table(
        ("Mender", "Files", "Packages", "Does"),
        (
            (link(id), codes(unit.names), codes(unit.types), prose(unit.about.split("\n\n")[0]))
            for id, unit in units.items()
        ),
    )
    for id, unit in units.items():
        yield f"## {id}"
        yield from _about(unit.about, unit.mend)
        change = Change(path=unit.example.path, before=unit.example.data, after=unit.expect)
        shown = b"".join(difference(change)).decode().replace("\r\n", "\n").rstrip()
        yield f"An example:\n\n```diff\n{shown}\n```"


def _hosts(addresses: Iterable[str]) -> str:
    """Who is asked, each once; where nobody is, the documents must be told."""
    return ", ".join(dict.fromkeys(each.split("/")[2] for each in addresses)) or "DIR, FILE or URL"


def _addresses(addresses: Sequence[str]) -> str:
    first = "\n".join(f"- <{each}>" for each in addresses[:MAX_ADDRESSES])
    more = len(addresses) - MAX_ADDRESSES
    return f"{first}\n- and {more} more like these" if more > 0 else first


def rules() -> Iterator[str]:
    """The page of rules, in blocks."""
    known = stated()
    yield f"# Rules\n\nWhat findings claim. {MADE}"
    yield table(
        ("Rule", "Kind", "Severity", "Title"),
        (
            (link(id), str(rule.kind), rule.severity.label, prose(rule.title))
            for id, rule in known.items()
        ),
    )
    for id, rule in known.items():
        yield f"## {id}"
        yield f"{prose(rule.title)}."
        yield f"Kind: {rule.kind}. Severity: {rule.severity.label}. Confidence: {rule.confidence}."
        yield prose(rule.why)
        yield f"Remediation: {prose(rule.remediation)}"
        yield "\n".join(f"- <{reference}>" for reference in rule.references)


def signatures() -> Iterator[str]:
    """The page of programs known by their bytes, in blocks."""
    yield f"# Signatures\n\nPrograms without a package manager, found by their bytes. {MADE}"
    yield (
        "A file of one of these names is searched for its version; without one nothing is yielded. "
        "*Confirmed in* names packages with a real binary in which the version was found to be the "
        "package's own; where it is empty, the signature comes from documentation or source."
    )
    yield table(
        ("Program", "Files", "Licence", "CPE", "Confirmed in"),
        (
            (
                program.name,
                codes(program.files),
                program.licence,
                program.cpe and code(program.cpe),
                codes(program.seen),
            )
            for program in sorted(PROGRAMS, key=lambda program: program.name)
        ),
    )
    yield (
        "Go programs tell their modules themselves; for these main modules a stamped version is "
        f"looked for where they tell none: {codes(sorted(MODULES))}."
    )


def end_of_life() -> Iterator[str]:
    """The page of what is maintained until when, in blocks."""
    yield (
        "# End of life\n\nUntil when runtimes, servers and frameworks are maintained, as those who "
        f"make them say. {MADE}"
    )
    yield (
        "A package of a release past its last day is a finding "
        "[end-of-life-software](rules.md#end-of-life-software) of a scan that asks for "
        "vulnerabilities, with or without advisories on hand; the day of the scan decides. What a "
        "distribution's package brought is the distribution's to support, not told. A Go program "
        "counts by its own main module, whoever builds in the same code; what it was built with "
        "counts by its standard library. Not told: releases older than the first or newer than the "
        "last of a row, products whose publisher fixes no dates (Redis), Java with long term "
        "support, of which every vendor has another end, and support that is paid for."
    )
    found = packages()
    yield table(
        ("Product", "Packages", "Release and last day"),
        (
            (
                product,
                codes(found[product]),
                ", ".join(f"{release}: {end}" for release, end in ends.items()),
            )
            for product, ends in sorted(lifecycles().items(), key=lambda item: item[0].lower())
        ),
    )


PAGES: Mapping[str, Callable[[], Iterable[str]]] = {
    "parsers.md": parsers,
    "formats.md": formats,
    "signatures.md": signatures,
    "sources.md": sources,
    "rules.md": rules,
    "feeds.md": feeds,
    "end-of-life.md": end_of_life,
    "menders.md": menders,
    "secrets.md": check_pages.secrets,
    "malware.md": check_pages.malware,
    "checks.md": check_pages.checks,
    "config-checks.md": check_pages.config,
    "frameworks.md": framework_pages.frameworks,
}


def page(name: str) -> str:
    """The whole text of one page."""
    return "\n\n".join(filter(None, PAGES[name]())) + "\n"


def main(arguments: list[str], docs: Path = DOCS) -> int:
    """Return 0 when the pages are (or have been made) current, 1 otherwise."""
    if "--check" in arguments:
        stale = [name for name in PAGES if _read(docs / name) != page(name)]
        for name in stale:
            print(f"{docs / name}: stale; run ./dev docs", file=sys.stderr)
        return int(bool(stale))
    docs.mkdir(exist_ok=True)
    for name in PAGES:
        (docs / name).write_text(page(name), encoding="utf-8")
    return 0


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _about(about: str, function: Callable[..., object]) -> Iterator[str]:
    """What a unit's module says of its format, then what its function says of itself."""
    yield prose(import_module(function.__module__).__doc__ or "")
    yield prose(about)


def _example(path: str, expect: Iterable[str]) -> str:
    expected = "\n".join(expect)
    return f"An example at `{path}` yields:\n\n```\n{expected}\n```"


def _files(unit: Parser) -> str:
    """Names and first bytes by which a parser is offered a file."""
    first = [f"{code(repr(magic)[2:-1])} (first bytes)" for magic in unit.magic]
    return ", ".join([code(name) for name in unit.names] + first)


def _tells(unit: Parser) -> str:
    return "declared" if unit.declared else "installed"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
