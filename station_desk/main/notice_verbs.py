"""`notice`: the one-time notice of all defects to the applicant, and the public notice of a case (公示)."""

from station_desk.core.errors import RuleError
from station_desk.counter.intake import GiveNotice, give_notice
from station_desk.counter.notices import PostNotice, TakeDown, notice_sheet, post_notice, take_down
from station_desk.main.act_verbs import UntilNeeded, tell_case
from station_desk.main.open_desk import Options, command_id, desk_of
from station_desk.main.said import Said

ACTS = ("post", "down", "show")


class NoticeWordsNotUnderstood(RuleError):
    code = "notice.words_not_understood"


def notice_verb(options: Options, said: Said) -> int:
    """Tells all defects of a case, or posts, takes down or shows its public notice."""
    match options.words:
        case [number] if number not in ACTS:
            return _tell_defects(options, number, said)
        case ["post", number]:
            return _post(options, number, said)
        case ["down", number]:
            return _take_down(options, number, said)
        case ["show", number]:
            return _show(options, number, said)
        case _:
            raise NoticeWordsNotUnderstood(words=" ".join(options.words))


def _tell_defects(options: Options, number: str, said: Said) -> int:
    if not options.until:
        raise UntilNeeded
    wish = GiveNotice(number, tuple(options.material), options.until, tuple(options.defect))
    with desk_of(options) as desk:
        return tell_case(desk, said, give_notice(desk, wish, command_id(options)).answer)


def _post(options: Options, number: str, said: Said) -> int:
    wish = PostNotice(number, options.place, options.phone, options.start)
    with desk_of(options) as desk:
        answer = post_notice(desk, wish, command_id(options)).answer
        until = desk.store.case(answer.number).postings[-1].until
        said.tell(answer, "notice.cli.posted", number=answer.number, until=until)
    return 0


def _take_down(options: Options, number: str, said: Said) -> int:
    objected = bool(options.objection.strip())
    wish = TakeDown(number, objected, options.objection, options.on, options.note)
    with desk_of(options) as desk:
        answer = take_down(desk, wish, command_id(options)).answer
        said.tell(answer, "notice.cli.ended", number=answer.number)
    return 0


def _show(options: Options, number: str, said: Said) -> int:
    with desk_of(options) as desk:
        sheet, say = notice_sheet(desk, number), desk.texts
        rows = "\n".join(say("notice.cli.row", label=label, value=value) for label, value in sheet.lines)
        said.tell(
            sheet, "notice.cli.sheet", title=sheet.title, number=sheet.number, lines=rows,
            span=say("notice.span", start=sheet.start, until=sheet.until), place=sheet.place or "-",
            phone=sheet.phone or "-",
        )  # fmt: skip
    return 0
