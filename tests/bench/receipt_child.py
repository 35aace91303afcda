"""Makes receipts of the benchmark as long as somebody asks: a count a line, answered by one line of JSON."""

import json
import sys
import time
from importlib import import_module
from typing import Any


def main(engine: str) -> None:
    """The first receipt is timed from the engine's first import on."""
    began, worked, made = time.perf_counter(), time.process_time(), 0
    make: Any = import_module(f"tests.bench.receipt_{engine}").make
    from tests.bench.receipt_content import content

    for line in sys.stdin:
        times, last = [], b""
        for _ in range(int(line)):
            told = content(made)
            start = time.perf_counter() if made else began
            last = make(told)
            times.append((time.perf_counter() - start) * 1000)
            made += 1
        work, worked = time.process_time() - worked, time.process_time()
        said = {"times": times, "work": work * 1000, "size": len(last), "megabytes": held()}
        print(json.dumps(said), flush=True)


def held() -> float:
    """The most memory of this process so far, in megabytes."""
    if sys.platform == "win32":
        return 0.0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1])
