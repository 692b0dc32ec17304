"""The product's own words: how the reader's language says each, and where the help explains it.

Each has a heading of its own in `docs/using/glossary.md`; a test keeps the two together.
"""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from throughline.ui.terms import Explained

PAGE = "glossary"
TERMS = {
    "mastery-learning": _("mastery learning"),
    "journey": _("journey"),
    "round": _("round"),
    "pre-assessment": _("pre-assessment"),
    "reference-point": _("reference point"),
    "rating": _("rating"),
    "hidden-names": _("hidden names"),
    "spread": _("spread"),
    "agree": _("agree"),
    "mixed": _("mixed"),
    "split": _("split"),
    "left-for-later": _("left for later"),
    "decision": _("decision"),
    "snapshot": _("snapshot"),
    "priority": _("priority"),
    "looking-back": _("looking back"),
    "sealed-note": _("sealed note"),
    "report": _("report"),
    "framework": _("framework"),
    "domain": _("domain"),
    "competency": _("competency"),
    "indicator": _("indicator"),
    "foundational": _("foundational"),
    "advanced": _("advanced"),
    "step": _("step"),
    "standing": _("standing"),
    "left-out": _("left out"),
    "to-re-check": _("to re-check"),
    "credit-profile": _("credit profile"),
    "record": _("record"),
    "evidence": _("evidence"),
    "stale": _("stale"),
    "document": _("document"),
    "practice": _("practice"),
    "effect": _("effect"),
    "design-element": _("design element"),
    "section": _("section"),
    "item": _("item of an element"),
    "suggestion": _("suggestion"),
    "consultation": _("consultation"),
    "theme": _("theme"),
    "edition": _("edition"),
    "in-force": _("in force"),
    "throughline": _("throughline"),
    "journey-lead": _("journey lead"),
    "rater": _("rater"),
    "decider": _("decider"),
    "group": _("group"),
    "version": _("version"),
    "draft": _("draft"),
    "crosswalk": _("crosswalk"),
    "log": _("log"),
}


def explained(name: str) -> Explained:
    """The word, and the place in the glossary; `KeyError` where it is none of ours."""
    return Explained(str(TERMS[name]), f"{reverse('home:guide-page', args=[PAGE])}#{name}")
