"""`district staff`: the accounts of the district desk, made where the database is, never over the network."""

from contextlib import closing

from station_desk.core.errors import RuleError
from station_desk.district.desk.accounts import (
    Account,
    accounts,
    add_staff,
    change_role,
    disable,
    new_link,
    well_formed,
)
from station_desk.district.desk.asked import ROOT
from station_desk.district.district import District, open_district, open_existing_district
from station_desk.main.open_desk import Options
from station_desk.main.said import Said


class StaffActUnknown(RuleError):
    code = "district.staff_act_unknown"


def staff_verb(options: Options, said: Said) -> int:
    """Adds an account or a new link, changes a role, disables, or lists."""
    act = str(options.file or "list")
    if act == "add":
        # As with `enroll-code`: the first account may come before the first start.
        with closing(open_district(options.db)) as district:
            token = add_staff(district, options.name, options.role)
            _tell_link(options, said, district, token)
        return 0
    with closing(open_existing_district(options.db)) as district:
        match act:
            case "list":
                _tell_all(said, accounts(district))
            case "link":
                _tell_link(options, said, district, new_link(district, options.name))
            case "role":
                change_role(district, options.name, options.role)
                _tell_all(said, accounts(district))
            case "disable":
                disable(district, options.name)
                _tell_all(said, accounts(district))
            case _:
                raise StaffActUnknown(act=act)
    return 0


def _tell_link(options: Options, said: Said, district: District, token: str) -> None:
    """The link holds the token: whoever has it sets the account up, so it goes to its owner alone."""
    name = well_formed(options.name)
    link = f"{options.public_url.rstrip('/') or f'http://{options.host}:{options.port}'}{ROOT}/set-up/{token}"
    facts = {"name": name, "link": link, "district": district.name}
    said.tell(facts, "cli.official_link", name=name, link=link)


def _tell_all(said: Said, known: list[Account]) -> None:
    say = said.texts
    lines: list[tuple[object, str]] = [
        (one, f"{one.name}  {say(f'desk.role.{one.role}')}  {say(f'cli.official_{one.state}')}")
        for one in known
    ]
    said.rows(lines, "cli.officials", count=len(known))
