"""`certificates`: what a committee may certify, and where to go for what it may not."""

from station_desk.core.clock import now
from station_desk.core.errors import RuleError
from station_desk.counter.application import require_certificate
from station_desk.counter.wording import worded
from station_desk.main.open_desk import Options, published_for
from station_desk.main.said import Said


class CertificateNameNeeded(RuleError):
    code = "certificate.name_needed"


def certificates_verb(options: Options, said: Said) -> int:
    """Lists both lists, or says whether a certificate may be issued."""
    if options.what == "list":
        return _list(options, said)
    asked = options.which.strip()
    if not asked:
        raise CertificateNameNeeded
    certificates = published_for(options.profile, now).forms.catalogue.certificates
    found = require_certificate(asked, certificates)
    name = worded(found.name, said.texts)
    said.tell(
        {"ok": True, "name": name, "basis": found.basis},
        "cli.certificate_allowed",
        name=name,
        basis=found.basis,
    )
    return 0


def _list(options: Options, said: Said) -> int:
    certificates, say = published_for(options.profile, now).forms.catalogue.certificates, said.texts
    rows: list[tuple[object, str]] = []
    for one in certificates.allowed:
        name = worded(one.name, say)
        facts = {"name": name, "allowed": True, "basis": one.basis}
        rows.append((facts, say("cli.certificate_line", name=name, basis=one.basis)))
    for never in certificates.forbidden:
        name, refer = worded(never.name, say), worded(never.refer, say)
        facts = {"name": name, "allowed": False, "refer": refer}
        rows.append((facts, say("cli.certificate_line_never", name=name, refer=refer)))
    counts = {"allowed": len(certificates.allowed), "forbidden": len(certificates.forbidden)}
    said.rows(rows, "cli.certificates", source=certificates.source, **counts)
    return 0
