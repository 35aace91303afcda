"""`hall [--serve]`: the display of the hall on its own, as a window or as a web page."""

import ipaddress
import re
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Callable

from station_desk.core import paths
from station_desk.core.clock import now
from station_desk.core.errors import RuleError, TroubleError
from station_desk.counter.hall.content import content_of
from station_desk.counter.hall.watch import HallWatch
from station_desk.counter.wording import language_of
from station_desk.main.desk import NOT_SHOWN, has_display
from station_desk.main.open_desk import Options, published_for
from station_desk.main.said import Said
from station_desk.main.unlocking import key_of
from station_desk.store.profile import Profile, require_profile

CODE = re.compile(r"[A-Za-z0-9_-]{8,64}")


class HallCodeWeak(RuleError):
    code = "hall.code_weak"


class HallPortTaken(TroubleError):
    code = "hall.port_taken"


def hall_verb(options: Options, said: Said) -> int:
    """Shows or serves the display until it is closed or told to stop."""
    require_profile(Profile(options.profile))
    opened = Profile(options.profile, key_of(options))
    if options.serve:
        return serve(options, opened, said, lambda url: _tell(options, said, url))
    if not has_display():
        sys.stderr.write(said.texts("ui.no_display") + "\n")
        return NOT_SHOWN
    return show(opened, said)


def show(profile: Profile, said: Said) -> int:
    """The window alone, for as long as it is open."""
    from station_desk.main.start import application
    from station_desk.ui.hall.display import HallDisplay
    from station_desk.ui.look.fonts import load_fonts

    app = application()
    family = load_fonts(paths.RESOURCES / "fonts")
    catalogue = published_for(profile.folder, now).forms.catalogue
    display = HallDisplay(profile, catalogue, language_of(said.texts), now, family)
    display.closed.connect(app.quit)
    display.open()
    return app.exec()


def serve(options: Options, profile: Profile, said: Said, ready: Callable[[str], None]) -> int:
    """The page until Ctrl+C or SIGTERM. Raises HallCodeWeak, HallPortTaken."""
    from station_desk.main.hall.state import HallState
    from station_desk.main.hall.web import HallServer

    code = code_for(options.host, options.code)
    catalogue = published_for(options.profile, now).forms.catalogue
    content = content_of(options.profile, catalogue, language_of(said.texts), paths.RESOURCES / "i18n", now)
    if content.fault:
        raise content.fault
    state = HallState(content, now)
    try:
        server = HallServer(options.host, options.port, code, state)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", "") or str(error)
        raise HallPortTaken(host=options.host, port=options.port, why=why) from error
    watch = HallWatch(profile, now, state.on_rows, state.on_trouble, content.mark)
    if threading.current_thread() is threading.main_thread():
        # A service manager ends us by SIGTERM: as cleanly as Ctrl+C does.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    with server:
        watch.start()
        ready(address(options.host, server.server_port, server.prefix))
        try:
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            pass
        finally:
            watch.stop()
    return 0


def code_for(host: str, asked: str) -> str:
    """The access code: the asked one, a fresh one beyond this machine, none on it. Raises HallCodeWeak."""
    if asked and not CODE.fullmatch(asked):
        raise HallCodeWeak
    return asked or ("" if is_loopback(host) else secrets.token_urlsafe(9))


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what is bound there."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def address(host: str, port: int, prefix: str) -> str:
    """What is typed into the television."""
    name = socket.gethostname() if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    return f"http://{f'[{name}]' if ':' in name else name}:{port}{prefix}"


def _tell(options: Options, said: Said, url: str) -> None:
    said.tell({"url": url}, "hall.serving_at", url=url)
    if not is_loopback(options.host):
        said.progress(said.texts("hall.served_beyond"))
