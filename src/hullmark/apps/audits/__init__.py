"""How an audit is written: one file, one form, and what several of them need."""

from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module

from hullmark.model.audit import Audit, Proof
from hullmark.model.framework import Judged, Status
from hullmark.model.phrases import dotted

FORMS = ("html", "pdf", "json", "csv")
WORDS = {
    Status.PASS: "pass",
    Status.FAIL: "fail",
    Status.GAP: "gap",
    Status.NOT_APPLICABLE: "not applicable",
    Status.MANUAL: "manual",
}

THINGS = {
    "content": "the content of files",
    "dockerfile": "Dockerfiles",
    "image": "image",
    "kubernetes/Bundle": "manifests",
    "kubernetes/Pod*": "Kubernetes objects that make pods",
}
"""Kinds of what is judged, in words."""

BASIS = {"kubernetes": "for Kubernetes", "registries": "trusted registries"}

Render = Callable[[Audit], Iterable[bytes]]


def renderer(form: str, font: str = "") -> Render:
    """What writes an audit in a form, as pieces of bytes; ``font`` is a TrueType font for PDF.

    Raises ``PolicyError`` for a font that cannot be used.
    """
    if form == "pdf":
        from hullmark.apps.audits import pdf  # noqa: PLC0415 - fonts take 200 ms
        from hullmark.apps.audits.letters import Letters  # noqa: PLC0415 - as above

        return partial(pdf.render, letters=Letters(font))
    render: Render = import_module(f"hullmark.apps.audits.{form}").render
    return render


def place(proof: Proof) -> str:
    """Where a proof is, for people: what it is about, and file and line where these say more."""
    where = f"{proof.path}:{proof.line}" if proof.path and proof.line else proof.path
    return where if proof.subject == proof.path else dotted(proof.subject, where)


def judged(things: Iterable[Judged]) -> str:
    """What was judged, for people: ``3 Kubernetes objects that make pods, files``."""
    return ", ".join(
        f"{each.count or ''} {THINGS.get(each.what, each.what)}".strip() for each in things
    )


def units(audit: Audit) -> str:
    """Everything that read or judged files, with its version."""
    return ", ".join(f"{id} {version}" for id, version in audit.scope.units.items())


def share(percent: float | None) -> str:
    """A percentage for people."""
    return "nothing was judged" if percent is None else f"{percent:g}% of what was judged"


def scope(audit: Audit) -> dict[str, str]:
    """What was examined and how, by name; what is not known is left out."""
    target, known = audit.target, audit.scope
    parts = {what.partition("/")[0] for what in known.subjects if "/" in what}
    things = [Judged(what=what, count=count) for what, count in known.subjects.items()]
    advisories = ", ".join(f"{name} of {day[:10]}" for name, day in known.advisories.items())
    examined = {
        "target": target.name,
        "kind": target.kind,
        "digest": target.digest,
        "index": target.index,
        "configuration": target.config,
        "commit": target.commit,
        "platform": target.platform,
        "made": target.created,
        "system": target.system,
        "layers": str(target.layers or ""),
        "packages": str(known.packages),
        "judged": judged(each for each in things if each.what not in parts),
        "scanners": ", ".join(known.scanners),
    }
    made = {
        "advisories": advisories or "none",
        "time of this report": audit.time,
        "tool": audit.tool,
        "locked in by": known.sandbox,
        "digest of this report": audit.digest,
    }
    basis = {BASIS.get(name, name): value for name, value in known.basis.items()}
    said = {**examined, **basis, **examined, **made}
    return {name: value for name, value in said.items() if value}
