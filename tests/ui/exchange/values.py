"""Values as a central store gives them, for windows that only have to show them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from caseworker_app.domain.exchange import (
    Arrived,
    CaseMember,
    CaseSharing,
    Colleague,
    ExchangeView,
    Kept,
    Presence,
    Standing,
    Waiting,
)
from caseworker_app.domain.sharing import Role
from tests.builders import NOW

OURS, THEIRS = UUID(int=1), UUID(int=2)
ME = Colleague(OURS, UUID(int=10), "Miriam Falk")
KARIM = Colleague(OURS, UUID(int=11), "Karim Aydin")
DUNJA = Colleague(OURS, UUID(int=12), "Dunja Demir")
BAS = Colleague(THEIRS, UUID(int=13), "Bas Visser", "Stichting De Deel")
CASE = UUID(int=100)


def a_view(standing: Standing = Standing.OFFLINE, **more: Any) -> ExchangeView:
    """Fourteen entries of one person wait, five of another came, one file is shared."""
    since = NOW - timedelta(minutes=58)
    waiting = Waiting(CASE, "Wim Hoekstra", 14, ("statement", "rating"), since, NOW)
    known: dict[str, Any] = {
        "organisation": "Teilhabe Lindental",
        "last_done": NOW - timedelta(days=3),
        "waiting": (waiting,),
        "arrived": (Arrived(CASE, "Gerda Smit", 5, ("Karim Aydin",), NOW),),
        "kept": (Kept(CASE, "Wim Hoekstra", ("Karim Aydin",), Role.LEADS),),
    }
    return ExchangeView(standing, **{**known, **more})


def a_sharing(my_role: Role = Role.LEADS, **more: Any) -> CaseSharing:
    """The coach leads, one colleague writes, somebody of a partner is invited."""
    known: dict[str, Any] = {
        "members": (
            CaseMember(ME, my_role, is_me=True),
            CaseMember(KARIM, Role.WRITES, seen=NOW, up_to_date=True),
            CaseMember(BAS, Role.READS, Presence.INVITED),
        ),
        "others": (DUNJA, Colleague(THEIRS, UUID(int=14), "Ana Kok", "Stichting De Deel")),
        "is_connected": True,
    }
    return CaseSharing(CASE, my_role=my_role, **{**known, **more})
