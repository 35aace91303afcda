"""Pictures of pages as Qt draws them."""

from PySide6.QtGui import QImage

from station_desk.printing.pictures import Picture

FORMATS = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888}


def image_of(picture: Picture) -> QImage:
    """The picture as an image of Qt's, which keeps its own bytes."""
    row = picture.width * picture.depth
    # Without a copy the image would lie in bytes that Python may let go.
    return QImage(picture.dots, picture.width, picture.height, row, FORMATS[picture.depth]).copy()
