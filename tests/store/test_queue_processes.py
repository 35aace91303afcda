"""Several programs on one profile call at once: every ticket is called exactly once."""

import json
import subprocess
import sys

from station_desk.counter.desk import Desk
from station_desk.store.queue import calls
from station_desk.store.verify import verify_deep

PROGRAMS, TICKETS = 3, 45


def test_no_ticket_is_called_twice_by_several_programs(desk: Desk) -> None:
    desk.store.close()
    command = [sys.executable, "-m", "station_desk", "--profile", str(desk.store.profile.folder)]
    # Taken and called by the programs themselves, on the wall clock's day.
    take = b"".join(_line(f"take-{n}", "take_ticket", item="LS-001") for n in range(TICKETS))
    subprocess.run([*command, "batch"], input=take, capture_output=True, check=True)
    running = [
        subprocess.Popen([*command, "batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(PROGRAMS)
    ]
    for n, program in enumerate(running, 1):
        asked = b"".join(_line(f"call-{n}-{k}", "call_next", counter=str(n)) for k in range(TICKETS))
        assert program.stdin
        program.stdin.write(asked)
        program.stdin.close()
    answers = []
    for program in running:
        assert program.stdout
        with program, program.stdout as said:
            answers += [json.loads(line) for line in said]
    called = [answer["answer"]["id"] for answer in answers if answer["ok"]]
    refused = {answer["error"] for answer in answers if not answer["ok"]}
    assert (len(called), len(set(called)), refused) == (TICKETS, TICKETS, {"ticket.queue_empty"})
    told = [one.ticket for one in calls(desk.store, f"20{called[0][1:3]}-{called[0][3:5]}-{called[0][5:7]}")]
    assert sorted(told) == sorted(called)
    assert verify_deep(desk.store, lambda *_: None) == []


def _line(name: str, act: str, **wish: str) -> bytes:
    return json.dumps({"id": name, "do": act, "with": wish}).encode() + b"\n"
