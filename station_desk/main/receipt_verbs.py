"""`verify-receipt`: is a receipt genuine, by its signed code: typed, scanned, piped or on a picture."""

from pathlib import Path

from station_desk.core.clock import moment
from station_desk.core.errors import RuleError
from station_desk.counter.certificate_codes import prove_certificate
from station_desk.counter.desk import Desk
from station_desk.counter.receipt_codes import GenuineReceipt, prove_receipt
from station_desk.main.open_desk import Options, desk_of
from station_desk.main.said import Said, standard_input
from station_desk.protocol.certificate_code import looks_like_certificate
from station_desk.protocol.receipt_code import NoReceiptCode, looks_like_code

MOST_READ = 64 * 1024


class CodeNeeded(RuleError):
    code = "receipt.code_needed"


class PictureWithoutCode(RuleError):
    code = "receipt.picture_without_code"


class PictureOfMany(RuleError):
    code = "receipt.picture_of_many"


def verify_receipt_verb(options: Options, said: Said) -> int:
    """Says what a genuine receipt is about; whatever is wrong with another is an error with its sentence."""
    with desk_of(options) as desk:
        code = _code(options)
        if looks_like_certificate(code):
            return _certificate(options, desk, code, said)
        proved = prove_receipt(desk, code)
        said.tell(
            {"genuine": True, **_facts(proved)}, "proof.genuine", number=proved.number,
            day=moment(proved.accepted).date(), station=proved.station, counter=int(proved.signed_by),
        )  # fmt: skip
        if proved.state:
            said.progress(desk.texts("proof.here", state=desk.texts(f"term.state.{proved.state}")))
        else:
            said.progress(desk.texts("proof.not_here"))
    return 0


def _certificate(options: Options, desk: Desk, code: str, said: Said) -> int:
    proved = prove_certificate(desk, code, options.name)
    facts = {name: getattr(proved, name) for name in proved.__struct_fields__}
    said.tell(
        {"genuine": True, **facts}, "proof.certificate.genuine", seal=proved.seal, day=proved.sealed[:10],
        until=proved.until, station=proved.station, counter=int(proved.signed_by),
    )  # fmt: skip
    if proved.over:
        said.progress(desk.texts("proof.certificate.over", until=proved.until))
    said.progress(desk.texts(f"proof.certificate.{'named' if proved.compared else 'compare'}"))
    said.progress(desk.texts(f"proof.certificate.{'here' if proved.here else 'not_here'}"))
    return 0


def _facts(proved: GenuineReceipt) -> dict[str, object]:
    facts = {name: getattr(proved, name) for name in proved.__struct_fields__}
    return {**facts, "day": proved.accepted[:10], "here": bool(proved.state)}


def _code(options: Options) -> str:
    if options.image:
        return _on_picture(options.image)
    if not options.receipt_code:
        raise CodeNeeded
    if options.receipt_code != "-":
        return str(options.receipt_code)
    try:
        return standard_input().read(MOST_READ).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NoReceiptCode from error


def _on_picture(file: Path) -> str:
    # What reads pictures is loaded only when there is one.
    from station_desk.printing.proof import codes_in_picture

    found = sorted({t for t in codes_in_picture(file) if looks_like_code(t) or looks_like_certificate(t)})
    if not found:
        raise PictureWithoutCode(path=file)
    if len(found) > 1:
        raise PictureOfMany(path=file, count=len(found))
    return found[0]
