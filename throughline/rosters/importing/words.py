"""What is said of each thing amiss in a roster, and what to do about it. Codes are made in `reading` and `comparing`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from throughline.rosters.importing.reading.told import Remark

Words = tuple[str | Promise, str | Promise]

# Nothing of the file can be taken.
WHOLE: dict[str, Words] = {
    "too-large": (_("This file is larger than %(limit)s MB."), _("Send it as a ZIP, or in two parts.")),
    "empty": (_("This file is empty."), ""),
    "damaged": (_("This file is damaged and cannot be read."), _("Export it again.")),
    "too-many-parts": (_("There are more than %(limit)s files in this ZIP."), ""),
    "too-large-inside": (_("This file would be larger than %(limit)s MB when opened."), ""),
    "unsafe-name": (
        _("This ZIP has parts inside with unsafe names."),
        _("Pack the tables anew, without folders."),
    ),
    "has-password": (_("This file is protected with a password."), _("Save it without one.")),
    "bomb": (_("This file grows too much when it is opened."), _("Export it again.")),
    "no-table": (_("“%(file)s” is not a table."), _("Save it as CSV or XLSX.")),
    "no-tables": (
        _("There is no roster in this ZIP."),
        _("It should hold the tables of OneRoster, or one CSV."),
    ),
    "no-headings": (_("There are no headings that we know."), _("Begin with the template.")),
    "columns-missing": (_("“%(file)s” has no column for: %(names)s."), _("Begin with the template.")),
    "too-many-rows": (_("There are more than %(limit)s rows."), _("Send it in two parts.")),
}
# About a file, or a column of it.
FILES: dict[str, Words] = {
    "twice-in-zip": (_("There are two files of this name."), _("Only the first was read.")),
    "broken-quotes": (
        _("A quotation mark is not closed here, or the line is far too long."),
        _("Nothing below this line was read. Mend it and send the file again."),
    ),
    "broken-text": (_("The letters cannot be read from here on."), _("Export the file again as UTF-8.")),
    "not-unicode": (
        _("The file is not Unicode text, so it was read as Windows-1252."),
        _("Check letters with accents."),
    ),
    "password-dropped": (
        _("This column may hold passwords. It was not read."),
        _("Leave it out of the export."),
    ),
    "heading-twice": (_("There are two columns of this name."), _("Only the first was read.")),
    "heading-case": (_("The heading was read as “%(meant)s”."), ""),
    "heading-guessed": (_("The heading was read as “%(meant)s”."), _("Check that this is what it means.")),
    "columns-dropped": (_("Columns of your own were not read: %(names)s."), ""),
    "file-name": (_("The file was read as “%(meant)s”."), ""),
    "file-unknown": (_("We don’t know this file. It was not read."), ""),
    "demographics-off": (
        _("Demographics were not read: your school has not turned them on."),
        _("Leave them out of the export unless you need them."),
    ),
    "manifest-missing": (
        _("There is no manifest, so nobody knows whether the tables are whole."),
        _("Nothing ends and nobody is flagged because a row is missing."),
    ),
    "version-unknown": (_("The manifest says version “%(said)s”. We know 1.1 and 1.2."), ""),
    "version-contradicts": (
        _("The manifest says version 1.1, but “%(file)s” belongs to 1.2."),
        _("It was read."),
    ),
    "absent-but-there": (
        _("The manifest says that “%(file)s” is absent, but it is there."),
        _("It was read as changes only: nothing ends because a row is missing."),
    ),
    "there-but-absent": (
        _("The manifest promises “%(file)s”, but it is not there."),
        _("Export it again if it was meant to be there."),
    ),
    "mode-unknown": (
        _("The manifest says “%(said)s” for “%(file)s”. We know bulk, delta and absent."),
        _("It was read as changes only."),
    ),
    "file-empty": (_("The file is empty."), ""),
    "columns-missing": (_("There is no column for: %(names)s."), _("Export the file again with it.")),
}
# About a row.
ROWS: dict[str, Words] = {
    "cells-too-many": (
        _("The row has %(has)s cells, the headings are %(of)s."),
        _("Put text that holds a comma between quotation marks."),
    ),
    "cells-too-few": (
        _("The row has %(has)s cells, the headings are %(of)s."),
        _("What is missing counts as empty."),
    ),
    "id-missing": (_("There is no id."), _("Give it the id that it has in your system.")),
    "id-too-long": (_("The id cannot be used."), _("Write the id itself, in at most 255 characters.")),
    "id-twice": (_("Another row has the same id."), _("Keep one of them.")),
    "cell-missing": (_("The cell is empty."), _("Fill it in.")),
    "cell-too-long": (_("The cell has more than %(limit)s characters."), _("Shorten it.")),
    "formula": (_("The cell holds a formula. It was not worked out."), _("Paste it as a value.")),
    "role-missing": (_("No role is told."), _("Write student, teacher or guardian.")),
    "role-unknown": (_("“%(said)s” is not a role that we know."), _("Write learner, educator or guardian.")),
    "role-not-given": (
        _("“%(said)s” is a role that no roster gives here."),
        _("Invite them on the page of people."),
    ),
    "role-contradicts": (
        _("Their own row does not say that they are a %(said)s."),
        _("Make the role the same in both tables."),
    ),
    "part-unknown": (
        _("“%(said)s” is nobody who learns or teaches in a class."),
        _("Write student or teacher."),
    ),
    "day-order": (_("“%(said)s” can be read in two ways."), _("Say above which number is the day.")),
    "day-unknown": (_("“%(said)s” is not a day."), _("Write it like 2027-04-03.")),
    "days-missing": (_("The days are missing."), _("Write them like 2027-04-03.")),
    "ends-before": (_("It ends before it begins."), _("Check both days.")),
    "year-unknown": (_("The school year is not known."), _("The term was left out.")),
    "term-unknown": (_("The term “%(said)s” is not there."), _("The class comes without a school year.")),
    "class-unknown": (
        _("There is no class with the id “%(said)s”."),
        _("Add it to the classes, or take this row out."),
    ),
    "person-unknown": (
        _("There is nobody with the id “%(said)s”."),
        _("Add them to the people, or take this row out."),
    ),
    "person-wrong": (_("The row of the person “%(said)s” has to be mended first."), ""),
    "address-wrong": (_("“%(said)s” is not an email address."), _("They come without one.")),
    "address-known": (
        _("The address belongs to somebody who is known elsewhere."),
        _("They come in when they accept an invitation."),
    ),
    "known-by-address": (_("Recognized by the email address."), ""),
    "was-removed": (
        _("They were removed from the school."),
        _("Invite them again on the page of people, then send the file again."),
    ),
    "agent-unknown": (_("The guardian or child “%(said)s” is not there."), _("They were left out.")),
    "agent-no-guardian": (
        _("“%(said)s” and this person are not a guardian and a learner."),
        _("They were left out."),
    ),
}
EVERY = {**WHOLE, **FILES, **ROWS}


def in_words(remark: Remark, words: dict[str, Words] | None = None) -> tuple[str, str]:
    """What is amiss, and what to do about it, in the reader's language."""
    what, todo = (words or EVERY).get(remark.code, ("", ""))
    values = {
        name: f"\u2068{value}\u2069" if isinstance(value, str) else value
        for name, value in remark.values.items()
    }
    return str(what) % values if what else remark.code, str(todo)
