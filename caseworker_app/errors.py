"""What may go wrong and is nobody's mistake in the code: each with a sentence a coach understands.

A `CaseworkerError` says what happened, what is safe and what to do. Anything else that is raised is
a bug. `N_` marks the English sentences; they are translated where they are shown.
"""

from __future__ import annotations

import errno
from typing import ClassVar

from caseworker_app.i18n import N_, translated


class CaseworkerError(Exception):
    """Something a coach can be told about calmly.

    The three parts may hold named fields (`{name}`), filled from `details`. `details` must never
    hold a participant's words or name: the error may be logged by its class and code.
    """

    code: ClassVar[str] = "general"
    happened: ClassVar[str] = N_("Something did not work.")
    safe: ClassVar[str] = N_("Everything you wrote is kept.")
    to_do: ClassVar[str] = N_("Please try again.")

    def __init__(self, **details: str | int) -> None:
        """Keep the details for the sentence."""
        super().__init__(self.code)
        self.details = details

    def sentences(self) -> tuple[str, str, str]:
        """(what happened, what is safe, what to do) in the current language."""
        happened, safe, to_do = (
            translated(part).format(**self.details)
            for part in (self.happened, self.safe, self.to_do)
        )
        return happened, safe, to_do

    def __str__(self) -> str:
        """The three sentences as one text."""
        return " ".join(part for part in self.sentences() if part)


class StoreGone(CaseworkerError):
    """The store was destroyed, as its organisation ordered, while somebody was still at it."""

    code = "store-gone"
    happened = N_("Your organisation has signed this laptop off. The files on it were erased.")
    safe = N_("What was not handed over yet is kept, sealed, for your organisation.")
    to_do = N_("Please call your IT.")


class FileHasLeft(CaseworkerError):
    """Others lead this file, and it was erased here while somebody was still writing in it."""

    code = "file-has-left"
    happened = N_("This file has left this laptop.")
    safe = N_("What was kept until then is handed in.")
    to_do = N_("What you typed last is not kept. Please tell whoever leads the file now.")


class WrongPassphrase(CaseworkerError):
    """The passphrase opens no slot. One calm sentence, and nothing that helps to guess."""

    code = "wrong-passphrase"
    happened = N_("That was not the right passphrase.")
    safe = ""
    to_do = N_("Please try once more.")


class WrongRecoveryKey(CaseworkerError):
    """The recovery key is well formed but belongs to another store."""

    code = "wrong-recovery-key"
    happened = N_("This recovery key does not belong to the files on this laptop.")
    safe = N_("The files are unchanged.")
    to_do = N_("Please check whether the sheet has the right date and name.")


class MistypedRecoveryKey(CaseworkerError):
    """The checksum of the recovery key does not match: a typing mistake."""

    code = "mistyped-recovery-key"
    happened = N_("There is a typing mistake in the recovery key.")
    safe = ""
    to_do = N_("Please compare it with the sheet, group by group.")


class SlotsDamaged(CaseworkerError):
    """The slots file cannot be read, or somebody changed it."""

    code = "slots-damaged"
    happened = N_("The file with the locks of your files is damaged.")
    safe = N_("The files themselves are unchanged and still encrypted.")
    to_do = N_("Put back the file “{name}” from your last backup, or ask your IT for it.")


class SlotsMissing(SlotsDamaged):
    """There is a store but no slots file beside it."""

    code = "slots-missing"
    happened = N_("The file with the locks of your files is missing.")


class NotOurStore(CaseworkerError):
    """The file is no Caseworker store, or its key does not fit."""

    code = "not-our-store"
    happened = N_("This folder holds a file that Caseworker cannot read.")
    safe = N_("Nothing in it was changed.")
    to_do = N_("Choose another folder, or put the file back from your last backup.")


class StoreTooNew(CaseworkerError):
    """A newer version of the program wrote this store."""

    code = "store-too-new"
    happened = N_("These files were written by a newer version of Caseworker.")
    safe = N_("Nothing in them was changed.")
    to_do = N_("Please install the newest version, then open them again.")


class StoreDamaged(CaseworkerError):
    """A page of the store does not pass its integrity check."""

    code = "store-damaged"
    happened = N_("A part of the store on this laptop cannot be read any more.")
    safe = N_("Your backups are not affected.")
    to_do = N_("Please do not write anything more, and put the store back from your last backup.")


class StoreInUse(CaseworkerError):
    """Another window of the program has the store open for writing."""

    code = "store-in-use"
    happened = N_("Another window of Caseworker is writing at this moment.")
    safe = N_("Your text is still here.")
    to_do = N_("Close the other window. Then it goes on by itself.")


class DiskFull(CaseworkerError):
    """There is no room left on the disk."""

    code = "disk-full"
    happened = N_("Saving is not possible: the disk is full.")
    safe = N_("Your text is still here.")
    to_do = N_("Make some room, for example by emptying the bin. Then it goes on by itself.")


class FolderNotWritable(CaseworkerError):
    """The folder of the store, or the chosen target, does not allow writing."""

    code = "folder-not-writable"
    happened = N_("Caseworker may not write in this folder.")
    safe = N_("Everything you wrote before is kept.")
    to_do = N_("Choose another folder, or ask your IT for permission.")


class FolderTaken(CaseworkerError):
    """A new store was asked for where one lies already."""

    code = "folder-taken"
    happened = N_("There are already files of Caseworker in this folder.")
    safe = N_("They are unchanged.")
    to_do = N_("Open them with their passphrase, or choose an empty folder.")


class GuideInvalid(CaseworkerError):
    """A guide file has a mistake. Names the file, the line and the reason."""

    code = "guide-invalid"
    happened = N_("The guide “{name}” has a mistake in line {line}: {reason}")
    safe = N_("All conversations are unchanged.")
    to_do = N_("Correct this line. Until then this guide is not offered.")


class GuideMissing(CaseworkerError):
    """A conversation was held with a guide that is not on this laptop."""

    code = "guide-missing"
    happened = N_("The guide of this conversation is not on this laptop.")
    safe = N_("All that was said is kept and can be read.")
    to_do = N_("Ask your organisation for the guide “{name}”, version {version}.")


class GuideTaken(CaseworkerError):
    """Another guide has this id and version; one that may have been used never changes."""

    code = "guide-taken"
    happened = N_("There is already another guide “{name}” with the version {version}.")
    safe = N_("Nothing was changed.")
    to_do = N_("Give your guide the next version, or another id, and choose the file again.")


class TooLongForSheet(CaseworkerError):
    """A text of a guide does not fit in a cell of a spreadsheet."""

    code = "too-long-for-sheet"
    happened = N_("A text is too long for a spreadsheet: sheet “{sheet}”, row {row}.")
    safe = N_("Nothing was written.")
    to_do = N_("Shorten this text, or take the guide out as a TOML file.")


class NoPrinter(CaseworkerError):
    """There is no printer to print on."""

    code = "no-printer"
    happened = N_("No printer was found.")
    safe = N_("It is kept with the papers.")
    to_do = N_("Connect a printer, or save it as a file and print it later.")


class PrinterRefused(CaseworkerError):
    """The system did not take the print job."""

    code = "printer-refused"
    happened = N_("The printer did not take it.")
    safe = N_("It is kept with the papers.")
    to_do = N_("Check the printer and print again, or save it as a file.")


class DocumentTooLarge(CaseworkerError):
    """A document is larger than the store takes."""

    code = "document-too-large"
    happened = N_("This document is too large: more than {most} MB.")
    safe = N_("Nothing was changed.")
    to_do = N_("Scan it with a lower resolution, or split it into parts.")


class DocumentChanging(CaseworkerError):
    """A file became longer or shorter while it was read."""

    code = "document-changing"
    happened = N_("This file was changed while it was being added.")
    safe = N_("Caseworker has changed nothing in the file, and nothing was added.")
    to_do = N_("Wait until it has been saved or copied completely, then add it again.")


class DocumentAway(CaseworkerError):
    """The bytes of a document are not on this laptop."""

    code = "document-away"
    happened = N_("This paper is not on this laptop yet.")
    safe = N_("It lies encrypted in the central store, or still with whoever added it.")
    to_do = N_("Fetch it as soon as the server can be reached.")


class PinRefused(CaseworkerError):
    """A PIN that is too short, or among the first that anybody would try."""

    code = "pin-refused"
    happened = N_("This PIN is too easy to guess.")
    safe = N_("Nothing was changed.")
    to_do = N_("Choose four to eight digits: no row, no year, not the same again and again.")


_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.EISDIR}


def refusal(error: OSError) -> CaseworkerError | None:
    """What the system's refusal to write means to a coach; None when nothing of ours fits it."""
    if error.errno in _NO_ROOM:
        return DiskFull()
    return FolderNotWritable() if error.errno in _NOT_ALLOWED else None
