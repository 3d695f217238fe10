"""Software that those who make it no longer mend, whoever put it here but a distribution."""

from collections.abc import Iterable, Iterator

from hullmark.advisories import END_OF_LIFE
from hullmark.advisories.programs import program_of
from hullmark.model import Finding, Fix, Kind, Package, Rule, Severity
from hullmark.model.rule import found_in
from hullmark.model.runtimes_end import ended

END_OF_LIFE_SOFTWARE = Rule(
    id=END_OF_LIFE,
    title="Software is past its end of life",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.MEDIUM,
    why="Those who make a release of a runtime, a server or a framework mend it until a day that"
    " they name. What is found in it later stays in it, and often nobody even says that it is"
    " affected: a list of its vulnerabilities looks shorter than it is.\n\nWhat a distribution"
    " ships is the distribution's to support, and not told here.",
    remediation="Go to a release that is still maintained.",
    references=("https://endoflife.date",),
)

_STANDARD_LIBRARY = "stdlib"


def past_their_end(packages: Iterable[Package], today: str) -> Iterator[Finding]:
    """A finding for each package of a release whose last day was before ``today``, an ISO date."""
    for package in packages:
        if _is_built_in(package):
            continue
        name = package.name if package.type == "generic" else package.full_name
        end = ended(package.type, name, package.version, today)
        if end is None:
            continue
        fix = None
        if end.next:
            fix = Fix(says=f"go to {end.product} {end.next} or later", value=end.next)
        says = f"{end.product} {end.release} has had no fixes since {end.date}"
        yield found_in(package, END_OF_LIFE_SOFTWARE, says, fix)


def _is_built_in(package: Package) -> bool:
    """Whether a Go module is a library here, and not the program that it is elsewhere."""
    if package.type != "golang" or package.name == _STANDARD_LIBRARY:
        return False
    return program_of(package) is None
