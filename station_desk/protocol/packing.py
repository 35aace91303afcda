"""Messages packed for slow lines (gzip, RFC 9110 section 8.4.1), and unpacked no further than allowed."""

import gzip
import zlib

GZIP = "gzip"
WORTH_IT = 1024
"""Below so many bytes packing saves nothing that anybody could notice."""

LEVEL = 3
"""A third of the time of the usual 6, for a seventh more on the line (measured on messages of 256 events)."""

_GZIP_FRAME = 31


class TooBig(ValueError):
    """It would unpack to more than was allowed."""


class NotPacked(ValueError):
    """It is no single, whole gzip stream."""


def packed(message: bytes) -> bytes:
    """The message packed; the same bytes for the same message."""
    return gzip.compress(message, LEVEL, mtime=0)


def unpacked(content: bytes, most: int) -> bytes:
    """The message, of at most `most` bytes: no more than that is ever held. Raises TooBig, NotPacked."""
    unpacker = zlib.decompressobj(_GZIP_FRAME)
    try:
        message = unpacker.decompress(content, most + 1)
    except zlib.error as error:
        raise NotPacked from error
    if len(message) > most:
        raise TooBig
    if not unpacker.eof or unpacker.unused_data:
        raise NotPacked
    return message
