"""`certificates`: what a committee may certify, a certificate with its seal, and the seal register."""

from dataclasses import replace

from station_desk.cases.seal import SealEntry
from station_desk.core.clock import now
from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter.answers import Sealed
from station_desk.counter.application import require_certificate
from station_desk.counter.certificate_form import IssueCertificate
from station_desk.counter.certificates import (
    VoidCertificate,
    issue_certificate,
    seen_register,
    void_certificate,
)
from station_desk.counter.desk import Desk
from station_desk.counter.papers.journal import PrintPaper
from station_desk.counter.wording import worded
from station_desk.main.open_desk import Options, command_id, desk_of, published_for
from station_desk.main.said import Said


class CertificateNameNeeded(RuleError):
    code = "certificate.name_needed"


class CertificateWordNeeded(RuleError):
    code = "certificate.word_needed"


def certificates_verb(options: Options, said: Said) -> int:
    """Tells what may be certified, seals or voids a certificate, or lists the register."""
    match options.what:
        case "list":
            return _list(options, said)
        case "ask":
            return _ask(options, said)
        case "register":
            return _register(options, said)
        case what:
            if not options.which.strip():
                raise CertificateWordNeeded(what=what)
            return _issue(options, said) if what == "issue" else _void(options, said)


def _ask(options: Options, said: Said) -> int:
    asked = options.which.strip()
    if not asked:
        raise CertificateNameNeeded
    certificates = published_for(options.profile, now).forms.catalogue.certificates
    found = require_certificate(asked, certificates)
    name = worded(found.name, said.texts)
    facts = {"ok": True, "name": name, "basis": found.basis}
    said.tell(facts, "cli.certificate_allowed", name=name, basis=found.basis)
    return 0


def _issue(options: Options, said: Said) -> int:
    wish = IssueCertificate(
        options.which, options.approver, options.purpose, options.body, options.until, options.copies,
        options.statement, options.again,
    )  # fmt: skip
    with desk_of(options) as desk:
        command = command_id(options)
        sealed = issue_certificate(desk, wish, command).answer
        said.tell(sealed, "cli.sealed", seal=sealed.seal, number=sealed.number, copies=sealed.copies)
        # Said first: whatever becomes of the paper, the entry stands in the register.
        if options.pdf:
            _print_into(options, desk, sealed, command)
    return 0


def _print_into(options: Options, desk: Desk, sealed: Sealed, command: str) -> None:
    # Reportlab takes a while to load: only who asks for a paper waits for it.
    from station_desk.cases.papers import read_name
    from station_desk.counter.papers.print_paper import print_paper
    from station_desk.main.paper_verbs import OneFile
    from station_desk.printing.printers.printer import always

    at = replace(desk, printer_for=always(OneFile(options.pdf)))
    kind, turn = read_name(sealed.paper)
    print_paper(at, PrintPaper(sealed.number, kind, turn=turn), f"{command}:certificate")


def _void(options: Options, said: Said) -> int:
    with desk_of(options) as desk:
        wish = VoidCertificate(options.which, options.reason)
        sealed = void_certificate(desk, wish, command_id(options)).answer
        said.tell(sealed, "cli.seal_voided", seal=sealed.seal, number=sealed.number)
    return 0


def _register(options: Options, said: Said) -> int:
    with desk_of(options) as desk:
        year = options.year or desk.clock().year
        entries = seen_register(desk, year)
        if options.pdf:
            from station_desk.counter.seal_papers import register_pdf
            from station_desk.main.paper_verbs import OneFile

            OneFile(options.pdf).send(register_pdf(desk, year), options.pdf.name)
            said.progress(said.texts("cli.paper_written", file=options.pdf))
        rows: list[tuple[object, str]] = [(entry, _line(entry, said.texts)) for entry in entries]
        voided = sum(bool(entry.voided) for entry in entries)
        said.rows(rows, "cli.seal_register", year=year, count=len(entries), voided=voided)
    return 0


def _line(entry: SealEntry, say: Texts) -> str:
    line = say(
        "cli.seal_line", seal=entry.number, day=entry.at[:10], document=worded(entry.document, say),
        purpose=entry.purpose, copies=entry.copies, applicant=entry.applicant, approver=entry.approver,
        clerk=entry.clerk,
    )  # fmt: skip
    return line + (say("cli.seal_line_void", reason=entry.reason) if entry.voided else "")


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
