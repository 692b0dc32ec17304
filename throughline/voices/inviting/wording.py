"""What a letter with a code says, in the language in force: what for, who sees it, how long, that nobody has to."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.voices.answering.languages import interface_language
from throughline.voices.answering.notices import points, until, why
from throughline.voices.answering.queries import questionnaire_of
from throughline.voices.groups import BY_CODE
from throughline.voices.models import Asked
from throughline.voices.spool.marks import in_groups


def spoken(language: str) -> str:
    """In which language the product says what it has to say where the questions are in this one."""
    return interface_language(language, "")


def subject_of(asked: Asked) -> str:
    """Its subject: from whom, and that it is a question."""
    return _("What do you think? %(school)s would like to know") % {"school": asked.organisation.name}


def body_of(asked: Asked, code: str, language: str) -> str:
    """The whole letter. Of what stands on the first page, without what is about the device alone."""
    whole = questionnaire_of(asked)
    here = {"place": asked.place}
    site, read_in = settings.SITE_ADDRESS, f"?in={language}"
    welcome = f"{site}{reverse('voices:welcome', kwargs=here)}"
    told = {
        "school": asked.organisation.name,
        "link": f"{site}{reverse('voices:code', args=[code])}{read_in}",
        "address": welcome.partition("://")[2].rstrip("/"),
        "code": in_groups(code),
        "questions": f"{site}{reverse('voices:questions', kwargs=here)}{read_in}",
        "opt_out": f"{site}{reverse('voices:opt-out', kwargs=here)}{read_in}",
    }
    parts = [
        _("Hello,\n\n%(school)s asks what you think.") % told + f" {why(whole)}",
        _("Open the questions here, on any phone, without an account:\n%(link)s") % told,
        _("Or type this address:\n%(address)s\n\nand this code:\n%(code)s") % told,
        _("The code counts once. It is yours alone, so please don’t pass this letter on."),
        until(whole),
        *(f"{point.title}\n{point.text}" for point in points(whole, in_a_letter=True)),
        _opting_out(asked) % told,
        _(
            "Why you get this letter\nYour address was on a list of %(school)s. It was used for this letter only, and is deleted "
            "when the letter has been sent; a scrambled form stays until the end, so that nobody writes to you twice. Nobody sees "
            "who took part, so nobody is reminded: this is the only letter."
        )
        % told,
    ]
    return "\n\n".join(part for part in parts if part)


def _opting_out(asked: Asked) -> str:
    if not BY_CODE[asked.group].children:
        return _(
            "If you don’t want to\nThen do nothing.\n\nAll questions can be read beforehand:\n%(questions)s"
        )
    return _(
        "For families\nYou can read all questions beforehand:\n%(questions)s\n\nIf your child is not to be asked, say so here, "
        "without an account:\n%(opt_out)s"
    )
