"""A CUPS of a test's own: its own folder, port and queues; no service of the system is touched.

The queues lead to sockets of the test and change no byte, so that what was printed can be compared; one may
have the driver of an office printer, which makes its own file of the paper.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from station_desk.printing.printers.spooler import Spooler
from tests.paper.wire import closed_port

PATIENCE_S = 30.0
CUPSD = "/usr/sbin/cupsd"
DRIVER = "/usr/share/ppd/cupsfilters/Generic-PDF_Printer-PDF.ppd"

SCHEDULER = """
Listen 127.0.0.1:{port}
Browsing Off
WebInterface No
DefaultAuthType None
LogLevel info
MaxLogSize 0
PreserveJobHistory Yes
PreserveJobFiles No
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow localhost
  </Limit>
</Policy>
"""

FILES = """
ServerRoot {folder}/root
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/tmp
ErrorLog {folder}/log/error
AccessLog {folder}/log/access
PageLog {folder}/log/page
DataDir /usr/share/cups
ServerBin /usr/lib/cups
FatalErrors none
User {user}
Group {group}
SystemGroup {group}
"""

QUEUE = """
<Printer {name}>
DeviceURI socket://127.0.0.1:{port}/?waiteof=false
State {state}
Accepting {accepting}
Shared No
ErrorPolicy stop-printer
</Printer>
"""


@contextmanager
def private_cups(
    queues: Mapping[str, int], *, stopped: str = "", closed: str = "", driven: str = ""
) -> Iterator[Spooler]:
    """A CUPS whose queues lead to ports of this machine; one may stand, one be closed, one have a driver."""
    folder = Path(tempfile.mkdtemp(prefix="station-desk-cups-"))
    try:
        port = closed_port()
        command = _made(folder, port, _queues(queues, stopped, closed), driven)
        with (folder / "said").open("wb") as said:
            server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        try:
            yield _answering(Spooler("127.0.0.1", port), server, folder, len(queues))
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(PATIENCE_S)
    finally:
        shutil.rmtree(folder)


def _queues(queues: Mapping[str, int], stopped: str, closed: str) -> str:
    return "".join(
        QUEUE.format(
            name=name, port=port, state="Stopped" if name == stopped else "Idle",
            accepting="No" if name == closed else "Yes",
        )
        for name, port in queues.items()
    )  # fmt: skip


def _made(folder: Path, port: int, queues: str, driven: str) -> list[str]:
    """The folder of the scheduler, and the command that starts it; it works as nobody when we are root."""
    for name in ("root", "root/ppd", "spool", "cache", "state", "tmp", "log"):
        (folder / name).mkdir()
    if driven:
        shutil.copy(DRIVER, folder / "root" / "ppd" / f"{driven}.ppd")
    # A copy: on a machine with AppArmor the one in its place may read the system's folders only.
    program = str(shutil.copy(CUPSD, folder / "cupsd"))
    user = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    names = {"folder": folder, "user": user.pw_name, "group": user.pw_gid, "port": port}
    (folder / "root" / "cupsd.conf").write_text(SCHEDULER.format_map(names), "utf-8")
    (folder / "root" / "cups-files.conf").write_text(FILES.format_map(names), "utf-8")
    (folder / "root" / "printers.conf").write_text(queues, "utf-8")
    command = ["setpriv", "--pdeathsig", "TERM"]
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid)
        command += ["--reuid", str(user.pw_uid), "--regid", str(user.pw_gid), "--clear-groups"]
    configuration = [
        "-c",
        str(folder / "root" / "cupsd.conf"),
        "-s",
        str(folder / "root" / "cups-files.conf"),
    ]
    return [*command, program, "-f", *configuration]


def _answering(spooler: Spooler, server: subprocess.Popen[bytes], folder: Path, count: int) -> Spooler:
    until = time.monotonic() + PATIENCE_S
    while server.poll() is None and time.monotonic() < until:
        if len(spooler.queue_names(1.0)) == count:
            return spooler
        time.sleep(0.05)
    errors = folder / "log" / "error"
    told = errors.read_text("utf-8") if errors.exists() else ""
    raise AssertionError(f"cupsd did not start: {(folder / 'said').read_text('utf-8')}{told}")
