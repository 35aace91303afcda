"""The file of an edition that comes piece by piece: kept beside the editions until it is whole.

It is nothing but bytes until it was verified; whatever is wrong with it is thrown away and asked for again.
"""

from pathlib import Path

from station_desk.protocol.editions import PIECE
from station_desk.store.profile import Profile
from station_desk.store.trouble import disk_trouble

ARRIVING = ".arriving-"


def arrived_so_far(profile: Profile, digest: str, size: int) -> int:
    """How many bytes of it are here, in whole pieces. Raises DiskFault."""
    place = _place(profile, digest)
    with disk_trouble(place):
        here = place.stat().st_size if place.exists() else 0
    return size if here == size else min(here, size) // PIECE * PIECE


def put_piece(profile: Profile, digest: str, start: int, body: bytes) -> None:
    """Writes a piece where it belongs; what stood after it is cut off. Raises DiskFault."""
    place = _place(profile, digest)
    with disk_trouble(place):
        profile.editions.mkdir(exist_ok=True)
        with place.open("r+b" if place.exists() else "xb") as file:
            file.truncate(start)
            file.seek(start)
            file.write(body)


def arrived_file(profile: Profile, digest: str) -> bytes:
    """The whole of what came. Raises DiskFault."""
    place = _place(profile, digest)
    with disk_trouble(place):
        return place.read_bytes() if place.exists() else b""


def forget_arrived(profile: Profile) -> None:
    """Nothing is on its way any more. Raises DiskFault."""
    with disk_trouble(profile.editions):
        for left in profile.editions.glob(f"{ARRIVING}*"):
            left.unlink()


def _place(profile: Profile, digest: str) -> Path:
    return profile.editions / f"{ARRIVING}{digest}"
