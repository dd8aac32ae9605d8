"""What the gallery shows: every widget, with words as they are said."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.talk import Voice
from ui import theme
from ui.widgets.boxes import Banner, Card, EmptyState, Panel, VoiceBox
from ui.widgets.buttons import Switch, button, icon_button
from ui.widgets.chips import Chip, FilterChips
from ui.widgets.choices import NoAnswer, Option, RadioRow, Segmented
from ui.widgets.dates import DateField
from ui.widgets.drawings import Avatar, Dots, Sign, StrengthBar, Tile, picture
from ui.widgets.fields import CheckField, ChoiceField, LineField, LongField
from ui.widgets.layout import Item, column, flow, line, row
from ui.widgets.navigation import NavRow
from ui.widgets.passwords import PasswordField
from ui.widgets.rail import Place, Rail
from ui.widgets.rating import FaceScale, RatingScale
from ui.widgets.rows import RowList, RowValue
from ui.widgets.search import SearchField
from ui.widgets.tabs import Tabs
from ui.widgets.text import Elided, IconText, cap, h1, h2, isolated, lead, meta
from ui.widgets.timeline import TimelineEntry
from ui.widgets.tracks import BeforeAfter

TODAY = date(2026, 11, 23)


def controls() -> list[Item]:
    """Buttons, fields, choices."""
    name = LineField("Wie nennen wir diese Person?", hint="So steht der Name auch auf dem Plan.")
    name.set_value("Anna-Lena von der Recke-Hohenstein")
    when = DateField("Bis wann ist es fertig?", TODAY)
    when.control.setText("31.02.2027")
    when._on_left()  # noqa: SLF001
    story = LongField("Was war heute gut?")
    story.set_value("Ich will mit den Händen arbeiten, und draußen.")
    language = ChoiceField("Sprache", [("de", "Deutsch, einfach"), ("nl", "Nederlands")])
    password = PasswordField("Passwort")
    password.set_value("vier lose Wörter hier")
    strength = StrengthBar()
    strength.set(3, "stark")
    check = CheckField("Gemeinsam gelesen")
    check.set_value(True)
    off = button("Aus")
    off.setEnabled(False)
    return [
        cap("Tasten"),
        flow(
            button("Gespräch beginnen", "primary", icon="message-circle", big=True),
            button("Vorbereiten", big=True),
            button("Parken", "quiet", icon="pause"),
            icon_button("ellipsis", "Mehr"),
            button("Bildschirm drehen", "person", icon="rotate-cw"),
            button("Anders sagen", "person_tint", icon="pen-line"),
            button("Weiter", "tint", trailing="arrow-right"),
            button("Löschen", "danger", icon="trash-2"),
            button("Alle 14 ansehen", "link"),
            off,
        ),
        cap("Felder"),
        name,
        when,
        row(language, password, gap=12),
        strength,
        story,
        check,
        SearchField("Einen Menschen suchen", keys="Strg K"),
        FilterChips(
            "Filter",
            [
                (1, "Alle 42"),
                (2, "Diese Woche 6"),
                (3, "Lange kein Gespräch 3"),
                (4, "Abgeschlossen"),
            ],
        ),
        cap("Auswahl"),
        voices(),
        NoAnswer(),
        Switch("Weniger Bewegung", "Seiten wechseln ohne Überblendung.", on=True),
        Switch("Große Tasten auch außerhalb des Gesprächs"),
    ]


def voices() -> Segmented:
    """Who is speaking."""
    chosen = Segmented(
        "Wer spricht?",
        [
            Option(Voice.PARTICIPANT, "Tobias sagt", "quote", "person"),
            Option(Voice.COACH, "Ich beobachte", "notebook-pen", "accent"),
            Option(Voice.THIRD, "Andere sagen", "users", "third"),
        ],
    )
    chosen.choose(Voice.PARTICIPANT)
    return chosen


def words() -> list[Item]:
    """Voices, scales, what happened."""
    rating = RatingScale("Zufriedenheit", "gar nicht", "sehr", last=4, last_when="im März")
    rating.set_value(7)
    edge = RatingScale(
        "Zuversicht", "gar nicht zufrieden", "sehr zufrieden", last=10, last_when="im März"
    )
    faces = FaceScale("Wie geht es?", ("sehr schlecht", "es geht", "sehr gut"), last=2)
    faces.set_value(4)
    return [
        h1("So sieht Tobias sein Leben"),
        lead("Seine Einschätzung, nicht unsere. 0 ist gar nicht zufrieden, 10 ist sehr zufrieden."),
        h2("Arbeit und Beschäftigung"),
        VoiceBox(
            Voice.PARTICIPANT,
            "Morgens Pflanzen gießen, dann mit den anderen Pause. Und nicht so laut wie drinnen.",
            "Tobias · 10:21",
        ),
        VoiceBox(
            Voice.THIRD, "Seit dem Praktikum steht er von allein auf.", "Petra Müller · 10:24"
        ),
        VoiceBox(Voice.COACH, "Lärm ist das Hindernis.", "Miriam Falk · 10:26", "nur im Team"),
        VoiceBox(
            Voice.PARTICIPANT, "می‌خواهم با دست‌هایم کار کنم", isolated("رضا احمدی") + " · 10:30"
        ),
        rating,
        edge,
        faces,
        row(
            Chip("in 40 Minuten", "time"),
            Chip("erledigt", "done", icon="check"),
            Chip("heute", "soon"),
            Chip("1. Gespräch"),
            None,
        ),
        track("L09_network", "Freunde und Netzwerk", BeforeAfter("Freunde", 7, 5)),
        track("L06_mobility", "Mobilität", BeforeAfter("Mobilität", 3, 6)),
        track("L04_work", "Arbeit", BeforeAfter("Arbeit", 6)),
        track(
            "L12_habits",
            "Gewohnheiten",
            BeforeAfter("Gewohnheiten", None, missing="möchte nichts sagen"),
        ),
        Banner("warn", "Sie haben das beide geändert", "Nichts ist verloren.", "Ansehen"),
        Banner(
            "danger",
            "Speichern geht nicht: Die Festplatte ist voll.",
            "Ihr Text steht noch hier.",
            "Was nun?",
        ),
        Banner("ok", "Sicherung getestet", "Alle 12 Akten können zurück."),
        Banner(
            "info",
            "Danach drucken Sie ein Blatt.",
            "Bewahren Sie es auf Papier auf.",
            icon="file-text",
        ),
    ]


def track(pictogram: str, name: str, drawn: BeforeAfter) -> Item:
    """A life domain with its line."""
    layout = row(picture(pictogram=pictogram), Elided(name), drawn, gap=10)
    layout.setStretch(1, 2)
    layout.setStretch(2, 3)
    return layout


def things() -> list[Item]:
    """Lists, cards, places."""
    people = RowList("Menschen")
    people.show_rows(
        [
            RowValue(
                1,
                "Sabine Müller",
                "geb. 1988 · Bünde",
                "Probetag am 1. Dez.",
                "Gespräch vor 3 Wochen",
                marks=((7, 6),),
            ),
            RowValue(
                2, "Karl-Heinz Mueller", "geb. 1964 · Enger", "Antrag bis 4. Dez.", "vor 2 Monaten"
            ),
            RowValue(
                3,
                "Janne Möller",
                "Vertrauensperson: Petra Müller",
                "13 Monate kein Gespräch",
                "noch kein Termin",
                right_tone="warn",
                meta_marks=((24, 6),),
            ),
            RowValue(4, "رضا احمدی", "geb. 1990 · Herford", "Gespräch heute, 10:00", "zu Hause"),
        ]
    )
    people.select(1)
    people.setMinimumHeight(theme.current().px(284))
    answer = RadioRow(
        "Passt es?",
        [
            Option(1, "Das passt für mich", tone="person"),
            Option(2, "Passt, mit Anmerkung", tone="person"),
        ],
        big=True,
    )
    answer.choose(1)
    topics = Panel(gap=2, margin=10)
    for made in (
        NavRow("Alltag", pictogram="L01_day", mark="check", mark_tone="person"),
        NavRow("Arbeit", pictogram="L04_work"),
        NavRow("Freunde", pictogram="L09_network", second="geparkt", mark="pause", tone="text_2"),
        NavRow("Gesundheit", pictogram="L11_health", mark="lock", tone="text_2"),
    ):
        topics.body.addWidget(made)
    topics.findChildren(NavRow)[1].setChecked(True)
    return [
        Tabs(
            "Akte",
            [
                ("a", "Übersicht"),
                ("b", "Gespräche"),
                ("c", "Ziele und Schritte"),
                ("d", "Einwilligung"),
            ],
        ),
        people,
        Card(
            row(
                Avatar("Wim Hoekstra", 46, "person"),
                column(h2("Wim Hoekstra"), meta("Vervolggesprek · bij hem thuis"), gap=0),
                None,
                Chip("over 40 minuten", "time"),
                gap=14,
            ),
            row(
                IconText("map-pin", "Bloemstraat 14, Oosterpark"),
                IconText("ear", "Hoort links minder goed"),
            ),
            VoiceBox(Voice.PARTICIPANT, "Ik wil weer ergens nodig zijn."),
            line(),
            IconText(
                "circle-check",
                "Eén keer koffie schenken in De Deel",
                icon_colour="person",
                colour="text_2",
            ),
            row(
                button("Gesprek beginnen", "primary", icon="message-circle", big=True),
                button("Voorbereiden", big=True),
                None,
            ),
        ),
        topics,
        Dots(4, 14, "4 von 14 Themen"),
        answer,
        column(
            TimelineEntry(
                "coffee",
                "Eerste keer koffie geschonken",
                "dinsdag 17 november",
                words="Ze vroegen of ik dinsdag weer kom.",
                tone="person",
            ),
            TimelineEntry("phone", "Gebeld met De Deel", "12 november · Femke"),
            TimelineEntry("file-text", "Plan versie 2 meegegeven", "3 november", last=True),
            gap=0,
        ),
        EmptyState(
            "sun",
            "Heute keine Besuche",
            "Zeit, jemanden anzurufen, den Sie lange nicht gesprochen haben.",
            "Zeigen, wer das ist",
        ),
        row(Sign(40), Tile("cloud-off", size=54), Tile(pictogram="L04_work", tone="person"), None),
    ]


def rail(*, compact: bool = False) -> Rail:
    """The rail of the coach."""
    made = Rail(
        "Teilhabe Nord",
        [
            Place("today", "Heute", "sun"),
            Place("people", "Menschen", "users"),
            Place("promises", "Absprachen", "list-checks"),
        ],
        [
            Place("settings", "Einstellungen", "settings"),
            Place("lock", "Sperren", "lock", checkable=False),
        ],
        "Miriam Falk",
    )
    made.set_current("people")
    made.set_count("today", 3)
    made.show_sync("cloud-off", "Ohne Internet", "3 Änderungen warten")
    made.set_compact(compact)
    return made
