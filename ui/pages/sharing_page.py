"""Who works with one file: who is in it, whom to let in, who leads it.

Everything asked for here is kept as a wish and carried out by the next exchange: it works without
a network, and can be taken back until then.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.exchange import CaseMember, CaseSharing, Colleague, Presence
from caseworker_app.domain.people import Person
from caseworker_app.domain.sharing import Role
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _
from caseworker_app.services import people
from caseworker_app.services.exchange import sharing
from ui import dialogs, theme
from ui.context import App
from ui.forms.invite import AskedElsewhere, InviteForm
from ui.page import Page, Redraws, Route
from ui.widgets.boxes import Banner
from ui.widgets.buttons import button
from ui.widgets.case_number import CaseNumber
from ui.widgets.case_sheet import Columns
from ui.widgets.layout import Item, ScrollPage, clear, column, line, row
from ui.widgets.member_row import MemberRow
from ui.widgets.sharing_words import role_words
from ui.widgets.text import IconText, h1, h3, isolated, lead


class SharingPage(Page):
    """Reached from the head of the file, and from the page of the exchange."""

    place: ClassVar[str] = "people"
    redraws: ClassVar[Redraws] = Redraws.ALWAYS

    def __init__(self, app: App, case: UUID) -> None:
        super().__init__(app)
        self.case = case
        self._name = ""
        self._shown: tuple[Person, CaseSharing] | None = None
        self._me: tuple[Colleague, ...] = ()
        self._body = column(gap=0)
        self._back = button("", "link", icon="arrow-left")
        self._back.clicked.connect(lambda _on=False: self.went.emit(Route("case", case)))
        sheet = ScrollPage()
        sheet.body.setSpacing(theme.current().space(20))
        title = column(row(self._back, None), h1(_("Who works with this file?")), gap=4)
        title.addWidget(lead(_("Everybody here sees the same, and sees who else is here.")))
        sheet.add(title, self._body, None)
        self.setLayout(column(sheet))

    def refresh(self) -> None:
        """Read who is in the file."""
        store, case = self.app.store, self.case

        def read() -> tuple[Person, CaseSharing]:
            return people.person(store, case), sharing.view(store, case)

        self.app.background.run(self, read, lambda read: self.show_sharing(*read))

    def show_sharing(self, person: Person, view: CaseSharing) -> None:
        """Show whose file it is and who is in it. What is shown already stays as it is."""
        if (person, view) == self._shown:
            return
        self._shown = (person, view)
        self._name = person.short_name
        self._me = tuple(one.who for one in view.members if one.is_me)
        self._back.setText(isolated(person.name))
        self._back.setAccessibleName(_("Back to {name}").format(name=isolated(person.name)))
        clear(self._body)
        self._body.addWidget(Columns(self._left(view), self._right(view)))
        if view.is_connected:
            self._body.addWidget(CaseNumber(self.case))

    # --- who is in it --------------------------------------------------------------------------

    def _left(self, view: CaseSharing) -> Item:
        here = [one for one in view.members if one.presence is not Presence.GONE]
        gone = [one for one in view.members if one.presence is Presence.GONE]
        parts: list[Item] = [self._members(here, view)]
        if not here:
            words = _("So far only you. The file is on this laptop alone.")
            parts = [IconText("user-round", words)]
        if view.late:
            parts.append(self._late(view))
        if gone:
            parts.append(column(h3(_("Not in the file any more")), self._members(gone, view)))
        return column(*parts, None, gap=24)

    def _late(self, view: CaseSharing) -> QWidget:
        """Somebody who had left wrote something before they knew: who leads may let it in."""
        title = _("Somebody who has left this file wrote something before they knew")
        if view.late_wanted:
            return Banner("info", title, _("It comes with the next exchange."), icon="inbox")
        if not _may_lead(view):
            return Banner("info", title, _("Who leads the file can take it in."), icon="inbox")
        sentence = _("It is kept, sealed, and nobody reads it until you take it in.")
        banner = Banner("info", title, sentence, _("Take it in"), icon="inbox")
        banner.pressed.connect(self._on_late)
        return banner

    def _on_late(self) -> None:
        sharing.let_late_work_in(self.app.store, self.case, self.app.now())
        self.told.emit(_("It comes with the next exchange."), None)
        self.refresh()

    def _members(self, members: list[CaseMember], view: CaseSharing) -> Item:
        today = self.app.now().astimezone().date()
        rows = column(gap=0)
        for member in sorted(members, key=_order):
            if rows.count():
                rows.addWidget(line())
            made = MemberRow(member, today, may_change=_may_lead(view))
            made.role_wanted.connect(partial(self._on_role, member))
            made.handing_over.connect(partial(self._on_hand_over, member))
            made.taking_out.connect(partial(self._on_take_out, member))
            made.taking_back.connect(partial(self._take_back, *_bound(member, view)))
            rows.addWidget(made)
        return rows

    # --- whom to let in ------------------------------------------------------------------------

    def _right(self, view: CaseSharing) -> Item:
        return column(self._invitation(view), None)

    def _invitation(self, view: CaseSharing) -> QWidget:
        if not view.is_connected:
            words = _("For that, this laptop has to be connected to your organisation.")
            panel = AskedElsewhere(words, _("Connect this laptop"))
            panel.wanted.connect(lambda: self.went.emit(Route("connect")))
            return panel
        if not _may_lead(view):
            leads = [one.who.name for one in view.members if one.role is Role.LEADS]
            words = _("{name} leads this file. Ask there if somebody is to join.")
            name = isolated(leads[0]) if leads else _("Somebody else")
            return AskedElsewhere(words.format(name=name))
        here = {(m.who.org, m.who.user) for m in view.members if m.presence is not Presence.GONE}
        others = [one for one in view.others if (one.org, one.user) not in here]
        form = InviteForm(others, self._name, all_here=len(here) > 1)
        form.wanted.connect(self._on_invite)
        return form

    # --- what can be asked for -----------------------------------------------------------------

    def _wish(self, wish: Callable[[], object], words: str, *who: Colleague) -> None:
        try:
            wish()
        except CaseworkerError as error:
            dialogs.show_problem(self, error)
            return
        self.told.emit(words, partial(self._take_back, *who))
        self.refresh()

    def _take_back(self, *who: Colleague) -> None:
        for one in who:
            sharing.take_back_wish(self.app.store, self.case, one, self.app.now())
        self.refresh()

    def _on_invite(self, who: Colleague, role: Role) -> None:
        words = _("{name} is invited with the next exchange.").format(name=isolated(who.name))
        wish = partial(sharing.invite, self.app.store, self.case, who, role, self.app.now())
        self._wish(wish, words, who)

    def _on_role(self, member: CaseMember, role: Role) -> None:
        who = member.who
        words = _("{name}: {role}, from the next exchange on.")
        wish = partial(sharing.change_role, self.app.store, self.case, who, role, self.app.now())
        self._wish(wish, words.format(name=isolated(who.name), role=role_words(role)), who)

    def _on_hand_over(self, member: CaseMember) -> None:
        who, name = member.who, isolated(member.who.name)
        sheet = dialogs.Sheet(self, _("Hand the file over to {name}?").format(name=name))
        for words in (
            _("First everything goes out that still waits on this laptop."),
            _("Then {name} leads the file."),
            _("After that the file leaves this laptop. You will not see it any more."),
        ):
            sheet.add_words(words.format(name=name))
        sheet.add_button(_("Not now"))
        wish = partial(sharing.hand_over, self.app.store, self.case, who, self.app.now())
        words = _("The file goes to {name} with the next exchange.").format(name=name)
        both = (who, *self._me)  # handing over is two wishes: they lead, and the coach leaves
        sheet.add_button(_("Hand over"), "primary", lambda: self._wish(wish, words, *both))
        sheet.open()

    def _on_take_out(self, member: CaseMember) -> None:
        who, name = member.who, isolated(member.who.name)
        sheet = dialogs.Sheet(self, _("Take {name} out of the file?").format(name=name))
        for words in (
            _("From the next exchange on {name} gets nothing new: the file gets a new key."),
            _("What {name} has already seen cannot be made unseen."),
        ):
            sheet.add_words(words.format(name=name))
        sheet.add_button(_("Not now"))
        wish = partial(sharing.take_out, self.app.store, self.case, who, self.app.now())
        words = _("{name} leaves the file with the next exchange.").format(name=name)
        sheet.add_button(_("Take out of the file"), "danger", lambda: self._wish(wish, words, who))
        sheet.open()


def _bound(member: CaseMember, view: CaseSharing) -> list[Colleague]:
    """Whose wishes are taken back together: handing over is one thing, though two people move."""
    handing = [
        one.who
        for one in view.members
        if (one.presence is Presence.CHANGING and one.role is Role.LEADS)
        or (one.is_me and one.presence is Presence.LEAVING)
    ]
    return handing if member.who in handing else [member.who]


def _may_lead(view: CaseSharing) -> bool:
    """A file that is not shared yet is led by whose laptop it is on."""
    return view.my_role in (None, Role.LEADS)


def _order(member: CaseMember) -> tuple[bool, bool, str]:
    return not member.is_me, member.role is not Role.LEADS, member.who.name
