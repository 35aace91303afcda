"""`init` and `demo`: a counter from nothing."""

from station_desk.core.clock import now
from station_desk.counter.set_up import SetUp
from station_desk.main.open_desk import Options, set_up_desk
from station_desk.main.said import Said
from station_desk.main.unlocking import secret_in
from station_desk.store.room import keep_reserve
from station_desk.store.vault.changes import Keeping
from station_desk.store.vault.ring import read_ring
from station_desk.store.vault.telling import daily_way


def init_verb(options: Options, said: Said) -> int:
    """Sets up a counter in the profile folder."""
    wish = SetUp(
        options.station, options.name, options.counter, options.clerk, options.phone, options.address,
        options.complaint_phone,
    )  # fmt: skip
    passphrase = secret_in(options.passphrase_file) if options.passphrase_file else ""
    desk = set_up_desk(options.profile, wish, options.language, now, Keeping(passphrase))
    keep_reserve(desk.store.profile)
    desk.store.close()
    who = desk.station
    way = daily_way(read_ring(desk.store.profile))
    facts = {"station": who.code, "counter": who.counter, "profile": str(options.profile), "key": way}
    said.tell(facts, "cli.init", name=who.name, counter=who.counter_name, folder=options.profile)
    said.progress(said.texts(f"key.way.{way}"))
    said.progress(said.texts("key.envelope.missing"))
    return 0


def demo_verb(options: Options, said: Said) -> int:
    """One station's work from the door to the district; or a simulated day of its queue."""
    if options.day:
        from station_desk.main.demo.day.run import Wish, run_day

        wish = Wish(options.visitors, options.counters, options.seed, with_window=not options.no_window)
        return run_day(options.out, options.language, said, wish)
    # Everything at once is loaded here; `init` alone must not wait for it.
    from station_desk.main.demo.run import run_demo

    return run_demo(options.out, options.language, said, may_open_window=not options.no_window)
