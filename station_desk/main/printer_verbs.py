"""`printers`: which printer takes which paper at this counter; chosen, looked at, tried."""

import msgspec

from station_desk.core.errors import RuleError
from station_desk.counter.desk import Desk
from station_desk.counter.printers import (
    Chosen,
    choose_printer,
    chosen_printers,
    forget_printer,
    found_printers,
    kind_words,
    place_words,
    usual_copies,
)
from station_desk.counter.trial_print import print_trial
from station_desk.main.open_desk import Options, desk_of
from station_desk.main.said import Said
from station_desk.printing.printers.setting import PrinterSetting


class PrinterNeeded(RuleError):
    code = "printer.needed"


def printers_verb(options: Options, said: Said) -> int:
    """Lists, sets, forgets or tries the printers."""
    with desk_of(options) as desk:
        if options.what == "list":
            _tell_all(desk, said)
            return 0
        if not options.kind or (options.what == "set" and not options.address):
            raise PrinterNeeded
        _do(desk, options, said)
    return 0


def _do(desk: Desk, options: Options, said: Said) -> None:
    kind, say = options.kind, desk.texts
    match options.what:
        case "set":
            setting = _setting(options)
            choose_printer(desk, kind, setting)
            words = {"kind": kind_words(kind, say), "place": place_words(setting, say)}
            said.tell(_facts(Chosen(kind, setting, own=True)), "printer.was_set", **words)
        case "forget":
            forget_printer(desk, kind)
            said.tell({"kind": kind}, "printer.was_forgotten", kind=kind_words(kind, say))
        case _:
            place = place_words(print_trial(desk, kind), say)
            said.tell({"kind": kind, "printed": True}, "printer.was_tried", place=place)


def _setting(options: Options) -> PrinterSetting:
    return PrinterSetting(
        options.address.strip(), options.copies or usual_copies(options.kind), options.sides, options.size,
        options.letters, not options.silent,
    )  # fmt: skip


def _tell_all(desk: Desk, said: Said) -> None:
    lines: list[tuple[object, str]] = [
        (_facts(chosen), _line(desk, chosen)) for chosen in chosen_printers(desk)
    ]
    found = found_printers(desk)
    lines += [({"found": f"system:{name}"}, f"  system:{name}") for name in found]
    said.rows(lines, "printer.found", count=len(found))


def _facts(chosen: Chosen) -> dict[str, object]:
    setting = msgspec.to_builtins(chosen.setting) if chosen.setting else {"address": ""}
    return {"kind": chosen.kind, "own": chosen.own, **setting}


def _line(desk: Desk, chosen: Chosen) -> str:
    say, setting = desk.texts, chosen.setting
    place = place_words(setting, say)
    if setting is None:
        return f"{chosen.kind}  {place}"
    sides = say(f"printer.sides.{setting.sides}")
    size = setting.size or say("printer.size.own")
    copies = say("printer.copies", count=setting.copies)
    as_all = "" if chosen.own or chosen.kind == "papers" else say("printer.as_all")
    return "  ".join(filter(None, (chosen.kind, place, copies, sides, size, as_all)))
