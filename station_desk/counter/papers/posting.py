"""公示: what hangs on the board, made from the lines that the allow-list of the item let through."""

from station_desk.cases import parts as p
from station_desk.cases.papers import private_part, public_part
from station_desk.counter.notices import line_words
from station_desk.counter.papers.telling import Contents, Telling


def posting(told: Telling) -> Contents:
    """The notice as it was posted: from when until when, whom to call, and its lines."""
    public = public_part(told.moment, p.NoticePostedPublic)
    private = private_part(told.moment, p.NoticePostedPrivate)
    words = [line_words(line, told.say) for line in private.lines]
    rows = [{"label": label, "value": value} for label, value in words]
    return Contents({"start": public.start, "until": public.until, "phone": private.phone}, {"lines": rows})
