"""CSAF documents, made up."""

import json
from collections.abc import Iterable


def product(id: str, *, cpe: str = "", purl: str = "", name: str = "") -> dict[str, object]:
    helper = {key: value for key, value in (("cpe", cpe), ("purl", purl)) if value}
    found: dict[str, object] = {"name": name or id, "product_id": id}
    return found | ({"product_identification_helper": helper} if helper else {})


def branch(*products: dict[str, object]) -> dict[str, object]:
    inner = [{"category": "product_version", "name": "n", "product": each} for each in products]
    return {"category": "vendor", "name": "Vendor", "branches": inner}


def joined(part: str, whole: str, id: str = "") -> dict[str, object]:
    made = {"name": f"{part} of {whole}", "product_id": id or f"{whole}:{part}"}
    return {
        "category": "default_component_of",
        "full_product_name": made,
        "product_reference": part,
        "relates_to_product_reference": whole,
    }


def document(
    *products: dict[str, object],
    joins: Iterable[object] = (),
    told: Iterable[object] = (),
    category: str = "csaf_vex",
    id: str = "CVE-2026-0001",
    **head: object,
) -> bytes:
    written = {
        "document": {
            "category": category,
            "csaf_version": "2.0",
            "title": "Oak falls",
            "tracking": {
                "id": id,
                "current_release_date": "2026-02-03T05:05:06+01:00",
                "initial_release_date": "2026-01-02T03:04:05.5Z",
            },
        }
        | head,
        "product_tree": {"branches": [branch(*products)], "relationships": list(joins)},
        "vulnerabilities": list(told),
    }
    return json.dumps(written).encode()
