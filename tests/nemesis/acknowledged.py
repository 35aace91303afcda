"""kill -9 of the district the moment after it said what it holds: all that it said must be there."""

from contextlib import closing
from pathlib import Path

import httpx2

from station_desk.district.app import make_app
from station_desk.district.district import open_district
from station_desk.district.enrolment import new_enrol_code
from station_desk.main.district import _server
from station_desk.protocol import signing
from tests.district.station import CounterPC, Sender, enrolled
from tests.nemesis.server import Server
from tests.nemesis.stage import nothing


def kill_after_acknowledgements(folder: Path, kills: int) -> int:
    """So many times: push, hear the answer, kill, start again, ask. How often something was missing."""
    database = folder / "district.db"
    with closing(open_district(str(database))) as district:
        _server(make_app(district)).config.load()
        code = new_enrol_code(district, "QSQ001")
    server, pc, missing = Server(database, ""), CounterPC(), 0
    sender: Sender | None = None
    signing.new_key()
    try:
        for _ in range(kills):
            with _asking(server) as http:
                sender = Sender(http, sender.key, sender.device) if sender else enrolled(http, code)
                held = sender.hello().marks.get(pc.writer)
                first, number = (held.head.seq, held.dossiers) if held else (0, 0)
                pc.deliver_all()
                marks = sender.push(pc.events[first:], pc.finished[number:]).marks
                server.kill()
            with _asking(server) as http:
                sender = Sender(http, sender.key, sender.device)
                missing += sender.hello().marks != marks
                server.kill()
    finally:
        server.kill()
    return missing


def _asking(server: Server) -> httpx2.Client:
    address = f"http://127.0.0.1:{server.start(nothing)}"
    return httpx2.Client(base_url=address, transport=httpx2.HTTPTransport(verify=False), timeout=60)
