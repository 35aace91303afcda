"""Which events this program can read. What it cannot read it keeps as it came, for a newer program."""

from collections.abc import Mapping

import msgspec

from station_desk.cases import data_rights as d
from station_desk.cases import handover_parts as h
from station_desk.cases import opened as o
from station_desk.cases import parts as p
from station_desk.cases import seal as s
from station_desk.cases import staff
from station_desk.cases import step_back as b
from station_desk.cases import ticket_parts as t
from station_desk.cases.called_back import ANSWERED, CallBackAnsweredPublic
from station_desk.cases.closed_day import CLOSED, DayClosedPublic
from station_desk.cases.event import Event
from station_desk.cases.kept_answers import KEPT, AnswersKeptPublic
from station_desk.cases.opened import ResidentOpenedPublic
from station_desk.cases.station_told import TOLD, StationToldPublic

PARTS: Mapping[str, type[msgspec.Struct]] = {
    "case.accepted": p.AcceptedPublic,
    "case.received": p.AcceptedPublic,
    "case.noticed": p.NoticedPublic,
    "case.completed": p.CompletedPublic,
    "case.taken_on": p.TakenOnPublic,
    "case.declined": p.EndedPublic,
    "case.advanced": p.AdvancedPublic,
    b.STEP_BACK: b.StepTakenBackPublic,
    "case.stopped": p.StoppedPublic,
    "case.resumed": p.ResumedPublic,
    "case.redated": p.RedatedPublic,
    "case.suspended": p.SuspendedPublic,
    "case.continued": p.ResumedPublic,
    "case.extended": p.ExtendedPublic,
    "case.forwarded": p.ForwardedPublic,
    "case.returned": p.ReturnedPublic,
    "case.followed_up": p.FollowedUpPublic,
    "case.notice_posted": p.NoticePostedPublic,
    "case.notice_ended": p.NoticeEndedPublic,
    "case.transferred": h.TransferredPublic,
    "case.taken_back": h.TakenBackPublic,
    "case.taken_over": h.TakenOverPublic,
    "case.withdrawn": p.EndedPublic,
    "case.finished": p.FinishedPublic,
    "case.delivered": p.DeliveredPublic,
    "case.voided": p.VoidedPublic,
    CLOSED: DayClosedPublic,
    ANSWERED: CallBackAnsweredPublic,
    TOLD: StationToldPublic,
    s.CERTIFIED: s.CertifiedPublic,
    s.VOIDED: s.CertificateVoidedPublic,
    "ticket.taken": t.TicketTakenPublic,
    "ticket.moved": t.TicketMovedPublic,
    "paper.intended": p.PaperPublic,
    "paper.sent": p.PaperPublic,
    "paper.confirmed": p.PaperPublic,
    "calendar.imported": p.YearImportedPublic,
    "resident.opened": ResidentOpenedPublic,
    staff.ADDED: staff.AddedPublic,
    staff.CHANGED: staff.ChangedPublic,
    o.READ: o.AccessReadPublic,
    o.UNMASKED: o.AccessUnmaskedPublic,
    o.EXPORTED: o.AccessExportedPublic,
    d.CORRECTED: d.CorrectedPublic,
    d.ERASED: d.ErasedPublic,
    d.DESTROYED: d.DestroyedPublic,
    KEPT: AnswersKeptPublic,
}


def readable(event: Event, hands: int = h.MOST_HANDS) -> bool:
    """Whether the kind is known and the public part has the shape that this kind has today.

    A take-over is read together with the history that it carries: `hands` are the hand-overs left in it.
    """
    shape = PARTS.get(event.kind)
    if shape is None or not hands:
        return False
    try:
        public = msgspec.json.decode(event.public, type=shape)
        carried = public.carried if isinstance(public, h.TakenOverPublic) else ()
        return all(one.subject == event.subject and readable(one.event(), hands - 1) for one in carried)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
