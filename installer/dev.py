"""Sets Station Desk up on this machine, then shows it or tests it.

    python3 installer/dev.py demo [ARGS]   set up, then the program's main job on real items
    python3 installer/dev.py test [ARGS]   set up, then every check; with ARGS only pytest, with them
    python3 installer/dev.py setup         set up and stop
    python3 installer/dev.py texts export|import DIR   the texts as .po files for translators, and back
    python3 installer/dev.py lock [ARGS]   make the lock files anew (--upgrade: with the newest releases)

Needs Python 3.11 or newer and nothing beside it; everything it installs lies in `.venv`, but for Debian's own
packages. It may be run as often as you like: what is there already is not done again.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
STAMP = VENV / ".station-desk-stamp"
LOCK = ROOT / "installer" / "requirements.lock"
UV_LOCK = ROOT / "installer" / "uv.lock.txt"
OLDEST = (3, 11)
STEPS = 5
# Debian's bundle also holds the certificates of an office network; pip before 24.2 does not look there.
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
POSTGRES_PROGRAMS = "/usr/lib/postgresql"

# Debian package: the library that shows it is there. What Qt loads without a screen.
WINDOW = {
    "libglib2.0-0": "libgthread-2.0.so.0",
    "libgl1": "libGL.so.1",
    "libegl1": "libEGL.so.1",
    "libfontconfig1": "libfontconfig.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libdbus-1-3": "libdbus-1.so.3",
}
# What Qt loads beside it on a real X screen.
SCREEN = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
}
# What only the tests use: an X screen, a browser, a CUPS, a bus and a key store of their own. strace watches
# the system's calls in tests of power cuts and disk errors; where it is forbidden they are skipped.
TEST_PROGRAMS = {
    "xvfb": "Xvfb",
    "xauth": "xauth",
    "chromium": "chromium",
    "strace": "strace",
    "cups": "/usr/lib/cups/backend/socket",
    "poppler-utils": "pdftotext",
    "qpdf": "qpdf",
    "at-spi2-core": "/usr/libexec/at-spi-bus-launcher",
    "dbus-daemon": "dbus-daemon",
    "gnome-keyring": "gnome-keyring-daemon",
}

# What `test` asks of the tree, quickest first: a name and a module of the Python in `.venv`.
CHECKS = (
    ("ruff check", "ruff", "check", "--output-format=concise", "."),
    ("ruff format", "ruff", "format", "--check", "."),
    ("mypy --strict", "mypy", "--strict", "station_desk", "installer", "tests", "db"),
    ("pytest, with the import contracts", "pytest", "-n", "2", "-m", "not long"),
)

OK, FAILED, NOT_POSSIBLE, OFFLINE = 0, 1, 2, 4


class SetupStopped(Exception):
    """The machine cannot be set up; the text says why and what to do now."""

    def __init__(self, sentence: str, exit_code: int) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


def main(arguments: list[str]) -> int:
    """Do what the first argument says; the rest goes on to the program or to pytest."""
    if sys.version_info < OLDEST:
        print(f"Station Desk needs Python 3.11 or newer; this is {sys.version.split()[0]}. {_newer_python()}")
        return NOT_POSSIBLE
    verbs = {"demo": demo, "test": test, "setup": setup, "lock": lock, "texts": texts}
    if not arguments or arguments[0] not in verbs:
        print(__doc__)
        return OK if arguments and arguments[0] in ("-h", "--help") else NOT_POSSIBLE
    try:
        return verbs[arguments[0]](arguments[1:])
    except SetupStopped as stopped:
        print(f"\nStopped: {stopped}", file=sys.stderr)
        return stopped.exit_code
    except KeyboardInterrupt:
        print("\nStopped by you. Run the same command again to go on.", file=sys.stderr)
        return 130


def demo(arguments: list[str]) -> int:
    """Set up, then run `station-desk demo`; its exit code is ours."""
    has_screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    set_up(missing_libraries(WINDOW | SCREEN if has_screen else WINDOW))
    return watched([str(BIN / "station-desk"), "demo", *arguments])


def test(arguments: list[str]) -> int:
    """Set up, then ruff, mypy and pytest (imports are checked by tests/house); all run, whichever fails."""
    programs = [package for package, name in TEST_PROGRAMS.items() if not shutil.which(name)]
    database = [] if find_initdb() else ["postgresql"]
    set_up(missing_libraries(WINDOW | SCREEN) + programs + database)
    if arguments:
        return watched([str(PYTHON), "-m", "pytest", *arguments])
    failed = [name for name, *command in CHECKS if not passes(name, [str(PYTHON), "-m", *command])]
    print("\nIn short: " + (f"failed: {', '.join(failed)}" if failed else "every check passed"))
    return FAILED if failed else OK


def setup(arguments: list[str]) -> int:
    """Set up and say how to go on."""
    if arguments:
        raise SetupStopped(f"setup takes no arguments, but got: {' '.join(arguments)}", NOT_POSSIBLE)
    set_up(missing_libraries(WINDOW))
    print("Next: python3 installer/dev.py demo")
    return OK


def texts(arguments: list[str]) -> int:
    """Set up, then carry the texts to translators or back; Babel is in `.venv` only."""
    set_up([])
    return watched([str(PYTHON), str(ROOT / "installer" / "texts.py"), *arguments])


def lock(arguments: list[str]) -> int:
    """Resolve pyproject.toml for all platforms and write the hashed locks, without any host name in them."""
    ensure_venv()
    uv = ensure_uv()
    if uv is None:
        raise SetupStopped("The lock is made by uv, and uv does not run on this machine.", NOT_POSSIBLE)
    compile_ = [uv, "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes"]
    compile_ += ["--no-annotate", "--no-header", "--quiet", *arguments]
    project = ["--all-extras", "--group", "dev", "pyproject.toml", "-o", str(LOCK)]
    for command, typed in (([*compile_, *project], ""), ([*compile_, "-", "-o", str(UV_LOCK)], "uv\n")):
        done = subprocess.run(command, cwd=ROOT, env=environment(), input=typed, text=True, check=False)
        if done.returncode:
            raise SetupStopped("uv could not make the lock, see the lines above.", OFFLINE)
    for file in (LOCK, UV_LOCK):
        if "://" in file.read_text("utf-8"):
            raise SetupStopped(f"{file.name} names a host; remove it before you commit.", FAILED)
        print(f"{file.relative_to(ROOT)}: {count_of_packages(file)} packages")
    return OK


def set_up(missing: list[str]) -> None:
    """Bring system packages and `.venv` to what the lock says; quick when they are there already."""
    began = time.monotonic()
    unchanged = STAMP.is_file() and STAMP.read_text("utf-8") == stamp()
    if missing or not unchanged:
        ensure_system(missing)
    if unchanged:
        print(f"Set up as the lock says ({time.monotonic() - began:.2f} s).", flush=True)
        return
    STAMP.unlink(missing_ok=True)
    ensure_venv()
    uv = ensure_uv()
    install = [uv, "pip", "install", "--python", str(PYTHON)] if uv else [*pip_command(), "install"]
    install_lock(install)
    install_project(install)
    STAMP.write_text(stamp(), "utf-8")
    print(f"Set up in {time.monotonic() - began:.1f} s.", flush=True)


def stamp() -> str:
    """What `.venv` was made from: lock, project file, the Python in it and the place where it lies."""
    read = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    return f"{read}\n{venv_version()}\n{VENV}\n"


def missing_libraries(wanted: dict[str, str]) -> list[str]:
    """The Debian packages whose library cannot be loaded here."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for package, library in wanted.items() if not _loads(library)]


def find_initdb() -> Path | None:
    """PostgreSQL's `initdb`, the newest one; Debian keeps it out of PATH."""
    kept_by_debian = Path(POSTGRES_PROGRAMS).glob("[1-9]*/bin/initdb")
    newest = max(kept_by_debian, key=lambda file: float(file.parent.parent.name), default=None)
    on_path = shutil.which("initdb")
    return newest or (Path(on_path).resolve() if on_path else None)


def ensure_system(missing: list[str]) -> None:
    """Install Debian packages where we may; else say the exact line."""
    say(1, "system libraries")
    rights = apt_rights()
    may_or_must_ask = rights is not None or bool(missing)
    wanted = [*missing, "python3-venv"] if may_or_must_ask and venv_needs_package() else missing
    if not wanted:
        return
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(wanted)}"
    if rights is None:
        raise SetupStopped(f"system packages are missing. As root, then again:\n\n  {line}\n", NOT_POSSIBLE)
    print(f"      installing {' '.join(wanted)} (may take a minute)", flush=True)
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=120"]
    if quiet([*apt, "update"]):
        print("      apt-get update had trouble; trying with the lists that are here", flush=True)
    if quiet([*apt, "install", "-y", "--no-install-recommends", *wanted]):
        raise SetupStopped(f"apt-get said no (see above). As root, then again:\n\n  {line}\n", NOT_POSSIBLE)


def apt_rights() -> list[str] | None:
    """What to put before apt-get: nothing as root, sudo where it asks no password, None where we may not."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def venv_needs_package() -> bool:
    """Debian keeps the half of `venv` that brings pip in a package of its own."""
    return venv_version() is None and sys.prefix == "/usr" and importlib.util.find_spec("ensurepip") is None


def ensure_venv() -> None:
    """A `.venv` that runs and is of this place; a broken or moved one is made anew, a good one stays."""
    if venv_version() is not None:
        say(2, f"virtual environment {VENV.name}, there already")
        return
    say(2, f"virtual environment {VENV.name}, Python {sys.version.split()[0]}")
    pip = [] if importlib.util.find_spec("ensurepip") else ["--without-pip"]
    if quiet([sys.executable, "-m", "venv", "--clear", *pip, str(VENV)]) or venv_version() is None:
        raise SetupStopped(
            f"{sys.executable} could not make {VENV} (its words are above). On Debian this helps:\n\n"
            "  apt-get update && apt-get install -y --no-install-recommends python3-venv\n",
            NOT_POSSIBLE,
        )


def venv_version() -> str | None:
    """The version of the Python in `.venv`; None where none runs, or it is too old, or was made elsewhere."""
    try:
        config = (VENV / "pyvenv.cfg").read_text("utf-8")
        ask = "import sys; print('{}.{}.{}'.format(*sys.version_info))"
        done = subprocess.run([str(PYTHON), "-I", "-c", ask], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    version = done.stdout.strip()
    major, minor, _ = version.split(".")
    settings = dict(line.split(" = ", 1) for line in config.splitlines() if " = " in line)
    made_here = settings.get("command", str(VENV)).endswith(str(VENV))
    same_python = settings.get("version", version).startswith(f"{major}.{minor}.")
    return version if made_here and same_python and (int(major), int(minor)) >= OLDEST else None


def ensure_uv() -> str | None:
    """The pinned uv in `.venv`, six times quicker than pip; None where it does not run."""
    uv = str(BIN / "uv")
    wanted = UV_LOCK.read_text("utf-8").split()[0].replace("==", " ")
    if _answer([uv, "--version"]).startswith(wanted):
        say(3, f"{wanted}, there already")
        return uv
    say(3, f"{wanted}, certificates of {environment().get('PIP_CERT', 'the installer itself')}")
    failed = quiet([*pip_command(), "install", "--no-deps", "--require-hashes", "-r", str(UV_LOCK)])
    if not failed and _answer([uv, "--version"]).startswith(wanted):
        return uv
    print("      uv cannot be had here; pip goes on alone, which takes longer", flush=True)
    return None


def pip_command() -> list[str]:
    """A pip that acts on `.venv`: its own, the system's, or the wheel that Debian keeps."""
    wheels = sorted(Path("/usr/share/python-wheels").glob("pip-*.whl"))
    choices = [[str(PYTHON), "-m", "pip"], [sys.executable, "-m", "pip", "--python", str(PYTHON)]]
    choices += [[str(PYTHON), str(wheel / "pip")] for wheel in wheels[-1:]]
    for choice in choices:
        if _answer([*choice, "--version"]).startswith("pip "):
            return [*choice, "--retries", "2"]
    raise SetupStopped(
        f"there is no pip for {VENV}. Run this line as root, then the same command again:\n\n"
        "  apt-get update && apt-get install -y --no-install-recommends python3-venv\n",
        NOT_POSSIBLE,
    )


def install_lock(install: list[str]) -> None:
    """Every package at the version and with the hash that the lock names, from the index of this machine."""
    say(4, f"{count_of_packages(LOCK)} packages of {LOCK.relative_to(ROOT)} (1 GB on disk)")
    command = [*install, "--require-hashes", "-r", str(LOCK)]
    if watched(command) if sys.stderr.isatty() else quiet(command):
        raise SetupStopped(
            "the packages could not be installed (the words of the installer are above). If no package index "
            "can be reached, set the network, its mirror or its proxy right and run the same command again; "
            "what was loaded is kept. If a hash differs, the index serves another file than the locked one.",
            OFFLINE,
        )


def count_of_packages(file: Path) -> int:
    """How many packages a lock names; their hashes stand on indented lines."""
    return sum(not line.startswith((" ", "#")) for line in file.read_text("utf-8").splitlines())


def install_project(install: list[str]) -> None:
    """Station Desk itself, read where it lies, so that `.venv/bin/station-desk` starts this tree."""
    say(5, f"{(BIN / 'station-desk').relative_to(ROOT)}")
    if quiet([*install, "--no-deps", "--no-index", "--no-build-isolation", "-e", str(ROOT)]):
        raise SetupStopped("Station Desk itself could not be installed (the words are above).", FAILED)


def passes(name: str, command: list[str]) -> bool:
    """Run one check before the reader's eyes."""
    print(f"\n--- {name}", flush=True)
    began = time.monotonic()
    passed = watched(command) == 0
    print(f"--- {name}: {'ok' if passed else 'FAILED'} after {time.monotonic() - began:.1f} s", flush=True)
    return passed


def environment() -> dict[str, str]:
    """Our environment, with the system's certificates for pip and uv where nobody chose others."""
    chosen = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "UV_HTTP_TIMEOUT": "120"}
    if CERTIFICATES.is_file():
        chosen |= {"PIP_CERT": str(CERTIFICATES), "SSL_CERT_FILE": str(CERTIFICATES)}
    # The tests start hundreds of processes: each would compile every library again.
    return chosen | {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def watched(command: list[str]) -> int:
    """Run with its output shown; the exit code."""
    try:
        return subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode
    except OSError as error:
        print(f"      {command[0]} does not run: {error}", file=sys.stderr)
        return 127


def quiet(command: list[str]) -> int:
    """Run without a word, but show how its words begin and end when it fails; the exit code."""
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
        )
    except OSError as error:
        print(f"      {command[0]} does not run: {error}", file=sys.stderr)
        return 127
    if done.returncode:
        lines = (done.stdout + done.stderr).strip().splitlines()
        for line in lines if len(lines) <= 14 else [*lines[:6], "...", *lines[-8:]]:
            print(f"      | {line}", file=sys.stderr)
    return done.returncode


def say(step: int, what: str) -> None:
    """One line of progress."""
    print(f"[{step}/{STEPS}] {what}", flush=True)


def _answer(command: list[str]) -> str:
    try:
        return subprocess.run(command, env=environment(), capture_output=True, text=True, check=False).stdout
    except OSError:
        return ""


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _newer_python() -> str:
    newer = [name for name in ("python3.13", "python3.12", "python3.11") if shutil.which(name)]
    if newer:
        return f"Use the one that is here: {newer[0]} installer/dev.py ..."
    return "Debian 12 and newer have one: apt-get install python3."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
