"""Runs every kind of paper through a PDF/A validator that is not ours: Apache PDFBox Preflight.

    python tests/bench/pdfa.py [--jars DIR]

It knows PDF/A-1b only, the older and narrower part of the standard. Three things that PDF/A-2u asks for or
allows and we do on purpose are taken out of what it says; anything else it finds fails. A paper that was
broken by hand must be found, or the validator is of no use. Preflight comes with Debian (`apt-get install
libpdfbox2-java libactivation-java libjaxb-api-java default-jre-headless`); `--jars` says where its files lie.
"""

import argparse
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

import pikepdf

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.paper.every_paper import every_paper

JARS = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "commons-io")
MORE = ("javax.activation", "jaxb-api")
"""Found beside the others on some systems; new versions of Java lack what is in them."""

ON_PURPOSE = {
    "2.1.6": "Invalid version of the ICCProfile",
    "7.11.1": "conformance level must be A or B",
    "7.11.2": "part must be 1",
}
"""A colour profile of version 4, level U, part 2: allowed or asked for by PDF/A-2u, unknown to PDF/A-1b."""

FOUND = re.compile(r"^(\d+(?:\.\d+)*) : (.*)$", re.MULTILINE)
OLD_WAYS = ("-Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.NoOpLog",)


def main() -> int:
    """Prints a line for each kind; the exit code is 1 when one breaks a rule, 3 without a validator."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--jars", type=Path, default=Path("/usr/share/java"))
    jars = asked.parse_args().jars
    lacking = [name for name in JARS if not (jars / f"{name}.jar").exists()]
    if lacking or not which("java"):
        print(
            f"SKIPPED: no validator ({', '.join(lacking) or 'java'} not found; see --help)", file=sys.stderr
        )
        return 3
    path = ":".join(str(jars / f"{name}.jar") for name in (*JARS, *MORE))
    papers, bad = list(every_paper()), 0
    with TemporaryDirectory() as folder:
        file = Path(folder, "paper.pdf")
        for name, make in papers:
            file.write_bytes(make())
            found = faults(file, path)
            bad += bool(found)
            print(f"{name:24}{'; '.join(found) or 'sound'}", flush=True)
        file.write_bytes(broken(papers[0][1]()))
        seen = faults(file, path)
    print(f"{'broken by hand':24}{'; '.join(seen) or 'NOT FOUND'}")
    print(f"{len(papers)} kinds of paper, {bad} with faults (goal 0)")
    return int(bad > 0 or not seen)


def broken(pdf: bytes) -> bytes:
    """The same without its first font."""
    into = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as read:
        del read.pages[0].Resources.Font["/F1"].FontDescriptor["/FontFile2"]
        read.save(into, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return into.getvalue()


def faults(file: Path, path: str) -> list[str]:
    """What the validator says beyond what we do on purpose. Its silence counts as a fault too."""
    told = subprocess.run(
        ["java", *OLD_WAYS, "-cp", path, "org.apache.pdfbox.preflight.Validator_A1b", file],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = FOUND.findall(told.stdout)
    unknown = [f"{code} {words}" for code, words in found if not words.endswith(ON_PURPOSE.get(code, "\0"))]
    silent = {*ON_PURPOSE} - {code for code, _ in found}
    return unknown + [
        f"the validator did not say {code}: {told.stderr.strip()[-200:]}" for code in sorted(silent)
    ]


if __name__ == "__main__":
    sys.exit(main())
