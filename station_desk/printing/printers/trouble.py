"""What can go wrong between a paper and a printer, said so that a clerk can act on it."""

from station_desk.core.errors import Term, TroubleError


class PrinterUnreachable(TroubleError):
    """Nobody answers there; nothing was sent. Values: printer, why."""

    code = "printer.unreachable"


class PrinterUnknown(TroubleError):
    """The system has no printer of that name. Values: printer."""

    code = "printer.unknown"


class PrinterRefuses(TroubleError):
    """The printer, or the system before it, does not take the paper. Values: printer, why."""

    code = "printer.refuses"


class BrokenOff(TroubleError):
    """The printer vanished while it was being printed. Values: printer, sent, size."""

    code = "printer.broken_off"


class Stalled(TroubleError):
    """The printer takes nothing more and does not say why. Values: printer, sent, size, seconds."""

    code = "printer.stalled"


class NoAnswer(TroubleError):
    """The printer took everything but does not say that it printed it. Values: printer, seconds."""

    code = "printer.no_answer"


class OutOfPaper(TroubleError):
    """The roll ended. Values: printer."""

    code = "printer.out_of_paper"


class PrinterStuck(TroubleError):
    """The printer asks for somebody; the paper was taken back from its queue. Values: printer, reason."""

    code = "printer.stuck"


class JobEnded(TroubleError):
    """Somebody or the system ended the print before it was done. Values: printer, reason."""

    code = "printer.job_ended"


class MayStillCome(TroubleError):
    """Nobody knows: the paper could not be taken back. Values: printer, why."""

    code = "printer.may_still_come"


class DeviceMissing(TroubleError):
    """What stands at that path is no device. Values: path."""

    code = "printer.device_missing"


REASONS = {
    "media-empty": "no_paper",
    "media-needed": "no_paper",
    "media-jam": "jam",
    "cover-open": "open",
    "door-open": "open",
    "interlock-open": "open",
    "toner-empty": "no_ink",
    "marker-supply-empty": "no_ink",
    "offline": "offline",
    "shutdown": "offline",
    "connecting-to-device": "offline",
    "timed-out": "offline",
    "paused": "paused",
    "moving-to-paused": "paused",
    "stopped-partly": "paused",
    "spool-area-full": "full",
}
"""The reasons by which a printer says what it needs (RFC 8011, 5.4.12), and the words we have for them."""

GRADES = ("-error", "-warning", "-report")


def reason_of(keywords: list[str]) -> Term | None:
    """What is wrong with a printer by what it says of itself; None when it can go on by itself."""
    for keyword in keywords:
        plain = keyword
        for grade in GRADES:
            plain = plain.removesuffix(grade)
        if plain in REASONS:
            return Term(f"printer.reason.{REASONS[plain]}")
    return None
