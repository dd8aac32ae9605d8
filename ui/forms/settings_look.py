"""How it looks: light or dark, how large the text is, how much moves. Takes effect at once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QSlider, QWidget

from caseworker_app.i18n import _, texts
from caseworker_app.settings import TEXT_SIZES, THEMES, Settings
from ui import theme
from ui.widgets.boxes import Box
from ui.widgets.buttons import Switch
from ui.widgets.drawings import painter_on
from ui.widgets.layout import column, flow, line, row
from ui.widgets.text import Text

PREVIEW = (150, 78)
SAMPLE_SIZE = 17


class ThemeTile(QAbstractButton):
    """A small picture of a theme with its name below; one of the row is chosen."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self._name = name
        self.setText(words)
        self.setAccessibleName(words)
        self.setObjectName(f"theme-{name}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the picture, and for a name longer than it."""
        look = theme.current()
        words = QFontMetrics(look.font(16, 600)).horizontalAdvance(self.text()) + look.px(32)
        return QSize(max(look.px(PREVIEW[0]), words), look.px(PREVIEW[1] + 40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture, a ring around the chosen one, a radio dot and the name."""
        look, painter = theme.current(), painter_on(self)
        picture = QRectF(1.5, 1.5, look.px(PREVIEW[0]) - 3, look.px(PREVIEW[1]) - 3)
        if self._name == "system":
            half = picture.center().x()
            _paint_theme(painter, picture, "light", QRectF(0, 0, half, self.height()))
            right = QRectF(half, 0, self.width() - half, self.height())
            _paint_theme(painter, picture, "dark", right)
        else:
            _paint_theme(painter, picture, self._name, QRectF(self.rect()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        chosen = self.isChecked()
        ring = look.colour("accent" if chosen else "line_strong")
        painter.setPen(QPen(ring, 3 if chosen else 1))
        painter.drawRoundedRect(picture, look.px(12), look.px(12))
        self._paint_name(painter, picture.bottom())

    def _paint_name(self, painter: QPainter, below: float) -> None:
        look, chosen = theme.current(), self.isChecked()
        middle, size = below + look.px(22), look.px(18)
        ink = look.colour("accent" if chosen else "line_strong")
        dot = QRectF(1, middle - size / 2, size, size)
        painter.setPen(QPen(ink, 2))
        painter.drawEllipse(dot)
        if chosen:
            painter.setBrush(ink)
            painter.drawEllipse(dot.adjusted(size / 4, size / 4, -size / 4, -size / 4))
        painter.setPen(look.colour("text"))
        painter.setFont(look.font(16, 600 if chosen else 400))
        left = size + look.px(9)
        words = QRectF(left, middle - look.px(14), self.width() - left, look.px(28))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())


def _paint_theme(painter: QPainter, picture: QRectF, name: str, part: QRectF) -> None:
    """A page of this theme in a few strokes; only what lies in `part`."""
    colours = {token: QColor(value) for token, value in theme.tokens()[name].items()}
    unit = picture.height() / 110
    painter.save()
    painter.setClipRect(part)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours["surface"])
    painter.drawRoundedRect(picture, 13 * unit, 13 * unit)
    painter.translate(picture.topLeft())
    strokes = (
        ("text_3", 12, 16, 32, 7),
        ("accent", 12, 32, 38, 7),
        ("text_3", 12, 48, 32, 7),
        ("text", 74, 15, 88, 10),
        ("text_2", 74, 37, 120, 7),
        ("person_tint", 74, 53, 120, 20),
        ("accent", 74, 81, 54, 16),
    )
    wide = picture.width() / (206 * unit)
    for token, x, y, width, height in strokes:
        painter.setBrush(colours[token])
        bar = QRectF(x * unit * wide, y * unit, width * unit * wide, height * unit)
        painter.drawRoundedRect(bar, 3 * unit, 3 * unit)
    painter.restore()


class LookForm(QWidget):
    """`changed` carries the settings with the one thing that was just chosen."""

    changed = Signal(object)

    def __init__(self, current: Settings) -> None:
        super().__init__()
        self._current = current
        names = {
            "light": _("Light"),
            "dark": _("Dark"),
            "contrast": _("High contrast"),
            "system": _("As the laptop"),
        }
        tiles = []
        for name in (*THEMES[1:], THEMES[0]):
            tile = ThemeTile(name, names[name])
            tile.setChecked(name == current.theme)
            tile.clicked.connect(lambda _on=False, name=name: self._on_theme(name))
            tiles.append(tile)
        self._size_words = Text("", "bodyb", colour="text_2")
        self._slider = self._make_slider()
        self._sample = QLabel(texts().quoted(_("I want to work with my hands, and outdoors.")))
        self._sample.setWordWrap(True)
        sample = Box("person_tint", "person_edge", bar="person")
        sample.setLayout(
            column(
                self._sample,
                Text(_("This large is the text on all pages then."), "meta", colour="person_ink"),
                gap=4,
                margins=(20, 12, 16, 12),
            )
        )
        motion = Switch(
            _("Less motion"), _("Pages and notes change without sliding."), on=current.less_motion
        )
        motion.switched.connect(self._on_motion)
        head = row(Text(_("Text size"), "bodyb"), None, self._size_words)
        body = column(
            flow(*tiles, gap=16), column(head, self._slider, self._steps(), sample, gap=4), gap=24
        )
        body.addWidget(line())
        body.addWidget(motion)
        self.setLayout(body)
        self._show_size(self._slider.value())

    def _make_slider(self) -> QSlider:
        """A slider with five places. While it is dragged only the sample grows."""
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setObjectName("text-size")
        slider.setAccessibleName(_("Text size"))
        slider.setRange(0, len(TEXT_SIZES) - 1)
        slider.setPageStep(1)
        slider.setValue(TEXT_SIZES.index(self._current.text_size))
        slider.valueChanged.connect(self._on_size)
        slider.sliderReleased.connect(self._use_size)
        return slider

    def _steps(self) -> QWidget:
        holder = QWidget()
        labels = [Text(_percent(size), "meta") for size in TEXT_SIZES]
        layout = row(gap=0)
        for place, label in enumerate(labels):
            label.setWordWrap(False)
            layout.addWidget(label)
            if place < len(labels) - 1:
                layout.addStretch(1)
        holder.setLayout(layout)
        return holder

    def _on_theme(self, name: str) -> None:
        self.changed.emit(replace(self._current, theme=name))

    def _on_motion(self, less: bool) -> None:  # noqa: FBT001
        self.changed.emit(replace(self._current, less_motion=less))

    def _on_size(self, place: int) -> None:
        self._show_size(place)
        if not self._slider.isSliderDown():
            self._use_size()

    def _use_size(self) -> None:
        size = TEXT_SIZES[self._slider.value()]
        if size != self._current.text_size:
            self.changed.emit(replace(self._current, text_size=size))

    def _show_size(self, place: int) -> None:
        self._size_words.setText(_percent(TEXT_SIZES[place]))
        size = round(SAMPLE_SIZE * TEXT_SIZES[place] / 100)
        ink = theme.current().hex("text")
        self._sample.setStyleSheet(f"font-size: {size}px; color: {ink};")


def _percent(size: int) -> str:
    return _("{size} %").format(size=size)
