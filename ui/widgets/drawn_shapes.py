"""Paints the shapes of a drawing on the screen, in the colours of the current look."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from caseworker_app.domain.shapes import (
    Circle,
    Curve,
    Pill,
    Polygon,
    Role,
    Run,
    Shape,
    Sign,
    Stroke,
)
from ui import theme

_CHOSEN = 600
_SIDES = {"left": 0.0, "middle": 0.5, "right": 1.0}


def paint_shapes(painter: QPainter, shapes: Iterable[Shape], *, chosen: bool = False) -> None:
    """Paint them one over the other. In a `chosen` row the name stands out."""
    for shape in shapes:
        if chosen and isinstance(shape, Run) and shape.role is Role.NAME:
            shape = replace(shape, weight=_CHOSEN)  # noqa: PLW2901 - the same words, stronger
        _PAINT[type(shape)](painter, shape)


def _stroke(painter: QPainter, shape: Stroke) -> None:
    thin = theme.current().is_contrast and shape.role is Role.GROUND
    painter.setPen(_pen(shape.colour, 1 if thin else shape.weight, Qt.PenCapStyle.FlatCap))
    painter.drawLine(QPointF(*shape.start), QPointF(*shape.end))


def _circle(painter: QPainter, shape: Circle) -> None:
    painter.setPen(_pen(shape.line, shape.weight))
    painter.setBrush(_brush(shape.fill))
    painter.drawEllipse(QPointF(*shape.centre), shape.radius, shape.radius)


def _polygon(painter: QPainter, shape: Polygon) -> None:
    painter.setPen(_pen(shape.line, shape.weight))
    painter.setBrush(_brush(shape.fill))
    painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in shape.corners]))


def _curve(painter: QPainter, shape: Curve) -> None:
    path = QPainterPath(QPointF(*shape.start))
    path.quadTo(QPointF(*shape.towards), QPointF(*shape.end))
    painter.setPen(_pen(shape.colour, shape.weight))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def _pill(painter: QPainter, shape: Pill) -> None:
    painter.setPen(_pen(shape.line, 1))
    painter.setBrush(_brush(shape.fill))
    rect = QRectF(*shape.corner, shape.width, shape.height)
    painter.drawRoundedRect(rect, shape.height / 2, shape.height / 2)


def _run(painter: QPainter, shape: Run) -> None:
    font = replace(theme.current(), scale=1.0).font(shape.size, shape.weight)
    metrics = QFontMetricsF(font)
    words = metrics.elidedText(shape.words, Qt.TextElideMode.ElideRight, shape.room + 1)
    x = shape.at[0] - metrics.horizontalAdvance(words) * _SIDES[shape.side]
    y = shape.at[1] + (metrics.ascent() - metrics.descent()) / 2
    painter.setPen(theme.current().colour(shape.colour))
    painter.setFont(font)
    painter.drawText(QPointF(x, y), words)


def _sign(painter: QPainter, shape: Sign) -> None:
    drawn = theme.pictogram(shape.name, shape.colour, int(shape.size))
    target = QRectF(*shape.corner, shape.size, shape.size)
    painter.drawPixmap(target, drawn, QRectF(drawn.rect()))


_PAINT: dict[type, Callable[[QPainter, Any], None]] = {
    Stroke: _stroke,
    Circle: _circle,
    Polygon: _polygon,
    Curve: _curve,
    Pill: _pill,
    Run: _run,
    Sign: _sign,
}


def _pen(
    colour: str, weight: float, cap: Qt.PenCapStyle = Qt.PenCapStyle.RoundCap
) -> QPen | Qt.PenStyle:
    if not colour or not weight:
        return Qt.PenStyle.NoPen
    join = Qt.PenJoinStyle.MiterJoin
    return QPen(theme.current().colour(colour), weight, Qt.PenStyle.SolidLine, cap, join)


def _brush(colour: str) -> QBrush | Qt.BrushStyle:
    return QBrush(theme.current().colour(colour)) if colour else Qt.BrushStyle.NoBrush
