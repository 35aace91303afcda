"""The words of the command line: every verb with its options, described in the language of the person."""

import os
from argparse import SUPPRESS, ArgumentParser
from pathlib import Path
from typing import Any, Protocol

from station_desk import __version__
from station_desk.cases.opened import REASONS
from station_desk.cases.staff import ROLES
from station_desk.catalogue.paper_kinds import PAPER_KINDS
from station_desk.core import paths
from station_desk.core.texts import LANGUAGES, Texts
from station_desk.main.described_verb import DescribedVerb
from station_desk.main.unlocking import key_file_here
from station_desk.main.verb_words import (
    CALL_BACK_ACTS,
    CERTIFICATE_ACTS,
    DISTRICT_ACTS,
    ITEMS_ACTS,
    KEY_ACTS,
    PRIORITIES,
    STAFF_ACTS,
    SYNC_ACTS,
    TICKET_ACTS,
)


class Verbs(Protocol):
    """Where verbs are added to the command line: what `add_subparsers` returns."""

    def add_parser(self, name: str, **options: Any) -> ArgumentParser: ...


def parser(say: Texts) -> ArgumentParser:
    """All verbs with their options; `say` speaks the language in which usage is told."""
    top = ArgumentParser(prog="station-desk", description=say("usage.purpose"), allow_abbrev=False)
    top.add_argument("--version", action="version", version=f"station-desk {__version__}")
    profile = paths.default_profile()
    top.add_argument("--profile", type=Path, default=profile, metavar="DIR", help=say("usage.profile"))
    top.add_argument("--language", choices=LANGUAGES, default=say.language, help=say("usage.language"))
    top.add_argument("--json", action="store_true", help=say("usage.json"))
    top.add_argument("--as", dest="acting_as", default="", metavar="NAME", help=say("usage.acting_as"))
    top.add_argument(
        "--password-file", type=Path, default=None, metavar="FILE", help=say("usage.password_file")
    )
    top.add_argument(
        "--key-file", type=Path, default=key_file_here(), metavar="FILE", help=say("usage.key_file")
    )
    grammar = _Grammar(top.add_subparsers(dest="verb", metavar="VERB"), say)
    grammar.station_verbs()
    grammar.queue_verbs()
    grammar.case_verbs()
    grammar.turn_verbs()
    grammar.shared_verbs()
    grammar.look_verbs()
    grammar.data_verbs()
    grammar.pc_verbs()
    grammar.district_verbs()
    return top


class _Grammar:
    """Adds the verbs, group by group."""

    def __init__(self, verbs: Verbs, say: Texts) -> None:
        self._verbs = verbs
        self._say = say

    def station_verbs(self) -> None:
        demo = self._verb("demo")
        demo.takes("--out", type=Path, default=Path("demo"), metavar="DIR")
        demo.takes("--no-window", action="store_true")
        demo.takes("--day", text="demo_day", action="store_true")
        demo.takes("--visitors", type=int, default=200, metavar="N")
        demo.takes("--counters", type=int, default=1, metavar="N")
        demo.takes("--seed", type=int, default=1, metavar="N")
        init = self._verb("init")
        init.takes("--station", required=True, metavar="CODE")
        init.takes("--name", required=True)
        init.takes("--counter", required=True, metavar="N")
        init.takes_texts("--clerk", "--phone", "--address", "--complaint-phone")
        init.takes("--passphrase-file", type=Path, default=None, metavar="FILE")
        enroll = self._verb("enroll")
        enroll.takes("--server", required=True, metavar="URL")
        enroll.takes("--code", required=True)
        items = self._verb("items")
        items.takes_one_of("what", *ITEMS_ACTS)
        items.takes_word("which", "CODE|TEXT|DIR|FILE")
        items.takes_word("other", "DIR|FILE")
        items.takes("--forms", type=Path, default=None, metavar="DIR")
        items.takes("--key", text="signing_key", type=Path, default=None, metavar="KEYFILE")
        items.takes("--out", text="made_file", type=Path, default=None, metavar="FILE")
        items.takes("--sign", type=Path, default=None, metavar="FILE")
        items.takes("--since", default="", metavar="DIR|FILE|NUMBER")
        items.takes("--ahead", action="store_true")
        items.takes("--check", text="check_only", action="store_true")
        items.takes("--delete", text="delete_missing", action="store_true")
        public = self._verb("public")
        public.takes_one_of("what", "sheet", "poster", "hall", "booklet", "basics", "rules")
        public.takes_word("which", "CODE|FILE")
        public.takes("--out", text="made_file", type=Path, default=None, metavar="FILE")
        public.takes("--size", text="board_size", choices=("a4", "a3", "a2"), default="a3")
        public.takes("--large", action="store_true")
        certificates = self._command("certificates")
        certificates.takes_one_of("what", *CERTIFICATE_ACTS)
        certificates.takes_word("which", "NAME|CASE|SEAL")
        certificates.takes("--purpose", text="certificate_purpose", default="")
        certificates.takes("--for", text="certificate_for", dest="body", default="", metavar="BODY")
        certificates.takes("--until", text="certificate_until", default="", metavar="DATE")
        certificates.takes("--approver", default="")
        certificates.takes("--copies", text="certificate_copies", type=int, default=1, metavar="N")
        certificates.takes("--statement", default="")
        certificates.takes("--again", text="certificate_again", default="", metavar="SEAL")
        certificates.takes("--reason", default="")
        certificates.takes("--year", type=int, default=0, metavar="YEAR")
        certificates.takes("--pdf", text="certificate_pdf", type=Path, default=None, metavar="OUT")
        calendar = self._command("calendar")
        calendar.takes_one_of("what", "list", "show", "import")
        calendar.takes_word("which", "YEAR|FILE")

    def queue_verbs(self) -> None:
        ticket = self._command("ticket")
        ticket.takes_one_of("what", *TICKET_ACTS)
        ticket.takes_word("which", "TICKET")
        ticket.takes("--item", default="", metavar="CODE")
        ticket.takes("--priority", choices=PRIORITIES, default="normal")
        ticket.takes("--agent", action="store_true")
        ticket.takes("--category", action="append", default=[], metavar="CODE")
        ticket.takes("--quantity", type=int, default=0, metavar="N")
        ticket.takes("--also", action="append", default=[], metavar="CODE[=N]")
        ticket.takes("--counter", text="acting_counter", default="", metavar="N")
        ticket.takes("--to", text="ticket_to", default="", metavar="N")
        ticket.takes("--until", text="park_until", default="", metavar="HH:MM")
        ticket.takes("--reason", text="park_reason", default="", metavar="CODE")
        ticket.takes("--day", text="ticket_day", default="", metavar="DATE")

    def case_verbs(self) -> None:
        accept = self._command("accept")
        accept.takes("--item", required=True, metavar="CODE")
        accept.takes("--form", required=True, metavar="FILE|-")
        accept.takes("--ticket", text="ticket_id", default="")
        accept.takes("--again", text="case_again", default="", metavar="REASON")
        accept.takes("--pdf", type=Path, default=None, metavar="OUT")
        self._on_case("advance").takes_texts("--step", "--opinion", "--to")
        back = self._on_case("step-back")
        back.takes("--reason", required=True)
        back.takes("--step", text="step_ended", default="")
        back.takes("--papers-back", action="store_true")
        supplement = self._on_case("supplement")
        supplement.takes("--material", action="append", default=[], metavar="KEY")
        supplement.takes("--until", default="", metavar="DATE")
        supplement.takes("--note", default="")
        supplement.takes("--received", action="store_true")
        finish = self._on_case("finish")
        finish.takes("--outcome", choices=("granted", "refused", "recorded"), default="granted")
        finish.takes("--result", required=True)
        deliver = self._on_case("deliver")
        deliver.takes("--receiver", required=True)
        deliver.takes("--relation", default="")
        deliver.takes("--document", text="receiver_document", default="")
        deliver.takes("--way", choices=("counter", "post", "online"), default="counter")
        self._on_case("void").takes("--reason", required=True)

    def turn_verbs(self) -> None:
        receive = self._command("receive")
        receive.takes("--item", required=True, metavar="CODE")
        receive.takes("--form", required=True, metavar="FILE|-")
        receive.takes("--ticket", text="ticket_id", default="")
        receive.takes("--again", text="case_again", default="", metavar="REASON")
        complete = self._on_case("complete")
        complete.takes("--form", default="", metavar="FILE|-")
        complete.takes("--paper", text="came", action="append", default=[], metavar="KEY")
        complete.takes("--answer", text="new_answer", action="append", default=[], metavar="KEY=VALUE")
        complete.takes("--mended", type=int, action="append", default=[], metavar="N")
        complete.takes("--all", text="everything", dest="everything", action="store_true")
        self._on_case("take-on")
        decline = self._on_case("decline")
        for name in ("--reason", "--basis"):
            decline.takes(name, required=True)
        decline.takes_texts("--body")
        self._command("silence")
        suspend = self._on_case("suspend")
        for name in ("--reason", "--approver"):
            suspend.takes(name, required=True)
        suspend.takes_texts("--basis", "--until")
        self._on_case("continue")
        extend = self._on_case("extend")
        extend.takes("--limit", type=int, required=True, metavar="N")
        for name in ("--reason", "--approver"):
            extend.takes(name, required=True)
        extend.takes_texts("--basis")
        self._on_case("withdraw").takes("--reason", required=True)
        forward = self._on_case("forward")
        for name in ("--body", "--signature"):
            forward.takes(name, required=True)
        forward.takes("--paper", text="paper_pages", action="append", default=[], metavar="NAME=PAGES")
        forward.takes_texts("--until")
        back = self._on_case("return")
        back.takes("--signature", required=True)
        back.takes_texts("--opinion")
        follow_up = self._on_case("follow-up")
        follow_up.takes("--material", required=True, metavar="KEY")
        follow_up.takes(
            "--outcome", text="follow_outcome", choices=("brought", "true", "false"), required=True
        )

    def shared_verbs(self) -> None:
        """What a case shares: with the public, with other cases, with other counters."""
        notice = self._command("notice")
        notice.takes("words", text="notice_words", nargs="+", metavar="[post|down|show] CASE")
        notice.takes("--material", action="append", default=[], metavar="KEY")
        notice.takes("--defect", action="append", default=[], metavar="TEXT")
        notice.takes("--until", default="", metavar="DATE")
        notice.takes_texts("--place", "--note", "--objection")
        notice.takes("--phone", text="objections_phone", default="")
        notice.takes("--from", dest="start", text="notice_from", default="", metavar="DATE")
        notice.takes("--on", text="notice_on", default="", metavar="DATE")
        transfer = self._on_case("transfer")
        transfer.takes("--to", text="to_counter", default="", metavar="COUNTER")
        transfer.takes("--take-back", action="store_true")
        transfer.takes("--out", text="packet_file", type=Path, default=None, metavar="FILE")
        over = self._command("take-over")
        over.takes("file", text="packet_given", type=Path, metavar="FILE")
        over.takes("--code", text="packet_code", required=True)
        bundle = self._command("bundle")
        bundle.takes_one_of("what", "accept", "form", "show")
        bundle.takes_word("which", "BUNDLE")
        bundle.takes("--event", default="", metavar="CODE")
        bundle.takes("--items", text="bundle_items", default="", metavar="CODE,CODE")
        bundle.takes("--form", default="", metavar="FILE|-")
        bundle.takes("--ticket", text="ticket_id", default="")
        bundle.takes("--again", text="case_again", default="", metavar="REASON")

    def look_verbs(self) -> None:
        cases = self._verb("cases")
        for which in ("open", "finished", "due", "transferred"):
            cases.takes(f"--{which}", dest="which", action="store_const", const=which, default="open")
        self._verb("find").takes("text")
        printing = self._command("print")
        printing.takes("paper", choices=(*PAPER_KINDS, "ticket"))
        printing.takes("case", text="numbers", nargs="+", metavar="CASE|TICKET")
        printing.takes("--large", action="store_true")
        printing.takes("--turn", type=int, default=0, metavar="N")
        printing.takes("--out", text="file", type=Path, default=None, metavar="FILE")
        printing.takes("--roll", choices=("80mm", "58mm"), default="")
        printers = self._verb("printers")
        printers.takes_one_of("what", "list", "set", "forget", "test")
        printers.takes_word("kind", "KIND")
        printers.takes_word("address", "PRINTER")
        printers.takes("--copies", type=int, default=0, metavar="N")
        printers.takes("--sides", choices=("one", "long", "short"), default="one")
        printers.takes("--size", choices=("A3", "A4", "A5", "80mm", "58mm"), default="")
        printers.takes("--letters", choices=("gb18030", "gb2312", "none"), default="gb18030")
        printers.takes("--silent", action="store_true")
        hall = self._verb("hall")
        hall.takes("--serve", text="hall_serve", action="store_true")
        hall.takes("--host", text="hall_host", default="127.0.0.1")
        hall.takes("--port", text="hall_port", type=int, default=8471)
        hall.takes("--code", text="hall_code", default="")
        sync = self._verb("sync")
        sync.takes("what", text="sync_what", nargs="?", choices=SYNC_ACTS, default="now")
        sync.takes("file", text="courier_file", nargs="?", type=Path, default=None, metavar="FILE")
        sync.takes("--once", action="store_true")
        sync.takes("--all", text="courier_all", action="store_true")
        self._verb("status")
        report = self._verb("report")
        report.takes_one_of("what", "closing", "daily", "close")
        report.takes("--by", text="confirmed_by", default="", metavar="NAME")
        report.takes("--closed-by", default="", metavar="NAME")
        report.takes("--id", default="")
        report.takes("--day", default="", metavar="DATE")
        report.takes("--pdf", text="report_pdf", type=Path, default=None, metavar="OUT")
        verify = self._verb("verify")
        verify.takes("--deep", action="store_true")
        verify.takes("--head", text="verify_head", default="", metavar="CODE")
        self._verb("dump")
        proving = self._verb("verify-receipt")
        proving.takes_word("receipt_code", "CODE|-")
        proving.takes("--image", type=Path, default=None, metavar="FILE")
        proving.takes("--name", text="name_on_paper", default="")
        self._verb("batch")

    def data_verbs(self) -> None:
        """A case, and the rights of those whose data lie here."""
        case = self._command("case")
        case.takes("case", text="number", metavar="CASE")
        case.takes("--explain", action="store_true")
        case.takes("--contents", action="store_true")
        case.takes("--unmask", choices=("", *REASONS), default="", metavar="REASON")
        case.takes("--words", text="unmask_words", default="")
        access = self._verb("access")
        access.takes_one_of("what", "list")
        access.takes("--actor", text="access_actor", default="", metavar="NAME")
        access.takes("--case", text="access_case", default="", metavar="CASE")
        access.takes("--since", text="access_since", default="", metavar="DATE")
        access.takes("--until", text="access_until", default="", metavar="DATE")
        access.takes("--out", text="access_out", type=Path, default=None, metavar="FILE.csv")
        calls = self._command("callbacks")
        calls.takes("what", text="callbacks", nargs="?", choices=CALL_BACK_ACTS, default="list")
        calls.takes_word("which", "CASE")
        calls.takes("--done", text="callback_done", default="", metavar="TEXT")
        calls.takes("--on", text="callback_on", default="", metavar="DATE")
        retention = self._command("retention")
        retention.takes_one_of("what", "due", "run", "record")
        retention.takes_word("which", "RECORD")
        retention.takes("--approver", default="")
        retention.takes("--out", text="record_out", type=Path, default=None, metavar="FILE.pdf")
        erase = self._on_case("erase")
        erase.takes("--approver", required=True)
        erase.takes("--reason", text="erase_reason", required=True)
        erase.takes("--out", text="record_out", type=Path, default=None, metavar="FILE.pdf")
        resident = self._on_case("resident")
        resident.takes("--reason", text="export_reason", required=True)
        resident.takes("--out", text="resident_out", type=Path, required=True, metavar="FILE.json|FILE.pdf")
        correct = self._on_case("correct")
        pairs: dict[str, Any] = {"action": "append", "required": True, "metavar": "PLACE=VALUE"}
        correct.takes("--set", text="correct_set", **pairs)
        correct.takes("--reason", text="correct_reason", required=True)

    def pc_verbs(self) -> None:
        staff = self._command("staff")
        staff.takes_one_of("what", *STAFF_ACTS)
        staff.takes_word("which", "NAME")
        staff.takes("--role", text="staff_role", choices=ROLES, default="clerk")
        staff.takes("--new-password-file", type=Path, default=None, metavar="FILE")
        key = self._verb("key")
        key.takes_one_of("what", *KEY_ACTS)
        key.takes("--out", text="envelope_out", type=Path, default=None, metavar="FILE.pdf")
        key.takes("--passphrase-file", type=Path, default=None, metavar="FILE")
        key.takes("--this-pc", text="key_this_pc", action="store_true")
        papers = self._verb("papers")
        papers.takes_one_of("what", "list", "save")
        papers.takes_word("which", "NAME")
        papers.takes("--out", text="made_file", type=Path, default=None, metavar="FILE")
        backup = self._verb("backup")
        backup.takes("what", text="backup_what", nargs="?", default="", metavar="list|drill|OUT")
        back = self._verb("restore")
        back.takes("source", text="restore_from", nargs="?", default="", metavar="IN")
        back.takes("--to", text="restore_to", type=Path, default=None, metavar="DIR")
        settings = self._verb("settings")
        settings.takes_one_of("what", "list", "get", "set", "reset", "handbook")
        settings.takes_word("key", "KEY")
        settings.takes_word("value", "VALUE")
        diagnose = self._verb("diagnose")
        diagnose.takes("--out", text="diagnose_out", type=Path, default=None, metavar="FILE.zip")
        reader = self._verb("reader")
        reader.takes_one_of("what", "show", "set", "off")
        reader.takes("program", text="reader_program", nargs="*", metavar="PROGRAM")
        simulator = self._verb("reader-simulator")
        simulator.takes("file", text="cards_file", type=Path, nargs="?", default=None, metavar="FILE")
        simulator.takes("--every", text="cards_every", type=float, default=3.0, metavar="SECONDS")
        simulator.takes("--once", text="cards_once", action="store_true")

    def district_verbs(self) -> None:
        district = self._verb("district")
        district.takes_one_of("what", *DISTRICT_ACTS)
        district.takes("file", text="district_file", nargs="?", type=Path, default=None, metavar="FILE|ACT")
        district.takes("--name", text="official_name", default="")
        district.takes("--role", text="official_role", default="viewer")
        district.takes("--db", default=os.environ.get("STATION_DESK_DISTRICT_DB", ""), metavar="URL")
        district.takes("--host", default="127.0.0.1")
        district.takes("--port", type=int, default=8470)
        district.takes("--public-url", default="")
        district.takes("--station", default="", metavar="CODE")
        district.takes("--forms", text="guide_forms", type=Path, default=None, metavar="DIR")
        district.takes("--log", text="district_log", default="-", metavar="FILE")
        district.takes("--metrics-token-file", type=Path, default=None, metavar="FILE")
        district.takes("--counter", default="", metavar="N")
        district.takes("--reason", text="revoke_reason", default="")
        district.takes("--case", text="rated_case", default="", metavar="NUMBER")
        district.takes("--decide", text="quarantine_decide", choices=("accept", "reject"), default="")
        district.takes("--engine", text="district_engine", choices=("citus",), default="")
        district.takes("--answer", text="courier_answer", type=Path, default=None, metavar="FILE")

    def _verb(self, name: str) -> DescribedVerb:
        purpose = self._say(f"usage.{name.replace('-', '_')}")
        made = self._verbs.add_parser(name, help=purpose, description=purpose, allow_abbrev=False)
        made.add_argument("--json", action="store_true", default=SUPPRESS, help=SUPPRESS)
        made.add_argument("--language", choices=LANGUAGES, default=SUPPRESS, help=SUPPRESS)
        made.add_argument("--as", dest="acting_as", default=SUPPRESS, help=SUPPRESS)
        made.add_argument("--password-file", type=Path, default=SUPPRESS, help=SUPPRESS)
        return DescribedVerb(made, self._say)

    def _command(self, name: str) -> DescribedVerb:
        verb = self._verb(name)
        verb.takes("--id", default="")
        return verb

    def _on_case(self, name: str) -> DescribedVerb:
        verb = self._command(name)
        verb.takes("case", text="number", metavar="CASE")
        return verb
