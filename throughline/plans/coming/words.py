"""What comes, in words, and where each leads."""

from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.plans.coming.days import Coming, What
from throughline.ui.times import day_in_words

_PAGES = {
    What.POLICY: ("plans:policy", "policy_id"),
    What.TEST: ("plans:small-test", "test_id"),
    What.EVIDENCE: ("records:evidence", "evidence_id"),
}


def page_of(each: Coming, school: str) -> str:
    """The page on which it is done. Educator competencies stand on one's own page, together."""
    if each.what == What.TRAIT:
        return reverse("plans:my-learning", kwargs={"school": school})
    name, key = _PAGES[each.what]
    return reverse(name, kwargs={"school": school, key: each.page})


def in_calendar(what: What, title: str) -> str:
    """What a calendar calls it."""
    words = {
        What.POLICY: _("Look at the policy again: %(title)s"),
        What.TEST: _("Small test ends: %(title)s"),
        What.EVIDENCE: _("Check this evidence again: %(title)s"),
        What.TRAIT: _("Look at your practice again: %(title)s"),
    }
    return words[what] % {"title": title}


def line_in_letter(each: Coming) -> str:
    """One line of a letter."""
    words = {
        What.POLICY: _("The policy “%(title)s” is to be looked at again by %(day)s"),
        What.TEST: _("The small test “%(title)s” ends on %(day)s: say what happened"),
        What.EVIDENCE: _("The evidence “%(title)s” is to be checked again by %(day)s"),
        What.TRAIT: _(
            "Your school looks at “%(title)s” again on %(day)s: a moment to reflect, for yourself alone"
        ),
    }
    return words[each.what] % {"title": each.title, "day": day_in_words(each.day)}
