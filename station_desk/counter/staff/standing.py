"""Whether whoever acts still may: asked in the very unit of writing that does it."""

from station_desk.cases.staff import Acting, Member
from station_desk.core.errors import AuthError
from station_desk.store.staff import has_accounts, members
from station_desk.store.unit import Unit


class SignInFirst(AuthError):
    """The station has accounts and nobody is signed in."""

    code = "staff.sign_in_first"


class AccountChanged(AuthError):
    """`name`: disabled, or in another role, since the sign-in."""

    code = "staff.account_changed"


def require_standing(unit: Unit, acting: Acting | None) -> None:
    """Raises SignInFirst, AccountChanged. What a role may do is asked of the table of rights before."""
    if acting is None:
        if has_accounts(unit.connection):
            raise SignInFirst
        return
    if not acting.name:
        raise SignInFirst
    if not any(_is(member, acting) for member in members(unit.connection)):
        raise AccountChanged(name=acting.name)


def _is(member: Member, acting: Acting) -> bool:
    return member.name == acting.name and member.role == acting.role and not member.is_disabled
