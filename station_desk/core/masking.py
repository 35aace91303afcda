"""Personal data as lists, hall screens and papers may show them: enough to recognise, too little to use."""

STAR = "*"


def masked_name(name: str) -> str:
    """王秀兰 → 王*兰, 王兰 → 王*, Ann Lee → A*****e: first and last character stay where there are three."""
    match len(name):
        case 0:
            return ""
        case 1:
            return STAR
        case 2:
            return name[0] + STAR
        case n:
            return name[0] + STAR * (n - 2) + name[-1]


def masked_id(number: str) -> str:
    """The first four and last four characters of an identity number; shorter documents keep the last two."""
    if len(number) >= 15:
        return number[:4] + STAR * (len(number) - 8) + number[-4:]
    return STAR * max(len(number) - 2, 0) + number[-2:]


def masked_phone(number: str) -> str:
    """The last four digits of a phone number."""
    return STAR * max(len(number) - 4, 0) + number[-4:]
