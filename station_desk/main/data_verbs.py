"""`access`, `retention`, `resident`, `correct`, `erase`: the rights of those whose data lie here."""

from station_desk.core.errors import RuleError
from station_desk.counter.access_log import AccessRow, Looks, as_csv, looks, what_words, why_words
from station_desk.counter.correct import CorrectCase, correct_case
from station_desk.counter.desk import Desk
from station_desk.counter.resident_file import ExportResident, as_json, export_resident
from station_desk.counter.retention import DueCase, Erased, due_cases, erase_resident, run_retention
from station_desk.main.open_desk import Options, command_id, desk_of
from station_desk.main.said import Said

PDF = ".pdf"


class PairNotUnderstood(RuleError):
    """A value to correct was not given as PLACE=VALUE. Values: word."""

    code = "correct.pair"


def access_verb(options: Options, said: Said) -> int:
    """Who looked at what, the newest first."""
    wanted = Looks(options.actor, options.case, options.since, options.until)
    with desk_of(options) as desk:
        rows = looks(desk, wanted)
        if options.out:
            _write(options, said, as_csv(rows, desk.texts))
        said.rows([(row, _look_line(row, said)) for row in rows], "access.count", count=len(rows))
    return 0


def retention_verb(options: Options, said: Said) -> int:
    """What is due, or its destruction with the record; `--out` writes the record as PDF."""
    with desk_of(options) as desk:
        if options.what == "due":
            due = due_cases(desk)
            lines: list[tuple[object, str]] = [(case, _due_line(case, said)) for case in due]
            said.rows(lines, "access.due.count", count=len(due), held=sum(one.held for one in due))
            return 0
        if options.what == "record":
            _record(desk, options.which, options, said)
            return 0
        for erased in run_retention(desk, options.approver, command_id(options)):
            _tell_erased(desk, erased, options, said)
    return 0


def erase_verb(options: Options, said: Said) -> int:
    """Destroys the data of all ended cases of a person on request."""
    with desk_of(options) as desk:
        command = command_id(options)
        done = erase_resident(desk, options.case, options.approver, options.reason, command)
        _tell_erased(desk, done.answer, options, said)
    return 0


def resident_verb(options: Options, said: Said) -> int:
    """Writes all that is known of the person of a case: PDF by the end of the file name, else JSON."""
    with desk_of(options) as desk:
        wish = ExportResident(options.case, options.reason)
        file = export_resident(desk, wish, command_id(options))
        if options.out.suffix.lower() == PDF:
            from station_desk.counter.data_papers import resident_pdf

            _write(options, said, resident_pdf(desk, file))
        else:
            _write(options, said, as_json(file))
        numbers = [known.case.number for known in file.cases]
        said.tell({"cases": numbers, "file": str(options.out)}, "access.exported", count=len(numbers))
    return 0


def correct_verb(options: Options, said: Said) -> int:
    """Corrects values of a case, each given as PLACE=VALUE."""
    values = dict(_pair(word) for word in options.set)
    with desk_of(options) as desk:
        wish = CorrectCase(options.case, values, options.reason)
        moved = correct_case(desk, wish, command_id(options)).answer
        said.tell(moved, "access.corrected", number=moved.number, count=len(values))
    return 0


def _pair(word: str) -> tuple[str, str]:
    place, equals, value = word.partition("=")
    if not equals or not place:
        raise PairNotUnderstood(word=word)
    return place, value


def _tell_erased(desk: Desk, erased: Erased, options: Options, said: Said) -> None:
    said.tell(erased, "access.erased", record=erased.record, count=len(erased.cases))
    if erased.left:
        files = ", ".join(erased.left)
        said.tell({"left": erased.left}, "access.left_aside", count=len(erased.left), files=files)
    if options.out:
        _record(desk, erased.record, options, said)


def _record(desk: Desk, number: str, options: Options, said: Said) -> None:
    from station_desk.counter.data_papers import destruction_record, record_pdf

    at, record = destruction_record(desk, number)
    if options.out:
        _write(options, said, record_pdf(desk, number))
    elif options.what == "record":
        facts = {"at": at, "record": record}
        count = len(record.lines)
        said.tell(facts, "access.record.line", record=record.record, day=at[:10], count=count)


def _write(options: Options, said: Said, content: bytes) -> None:
    from station_desk.main.paper_verbs import OneFile

    OneFile(options.out).send(content, options.out.name)
    said.progress(said.texts("cli.paper_written", file=options.out))


def _look_line(row: AccessRow, said: Said) -> str:
    say = said.texts
    parts = (row.at[:19].replace("T", " "), row.actor, what_words(row, say), " ".join(row.cases))
    return "  ".join(filter(None, (*parts, why_words(row, say))))


def _due_line(case: DueCase, said: Said) -> str:
    key = "access.due.line" if case.held else "access.due.waits"
    return said.texts(key, number=case.number, item=case.item, ended=case.ended, years=case.years)
