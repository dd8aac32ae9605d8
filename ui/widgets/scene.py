"""The scene of the first and the locked screen: a lamp, two people, two cups, a table."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QLinearGradient, QPainter, QPainterPath, QPen, QPolygonF

from ui import theme


def paint_scene(painter: QPainter, width: int, height: int) -> None:
    """Paint it in the middle of this room, with the lamp hanging from the top."""
    unit = min(width / 520, height / 720)
    painter.translate(width / 2, height / 2 - 20 * unit)
    painter.scale(unit, unit)
    _light_and_lamp(painter, top=-height / unit)
    _person(painter, -122, "person")
    _person(painter, 122, "accent")
    _table(painter)


def _light_and_lamp(painter: QPainter, top: float) -> None:
    look = theme.current()
    light = QLinearGradient(0, -136, 0, 176)
    strong, weak = look.colour("mark"), look.colour("mark")
    strong.setAlphaF(0.85)
    weak.setAlphaF(0.05)
    light.setColorAt(0, strong)
    light.setColorAt(1, weak)
    painter.setBrush(QBrush(light))
    cone = [QPointF(-46, -136), QPointF(46, -136), QPointF(186, 176), QPointF(-186, 176)]
    painter.drawPolygon(QPolygonF(cone))
    painter.setBrush(look.colour("text"))
    painter.drawRect(QRectF(-1.5, top, 3, -top - 188))
    shade = QPainterPath(QPointF(-52, -136))
    shade.cubicTo(-52, -170, -28, -190, 0, -190)
    shade.cubicTo(28, -190, 52, -170, 52, -136)
    painter.drawPath(shade)


def _person(painter: QPainter, x: float, token: str) -> None:
    painter.setBrush(theme.current().straight().colour(token))
    painter.drawEllipse(QPointF(x, 16), 35, 35)
    shoulders = QPainterPath(QPointF(x - 70, 176))
    shoulders.lineTo(x - 70, 130)
    shoulders.cubicTo(x - 70, 90, x - 40, 64, x, 64)
    shoulders.cubicTo(x + 40, 64, x + 70, 90, x + 70, 130)
    shoulders.lineTo(x + 70, 176)
    painter.drawPath(shoulders)


def _table(painter: QPainter) -> None:
    look = theme.current()
    ink = QPen(look.colour("text"), 10)
    ink.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(ink)
    painter.drawLine(QPointF(-174, 188), QPointF(-186, 300))
    painter.drawLine(QPointF(174, 188), QPointF(186, 300))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("text"))
    painter.drawRoundedRect(QRectF(-226, 176, 452, 16), 8, 8)
    ink.setWidthF(4)
    ink.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(ink)
    painter.setBrush(look.colour("surface"))
    for x in (-22, 22):
        corners = [(x - 13, 148), (x + 13, 148), (x + 9, 175), (x - 9, 175)]
        painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ink.setWidthF(3)
    painter.setPen(ink)
    for x in (-22, 22):
        steam = QPainterPath(QPointF(x, 117))
        steam.cubicTo(x + 7, 124, x - 7, 131, x, 138)
        painter.drawPath(steam)
