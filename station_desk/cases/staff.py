"""Who acts at a counter, and in which of the three roles of a station (工作人员、负责人、查阅人)."""

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["clerk", "head", "auditor"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Acting:
    """The member of staff who is signed in at this counter now."""

    name: str
    role: Role
