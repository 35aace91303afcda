"""The people of the demonstration: none of them exists; their numbers carry right check digits."""

from dataclasses import dataclass

from station_desk.cases.parts import Agent, Applicant
from station_desk.core.identifiers import check_character


@dataclass(frozen=True, slots=True)
class Resident:
    """A fictitious resident: name, birth date as yyyymmdd, sex."""

    name: str
    born: str
    sex: str
    phone: str
    address: str


RESIDENTS = (
    Resident("王秀兰", "19491231", "F", "13912345678", "青石桥社区 3 组 12 号"),
    Resident("李国强", "19850412", "M", "13800138001", "青石桥路 7 号院 2 单元 301"),
    Resident("张梅", "19930808", "F", "13711112222", "青石桥社区 5 组 8 号"),
    Resident("陈𬭚", "19780219", "M", "13655556666", "桥东巷 11 号"),
    Resident("欧阳文静", "19900630", "F", "13512344321", "青石桥路 21 号 1004 室"),
    Resident("单小红", "19671103", "F", "13467678989", "青石桥社区 1 组 4 号"),
    Resident("赵志远", "20080120", "M", "13388889999", "桥西里 2 号楼 602"),
    Resident("古丽·阿不都热合曼", "19960315", "F", "13212121212", "青石桥路 33 号"),
    Resident("周建军", "19590909", "M", "13155551234", "青石桥社区 2 组 19 号"),
    Resident("刘䶮", "19880701", "M", "13055554321", "桥东巷 25 号"),
    Resident("何桂英", "19410226", "F", "", "青石桥社区 4 组 6 号"),
    Resident("孙立", "19750517", "M", "15012341234", "青石桥路 7 号院 5 单元 102"),
    Resident("吴小曼", "19990911", "F", "15112341234", "桥西里 9 号楼 201"),
    Resident("郑明", "19821208", "M", "15212341234", "青石桥社区 6 组 3 号"),
    Resident("冯玉珍", "19560404", "F", "15312341234", "青石桥社区 3 组 30 号"),
    Resident("马骁", "19930723", "M", "15512341234", "桥东巷 40 号"),
)
"""Rare characters (𬭚 above U+FFFF, 䶮), a double surname, a name with a middle dot; one has no phone."""


def applicant_of(resident: Resident, place: int) -> Applicant:
    """The applicant as the form has it; `place` makes the sequence number of the identity number."""
    sequence = place * 10 + (1 if resident.sex == "M" else 2)
    first_17 = f"110105{resident.born}{sequence:03d}"
    number = first_17 + check_character(first_17)
    return Applicant(resident.name, "citizen_id", number, resident.phone, resident.address)


SON = Agent("王建设", "", "13912340000")
"""Who comes for a resident that cannot come."""
