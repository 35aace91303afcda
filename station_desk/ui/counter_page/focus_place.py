"""Which place of a request has the focus, so that a draft knows where work goes on."""

from collections.abc import Iterable, Mapping

from PySide6.QtWidgets import QWidget

from station_desk.ui.counter_page.materials_view import MaterialsView
from station_desk.ui.shared.cursor import cursor_of
from station_desk.ui.shared.field_box import FieldBox


def place_of(
    focus: QWidget | None, boxes: Mapping[str, FieldBox], views: Iterable[MaterialsView]
) -> tuple[str, int]:
    """The place of a widget and where its cursor stands; empty for what is no place of the form."""
    for key, box in boxes.items():
        if focus in box.editor.targets():
            return key, cursor_of(box.editor.targets()[0])
    for view in views:
        for key, row in view.rows.items():
            if row.tick is focus:
                return f"material.{key}", 0
    return "", 0
