"""Call-backs at a counter as tests need them: what the district would tell, one of each urgency."""

from datetime import timedelta

from station_desk.core.clock import stamp
from station_desk.counter.call_backs import AnswerCallBack, answer_call_back
from station_desk.counter.desk import Desk
from station_desk.protocol.messages import VERSION, CallBack, CallBacks
from station_desk.store.call_backs import DeskCallBacks


def put_call_backs(desk: Desk) -> tuple[CallBack, ...]:
    """Overdue, due soon, in time, and one that is answered and not yet with the district."""
    now = desk.clock()
    listed = tuple(
        CallBack(
            f"QSQ001-{now:%y%m%d}-02-{n:04d}-{n}", grade, reasons, stamp(now - timedelta(days=2)),
            (now + timedelta(days=days)).date().isoformat(),
        )
        for n, (days, grade, reasons) in enumerate(
            [
                (-2, "very_poor", ("slow", "unfriendly", "many_visits")),
                (2, "poor", ("unclear",)),
                (14, "poor", ()),
                (14, "poor", ("extra_papers", "fee")),
            ]
        )
    )  # fmt: skip
    DeskCallBacks(desk.store).keep(CallBacks(VERSION, "all", len(listed), listed))
    wish = AnswerCallBack(listed[-1].number, "已电话说明所需材料并致歉，居民表示满意")
    answer_call_back(desk, wish, f"answer {listed[-1].number}")
    return listed
