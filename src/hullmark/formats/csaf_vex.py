"""CSAF 2.0, profile VEX: what a scan and those who judged it say of vulnerabilities.

Format: https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html#45-profile-5-vex
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from re import compile as regex

from msgspec.json import Encoder

from hullmark.formats import publisher
from hullmark.model import Artifact, Report
from hullmark.model.purl import parts
from hullmark.model.vex import JUSTIFICATIONS, Status
from hullmark.model.vex_claims import Claim, beside, by_rule, claims
from hullmark.unit import output

_CVE = regex(r"CVE-[0-9]{4}-[0-9]{4,}\Z").match
_PURL = regex(r"pkg:[A-Za-z.+-][A-Za-z0-9.+-]*/.").match
_LISTS = {
    Status.NOT_AFFECTED: "known_not_affected",
    Status.FIXED: "fixed",
    Status.AFFECTED: "known_affected",
    Status.UNDER_INVESTIGATION: "under_investigation",
}
_IMAGE = "image"
_ENCODER = Encoder()


@output(id="csaf-vex", media_type="application/json")
def csaf_vex(report: Report) -> Iterator[str]:
    """Vulnerabilities as a VEX document of CSAF 2.0: what affects the image, and what does not.

    Statuses are those of ``openvex``. Packages are products, joined to the image by a relationship
    where it has a package URL. Other findings and gaps are notes of the document. The publisher is
    called hullmark: put your own name there before you publish it. Where there is no vulnerability
    the category is ``csaf_base``. Name and times come from the content, so the same report gives
    the same bytes.
    """
    known = claims(report)
    tree, ids = _tree(report.artifact, known)
    said = [_vulnerability(report, rule, same, ids) for rule, same in by_rule(known).items()]
    lines = str(_ENCODER.encode_lines(said)[:-1].replace(b"\n", b",\n"), "utf-8")
    body = f'"product_tree": {_line(tree)}'
    body += f',\n"vulnerabilities": [\n{lines}\n]\n}}\n' if said else "\n}\n"
    yield f'{{\n"document": {_line(_head(report, body, "csaf_vex" if said else "csaf_base"))},\n'
    yield body


def _head(report: Report, body: str, category: str) -> dict[str, object]:
    made, told = report.artifact.created_utc, list(beside(report))
    mark = sha256("\n".join((body, made, *told)).encode()).hexdigest()
    name, _, version = report.tool.partition(" ")
    engine = {"name": name or "hullmark"}
    if version:
        engine["version"] = version
    head: dict[str, object] = {
        "category": category,
        "csaf_version": "2.0",
        "title": f"Vulnerabilities of {report.artifact.name or report.artifact.kind}",
        "publisher": {
            "category": "other",
            "name": "hullmark",
            "namespace": "https://hullmark.dev",
        },
        "tracking": {
            "id": f"hullmark-{mark[:32]}",
            "status": "final",
            "version": "1",
            "initial_release_date": made,
            "current_release_date": made,
            "revision_history": [{"date": made, "number": "1", "summary": "As scanned"}],
            "generator": {"engine": engine},
        },
    }
    if told:
        head["notes"] = [{"category": "other", "text": text} for text in told]
    return head


def _tree(
    artifact: Artifact, known: Iterable[Claim]
) -> tuple[dict[str, object], Mapping[str, str]]:
    """Products, and the product id of each subject: of the package as a part of the image."""
    name = artifact.name or str(artifact.kind)
    image = _product(name, _IMAGE, artifact.purl)
    ids = {"": _IMAGE}
    products, joined = [image], []
    for subject in dict.fromkeys(claim.subject for claim in known if claim.subject):
        ids[subject] = id = f"package:{subject}"
        products.append(_product(subject, id, subject))
        if artifact.purl:
            ids[subject] = whole = f"{_IMAGE}:{subject}"
            joined.append(
                {
                    "category": "default_component_of",
                    "full_product_name": _product(f"{subject} in {name}", whole, ""),
                    "product_reference": id,
                    "relates_to_product_reference": _IMAGE,
                }
            )
    tree: dict[str, object] = {"full_product_names": products}
    return tree | ({"relationships": joined} if joined else {}), ids


def _product(name: str, id: str, purl: str) -> dict[str, object]:
    known: dict[str, object] = {"name": name, "product_id": id}
    if _PURL(purl) and parts(purl):
        known["product_identification_helper"] = {"purl": purl}
    return known


def _vulnerability(
    report: Report, id: str, same: Sequence[Claim], products: Mapping[str, str]
) -> dict[str, object]:
    rule = report.rules.get(id)
    names = dict.fromkeys((id, *(alias for claim in same for alias in claim.aliases)))
    cve = id if _CVE(id) else ""
    made: dict[str, object] = {
        "cve": cve,
        "ids": [
            {"system_name": publisher(name)[0] or "other", "text": name}
            for name in names
            if name and name != cve
        ],
        "notes": [{"category": "description", "text": (rule and rule.title) or id or "unnamed"}],
        "product_status": _grouped((_LISTS[each.status], products[each.subject]) for each in same),
        "flags": [
            {"label": label, "product_ids": listed}
            for label, listed in _grouped(
                (each.justification, products[each.subject])
                for each in same
                if each.justification in JUSTIFICATIONS
            ).items()
        ],
        "threats": [
            {"category": "impact", "details": details, "product_ids": listed}
            for details, listed in _grouped(
                (each.impact or "accepted", products[each.subject])
                for each in same
                if each.status.clears
            ).items()
        ],
        "remediations": list(_remediations(same, products)),
    }
    return {key: value for key, value in made.items() if value}


def _remediations(
    same: Iterable[Claim], products: Mapping[str, str]
) -> Iterator[dict[str, object]]:
    """What to do about each product that is affected."""
    told: dict[tuple[bool, str], list[str]] = {}
    for each in same:
        if not each.status.clears:
            told.setdefault((each.has_fix, each.action), []).append(products[each.subject])
    for (has_fix, details), listed in told.items():
        category = "vendor_fix" if has_fix else "none_available"
        yield {"category": category, "details": details, "product_ids": listed}


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _line(value: object) -> str:
    """A value as JSON on one line."""
    return str(_ENCODER.encode(value), "utf-8")
