"""Why the district does not take a message: becomes the answer to the station, never a trouble of ours."""

from station_desk.protocol.messages import RefusalCode


class Refused(Exception):
    """Ends the handling of a message and takes back whatever it wrote. `status` is that of HTTP.

    `seq` or `dossier` is the number of the one thing in the log of `writer` that it is about.
    """

    def __init__(
        self, status: int, code: RefusalCode, detail: str = "", *, writer: str = "", seq: int = 0,
        dossier: int = 0,
    ) -> None:  # fmt: skip
        super().__init__(f"{status} {code} {detail}")
        self.status = status
        self.code = code
        self.detail = detail
        self.writer = writer
        self.seq = seq
        self.dossier = dossier
