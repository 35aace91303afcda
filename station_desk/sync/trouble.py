"""What can go wrong between the desk and its district. None of it stops the work at the counter."""

from station_desk.core.errors import AuthError, DeskError, IntegrityError, OfflineError, RuleError
from station_desk.protocol.messages import RefusalCode


class AddressNotUnderstood(RuleError):
    """`address`: what was given; it must be `https://host` or `https://host:port`."""

    code = "sync.address_not_understood"


class AddressNotSafe(RuleError):
    """`address`: plain HTTP to another machine, where anybody on the way could read the cases."""

    code = "sync.address_not_safe"


class DistrictUnreachable(OfflineError):
    """`server`, `why`: nothing answers there."""

    code = "sync.district_unreachable"


class DistrictSlow(OfflineError):
    """`server`: it did not answer in time."""

    code = "sync.district_slow"


class ConnectionCut(OfflineError):
    """`server`: the connection ended in the middle."""

    code = "sync.connection_cut"


class TlsFailed(OfflineError):
    """`server`, `why`: it cannot prove who it is; nothing was sent."""

    code = "sync.tls_failed"


class ClockOrCertificate(OfflineError):
    """`server`, `clock`: by this PC's clock its certificate is not valid today; nothing was sent."""

    code = "sync.clock_or_certificate"


class NotTheDistrict(OfflineError):
    """`server`, `got`: something else answers: the login page of a network, a proxy, a wrong address."""

    code = "sync.not_the_district"


class DistrictInTrouble(OfflineError):
    """`server`, `detail`: it is there but cannot work now."""

    code = "sync.district_in_trouble"


class VersionRefused(OfflineError):
    """`server`, `detail`: the district speaks another version of the protocol."""

    code = "sync.version_refused"


class NotEnrolled(AuthError):
    """`server`: the district does not know this PC."""

    code = "sync.not_enrolled"


class Revoked(AuthError):
    """`server`, `detail`: the district takes nothing from this PC any more, and why."""

    code = "sync.revoked"


class Replaced(AuthError):
    """`server`: another PC was enrolled for this counter after this one."""

    code = "sync.replaced"


class EnrolRefused(AuthError):
    """`server`: the code is wrong, used, too old, for another station, or was tried too often."""

    code = "sync.enrol_refused"


class WriterNotOurs(AuthError):
    """`server`, `detail`: the log of another counter."""

    code = "sync.writer_not_ours"


class LogForked(IntegrityError):
    """`server`, `detail`: district and desk hold different events under the same number of a log."""

    code = "sync.log_forked"


class LogGap(IntegrityError):
    """`server`, `detail`: events are missing between what the district holds and what was sent."""

    code = "sync.log_gap"


class HashWrong(IntegrityError):
    """`server`, `detail`: an event is not what its hash says."""

    code = "sync.hash_wrong"


class CommitmentWrong(IntegrityError):
    """`server`, `detail`: the contents of a case are not what its log has promised."""

    code = "sync.commitment_wrong"


class MessageRefused(IntegrityError):
    """`server`, `detail`: the district does not understand what was sent."""

    code = "sync.message_refused"


class MessageTooBig(IntegrityError):
    """`server`, `detail`: one single event or dossier is bigger than the district takes."""

    code = "sync.message_too_big"


class HeadsDisagree(IntegrityError):
    """`writer`, `ours`, `theirs`: all was sent, and yet both sides do not hold the same."""

    code = "sync.heads_disagree"


REFUSALS: dict[RefusalCode, type[DeskError]] = {
    "sync.not_enrolled": NotEnrolled,
    "sync.revoked": Revoked,
    "sync.replaced": Replaced,
    "sync.enrol_refused": EnrolRefused,
    "sync.writer_not_ours": WriterNotOurs,
    "sync.log_forked": LogForked,
    "sync.log_gap": LogGap,
    "sync.hash_wrong": HashWrong,
    "sync.commitment_wrong": CommitmentWrong,
    "sync.message_refused": MessageRefused,
    "sync.message_too_big": MessageTooBig,
    "sync.version_refused": VersionRefused,
    "sync.district_in_trouble": DistrictInTrouble,
}
"""What the codes of a Refusal mean here."""
