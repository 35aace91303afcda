"""1,000 altered or falsely signed requests over HTTP to a real district: every one must be answered 401.

python -m tests.bench.forged [--requests 1000] [--seed 1]
"""

import argparse
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from random import Random

import httpx2

from station_desk.district.district import open_district
from station_desk.district.enrolment import new_enrol_code
from tests.district.station import enrolled
from tests.nemesis.forged import send_forged
from tests.nemesis.server import Server
from tests.nemesis.stage import nothing


def main() -> int:
    """Sends them; 0 when all were refused and nothing was held."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--requests", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        told = forge(Path(folder), asked.requests, asked.seed)
    for (kind, status), count in sorted(told.items()):
        print(f"  {count:5d} × {kind}: {status}")
    right = sum(n for (kind, status), n in told.items() if status == 401)
    print(f"{asked.requests} altered requests in {time.monotonic() - began:.0f} s, {right} answered 401")
    return int(not is_good(told, asked.requests))


def forge(folder: Path, count: int, seed: int) -> dict[tuple[str, int], int]:
    """What a district of its own process says to so many forgeries."""
    with closing(open_district(str(folder / "district.db"))) as district:
        codes = [new_enrol_code(district, "QSQ001") for _ in range(2)]
    server = Server(folder / "district.db", "")
    try:
        address = f"http://127.0.0.1:{server.start(nothing)}"
        transport = httpx2.HTTPTransport(verify=False)
        with httpx2.Client(base_url=address, transport=transport, timeout=60) as http:
            sender, other = enrolled(http, codes[0]), enrolled(http, codes[1], counter="03")
            return dict(send_forged(sender, other, count, Random(seed)))
    finally:
        server.kill()


def is_good(told: dict[tuple[str, int], int], count: int) -> bool:
    """All forgeries 401, the right ones between them 200, nothing held."""
    control = ("right", "nothing held")
    refused = sum(n for (kind, status), n in told.items() if status == 401 and kind not in control)
    return refused == count and all(status == 200 for kind, status in told if kind in control)


if __name__ == "__main__":
    sys.exit(main())
