"""The editor of a published field: what it asks decides how it is filled in, on every page alike."""

from station_desk.catalogue.item import Catalogue, FieldKindOf
from station_desk.core.texts import Texts
from station_desk.counter.wording import language_of
from station_desk.ui.look.look import Look
from station_desk.ui.shared.editors import (
    ChoiceEditor,
    DayEditor,
    Editor,
    LineEditor,
    OfferingEditor,
    Option,
    RadioEditor,
    TextEditor,
    radio_width,
)

RADIO_ROOM = 230


def answer_editor(kind: FieldKindOf, catalogue: Catalogue, say: Texts, look: Look) -> Editor:
    """An empty editor for the answers of a field."""
    language = language_of(say)
    hint = kind.hint.in_language(language) if kind.hint else ""
    match kind.kind:
        case "long_text":
            return TextEditor(look, hint)
        case "date":
            return DayEditor(look, hint or say("ui.form.date_hint"))
        case "yes_no":
            return _choice([(word, say(f"ui.form.{word}")) for word in ("yes", "no")], say, look)
        case "choice":
            return _choice([(c.hans, c.in_language(language)) for c in kind.choices], say, look)
        case "certificate":
            names = [one.name.in_language(language) for one in catalogue.certificates.allowed]
            told = hint or say("ui.form.certificate" if names else "ui.form.no_certificate")
            return OfferingEditor(look, names, told)
        case "text" | "integer" | "money" | "phone" | "citizen_id":
            return LineEditor(look, hint)


def _choice(options: list[Option], say: Texts, look: Look) -> Editor:
    if radio_width(options, look) <= look.px(RADIO_ROOM):
        return RadioEditor(look, options)
    return ChoiceEditor(look, options, say("ui.form.choose"))
