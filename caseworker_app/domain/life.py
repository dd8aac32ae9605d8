"""The fourteen life domains, and two frames beside them. Easy ones first, sensitive ones last.

`label` is the whole name, `short` fits a narrow list; both are English and pass through gettext.
`icf` and `area` map to the ICF chapters and the nine areas of section 118 SGB IX by number only.
"""

from __future__ import annotations

from dataclasses import dataclass


def N_(message: str) -> str:
    """Mark a sentence for the translators; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class LifeDomain:
    """One part of a life. `sensitive` ones are asked with permission and not printed unasked."""

    id: str
    label: str
    short: str
    pictogram: str
    icf: str
    area: str
    sensitive: bool = False


LIFE_DOMAINS: tuple[LifeDomain, ...] = (
    LifeDomain(
        "L01", N_("Everyday life and daily rhythm"), N_("Everyday life"), "L01_day", "d2", "2"
    ),
    LifeDomain("L02", N_("Leisure and community"), N_("Leisure"), "L02_leisure", "d910-d930", "9"),
    LifeDomain(
        "L03",
        N_("Learning, school and training"),
        N_("Learning"),
        "L03_learning",
        "d1, d810-d839",
        "1, 8",
    ),
    LifeDomain("L04", N_("Work and activity"), N_("Work"), "L04_work", "d840-d859", "8"),
    LifeDomain("L05", N_("Language and communication"), N_("Language"), "L05_language", "d3", "3"),
    LifeDomain("L06", N_("Getting around"), N_("Mobility"), "L06_mobility", "d4", "4"),
    LifeDomain("L07", N_("Home and household"), N_("Home"), "L07_home", "d6", "6"),
    LifeDomain("L08", N_("Looking after myself"), N_("Self-care"), "L08_selfcare", "d5", "5"),
    LifeDomain("L09", N_("Friends and network"), N_("Friends"), "L09_network", "d710-d750", "7"),
    LifeDomain(
        "L10", N_("Family, partner and children"), N_("Family"), "L10_family", "d760-d770", "7"
    ),
    LifeDomain(
        "L11",
        N_("Health of body and mind"),
        N_("Health"),
        "L11_health",
        "d570, d240",
        "5, 2",
        sensitive=True,
    ),
    LifeDomain(
        "L12", N_("Addiction and habits"), N_("Habits"), "L12_habits", "d570", "5", sensitive=True
    ),
    LifeDomain(
        "L13", N_("Money and debts"), N_("Money"), "L13_money", "d860-d879", "8", sensitive=True
    ),
    LifeDomain(
        "L14",
        N_("Rights, residence, offices and justice"),
        N_("Rights and offices"),
        "L14_rights",
        "d940-d950",
        "9",
        sensitive=True,
    ),
)

BY_ID = {domain.id: domain for domain in LIFE_DOMAINS}

WISHES_PICTOGRAM = "X01_wishes"
