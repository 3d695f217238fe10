"""Small mirrors of advisories, made up."""

import gzip
import io
import json
from zipfile import ZIP_DEFLATED, ZipFile


def record(id: str, name: str = "oak", **fields: object) -> dict[str, object]:
    package = {"ecosystem": "PyPI", "name": name}
    events = [{"introduced": "0"}, {"fixed": "2.0"}]
    affected = [{"package": package, "ranges": [{"type": "ECOSYSTEM", "events": events}]}]
    return {"id": id, "modified": "2026-01-02T03:04:05Z", "affected": affected} | fields


def archive(*records: object, names: tuple[str, ...] = ()) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for number, each in enumerate(records):
            name = names[number] if names else f"{each['id']}.json"  # type: ignore[index]
            packed.writestr(name, each if isinstance(each, bytes) else json.dumps(each))
    return out.getvalue()


def kev(*cves: str) -> bytes:
    listed = [{"cveID": cve, "dateAdded": "2026-01-01", "dueDate": "2026-02-01"} for cve in cves]
    told = {"dateReleased": "2026-01-03T00:00:00Z", "vulnerabilities": listed}
    return json.dumps(told).encode()


def packed(text: str) -> bytes:
    return gzip.compress(text.encode(), mtime=0)


def epss(*rows: str) -> bytes:
    head = "#model_version:v1,score_date:2026-01-04T00:00:00+0000\ncve,epss,percentile\n"
    return packed(head + "".join(f"{row}\n" for row in rows))


def mirror(folder, **archives: bytes):
    """A folder of archives by ecosystem, with overlays."""
    for name, data in archives.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "all.zip").write_bytes(data)
    (folder / "overlays").mkdir(exist_ok=True)
    (folder / "overlays/known_exploited_vulnerabilities.json").write_bytes(kev("CVE-2026-0001"))
    (folder / "overlays/epss_scores-2026-01-04.csv.gz").write_bytes(epss("CVE-2026-0001,0.5,0.75"))
    (folder / "overlays/cvss.csv.gz").write_bytes(packed("cve,vector\nCVE-2026-0001,CVSS:3.1/X\n"))
    return folder
