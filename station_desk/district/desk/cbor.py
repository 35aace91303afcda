"""A strict reader of the few shapes of CBOR (RFC 8949) that an authenticator sends, and of nothing else.

Canonical as CTAP2 wants it: lengths in their shortest form, no indefinite ones, no tags, no floats, map keys
that are unique. Whatever differs is refused; nothing is guessed; no input leads deeper than DEEPEST.
"""

Value = int | bytes | str | bool | None | list["Value"] | dict["int | str", "Value"]
DEEPEST = 4
MOST_ENTRIES = 64
SIMPLE: dict[int, bool | None] = {20: False, 21: True, 22: None}


class NotCbor(ValueError):
    """What was read is not the CBOR that is expected here."""


def read(data: bytes, at: int = 0) -> tuple[Value, int]:
    """The one value that begins at `at`, and where it ends. Raises NotCbor."""
    return _value(data, at, 0)


def read_whole(data: bytes) -> Value:
    """The one value that the bytes are. Raises NotCbor, also for bytes after it."""
    value, end = read(data)
    if end != len(data):
        raise NotCbor("bytes after the end")
    return value


def _value(data: bytes, at: int, depth: int) -> tuple[Value, int]:
    if depth > DEEPEST:
        raise NotCbor("too deep")
    kind, argument, at = _head(data, at)
    match kind:
        case 0:
            return argument, at
        case 1:
            return -1 - argument, at
        case 2:
            return _taken(data, at, argument)
        case 3:
            return _text(data, at, argument)
        case 4:
            return _list(data, at, argument, depth)
        case 5:
            return _map(data, at, argument, depth)
        case 7 if argument in SIMPLE:
            return SIMPLE[argument], at
        case _:
            raise NotCbor(f"major type {kind}")


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Major type, argument in its shortest form, and where what follows begins."""
    first, at = _taken(data, at, 1)
    kind, short = first[0] >> 5, first[0] & 0x1F
    if short < 24:
        return kind, short, at
    if short > 27 or kind == 7:
        raise NotCbor("indefinite, reserved or a float")
    size = 1 << (short - 24)
    raw, at = _taken(data, at, size)
    argument = int.from_bytes(raw)
    if argument < 24 or (size > 1 and argument < 1 << (size * 4)):
        raise NotCbor("not in its shortest form")
    return kind, argument, at


def _taken(data: bytes, at: int, count: int) -> tuple[bytes, int]:
    if count > len(data) - at:
        raise NotCbor("cut off")
    return data[at : at + count], at + count


def _text(data: bytes, at: int, length: int) -> tuple[str, int]:
    raw, at = _taken(data, at, length)
    try:
        return raw.decode(), at
    except UnicodeDecodeError as error:
        raise NotCbor("no UTF-8") from error


def _list(data: bytes, at: int, count: int, depth: int) -> tuple[list[Value], int]:
    found: list[Value] = []
    for _ in _counted(count):
        value, at = _value(data, at, depth + 1)
        found.append(value)
    return found, at


def _map(data: bytes, at: int, count: int, depth: int) -> tuple[dict[int | str, Value], int]:
    found: dict[int | str, Value] = {}
    for _ in _counted(count):
        key, at = _value(data, at, depth + 1)
        if isinstance(key, bool) or not isinstance(key, int | str) or key in found:
            raise NotCbor("a key twice, or no key")
        found[key], at = _value(data, at, depth + 1)
    return found, at


def _counted(count: int) -> range:
    if count > MOST_ENTRIES:
        raise NotCbor("too many")
    return range(count)
