"""What codes are called in the published catalogue; a code that is not in it stays as it is."""

from station_desk.district.desk.asked import Asked


def category_name(asked: Asked, code: str) -> str:
    """An item type."""
    known = asked.forms().catalogue.categories.get(code)
    return known.name.in_language(asked.wishes.language) if known else code


def item_name(asked: Asked, code: str) -> str:
    """An item, behind its code."""
    known = asked.forms().catalogue.items.get(code)
    return f"{code} {known.name.in_language(asked.wishes.language)}" if known else code
