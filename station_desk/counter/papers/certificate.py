"""证明: what the committee certifies, in published words, with its number in the register and a proof."""

from datetime import date

from station_desk.cases.seal import Certificate
from station_desk.catalogue.certificates import GAP
from station_desk.core.clock import day_of
from station_desk.core.texts import Texts
from station_desk.counter.certificate_codes import code_of_certificate
from station_desk.counter.papers.application_form import answer_words
from station_desk.counter.papers.telling import Contents, Telling, common_facts
from station_desk.counter.wording import worded

TENS = 10


def certificate(told: Telling) -> Contents:
    """The certificate as it was sealed; a reprint says the same under the same number."""
    sealed = told.moment.after.certificates[-1]
    say, name = told.say, worded(sealed.name, told.say)
    facts = {
        "seal": sealed.seal, "certificate": name, "text": _text(told, sealed), "basis": sealed.basis,
        "again": told.sentence("again", first=sealed.again) if sealed.again else "",
        "statement": sealed.statement, "purpose": sealed.purpose, "body": sealed.body,
        "until": in_full(date.fromisoformat(sealed.until), say) if sealed.until else "",
        "copies": str(sealed.copies), "approver": sealed.approver, "issued": in_full(day_of(sealed.at), say),
    }  # fmt: skip
    return Contents(facts, title=name, proof=code_of_certificate(told.desk, told.case, sealed))


def in_full(day: date, say: Texts) -> str:
    """A day in words, as what must not be altered is dated: 二〇二六年十一月二十日, 20 November 2026."""
    numerals = say("papers.in_full.numerals")
    year = "".join(numerals[int(digit)] for digit in str(day.year))
    month = say(f"papers.in_full.month.{day.month}")
    return say("papers.in_full.date", year=year, month=month, day=_counted(day.day, numerals))


def _counted(number: int, numerals: str) -> str:
    if len(numerals) <= TENS:
        return str(number)
    tens, ones = divmod(number, TENS)
    many = numerals[tens] if tens > 1 else ""
    return many + (numerals[TENS] if tens else "") + (numerals[ones] if ones else "")


def _text(told: Telling, sealed: Certificate) -> str:
    if sealed.text is None:
        return told.sentence("plain", certificate=worded(sealed.name, told.say))
    facts, fields = common_facts(told), told.desk.under(told.case).catalogue.fields

    def said(key: str) -> str:
        answer = told.case.answers.get(key, "")
        return facts.get(key) or answer_words(told, answer, fields.get(key))

    return GAP.sub(lambda found: said(found[1]), worded(sealed.text, told.say))
