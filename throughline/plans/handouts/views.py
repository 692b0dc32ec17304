"""The meeting kit inside, with drafts marked as such; outside, the handout for whoever can read the page."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from throughline.kit import clock
from throughline.kit.access import for_everyone
from throughline.kit.early import keep_briefly
from throughline.people.secret_links import quiet
from throughline.plans.families.document import says_nothing
from throughline.plans.families.page import FamilyPage
from throughline.plans.families.queries import (
    draft_document,
    editions_of,
    in_zone,
    page_at,
    page_by_link,
    page_of,
)
from throughline.plans.families.views.asking import page_or_404
from throughline.plans.families.views.reading import LINKS, Way, gone, in_its_language, link_address
from throughline.plans.handouts.contents import as_data
from throughline.plans.handouts.papers import BY_KEY, KINDS, Kind, Made, kept_paper, paper_of
from throughline.plans.models import PageForFamilies
from throughline.plans.shortcuts import head
from throughline.records.paper.compiling import PAPERS
from throughline.records.paper.fonts import unshown_in
from throughline.schools.tenant import MemberRequest, for_members
from throughline.ui.times import day_in_words


@dataclass(frozen=True, slots=True)
class File:
    """A file to take; `pages` where it matters on how many it comes out, and that is known."""

    size: str
    url: str
    pages: int = 0
    counts: bool = False


@require_safe
@for_members
def kit(request: MemberRequest) -> HttpResponse:
    """What there is to print in a language of the page, as published or as it is being written.

    Typesetting takes a second or two: it waits for a file to be asked for, or for `?count`, on how many pages it comes out.
    """
    held = page_or_404(request)
    shown, draft, published = _shown(request, held)
    files = [(kind, _files(request, held, shown, kind, draft)) for kind in KINDS] if shown else []
    languages = shown.languages if shown else []
    context = {
        **head(request),
        "page": shown,
        "draft": draft,
        "published": published,
        "papers": files,
        "uncounted": _query(shown.language, draft, count="1")
        if shown and any(file.counts and not file.pages for kind, found in files for file in found)
        else "",
        "too_long": [file for kind, found in files for file in found if file.pages > 1],
        "is_public": held.way == Way.EVERYONE,
        "languages": [(code, name, _query(code, draft)) for code, name in languages]
        if len(languages) > 1
        else [],
        "unshown": unshown_in(shown) if shown else [],
        "other": _query(shown.language, not draft) if shown else "",
    }
    return render(request, "plans/family_kit.html", context)


def _shown(request: MemberRequest, held: PageForFamilies) -> tuple[FamilyPage | None, bool, bool]:
    """What is published, in the language asked for; the drafts where they are asked for, or nothing else is there.

    Then whether it is the drafts, and whether something is published.
    """
    edition = editions_of(held).first()
    draft = "draft" in request.GET or edition is None
    document = draft_document(held) if draft or edition is None else edition.document
    if says_nothing(document):
        return None, draft, edition is not None
    number = edition.number if edition else 0
    return page_of(held, document, request.GET.get("in", ""), number), draft, edition is not None


def _query(language: str, draft: bool, **more: str) -> str:
    return f"?{urlencode({'in': language, **more, **({'draft': '1'} if draft else {})})}"


def _files(
    request: MemberRequest, held: PageForFamilies, shown: FamilyPage, kind: Kind, draft: bool
) -> list[File]:
    here = reverse(f"plans:family-kit-{kind.key}", kwargs={"school": request.seat.organisation.slug})
    if not kind.sized:
        return [File(_("Download"), f"{here}{_query(shown.language, draft)}")]
    counts = kind.key == "handout"
    found = []
    for size, name in (("a4", _("A4")), ("letter", _("Letter (US)"))):
        paper = _Paper(kind, shown, held, size, draft)
        made = (paper.make() if "count" in request.GET else paper.kept()) if counts else None
        url = f"{here}{_query(shown.language, draft, paper=size)}"
        found.append(File(name, url, made.pages if made else 0, counts))
    return found


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper as it is today where the school is."""

    kind: Kind
    shown: FamilyPage
    held: PageForFamilies
    size: str
    draft: bool = False

    def make(self) -> Made:
        """The file, typeset where it was not just made."""
        told, made_at = self._today()
        return paper_of(self.kind, told, self.shown, self.size, made_at)

    def kept(self) -> Made | None:
        """The file where it was just made."""
        told, made_at = self._today()
        return kept_paper(self.kind, told, self.size, made_at)

    def _today(self) -> tuple[dict[str, Any], datetime]:
        address = reverse("plans:family-page", kwargs={"place": self.shown.place})
        public = self.held.way == Way.EVERYONE and not self.draft
        with in_zone(self.held.organisation), translation.override(self.shown.language):
            today = clock.today()
            told = as_data(
                self.shown,
                stood=day_in_words(today),
                address=f"{settings.SITE_ADDRESS}{address}" if public else "",
                draft=self.draft,
            )
            return told, timezone.make_aware(datetime.combine(today, time()))


def _paper_asked(request: HttpRequest) -> str:
    paper = request.GET.get("paper", "a4")
    if paper not in PAPERS:
        raise Http404
    return paper


def _file(made: Made, kind: Kind, shown: FamilyPage) -> HttpResponse:
    response = HttpResponse(made.content, content_type="application/pdf")
    name = f"{shown.place}-{kind.key}-{shown.language}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Content-Language"] = shown.language
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@for_members
def paper(request: MemberRequest, kind: str) -> HttpResponse:
    """One paper of the kit; `?in=` a language, `?paper=letter`, `?draft`."""
    held, size = page_or_404(request), _paper_asked(request)
    shown, draft, _published = _shown(request, held)
    if shown is None:
        raise Http404
    return _file(_Paper(BY_KEY[kind], shown, held, size, draft).make(), BY_KEY[kind], shown)


def _handout(held: PageForFamilies, shown: FamilyPage, size: str) -> HttpResponse:
    kind = BY_KEY["handout"]
    return _file(_Paper(kind, shown, held, size).make(), kind, shown)


@for_everyone
def handout(request: HttpRequest, place: str) -> HttpResponse:
    """The handout of what is published, where everyone can read the page; `?in=`, `?paper=letter`."""
    held, size = page_at(place), _paper_asked(request)
    if held is None:
        raise Http404
    if held.way != Way.EVERYONE:
        return gone(request, held)
    shown = in_its_language(request, held)
    if shown is None:
        raise Http404
    response = _handout(held, shown, size)
    patch_vary_headers(response, ("Accept-Language",))
    if not shown.may_be_found:
        response["X-Robots-Tag"] = "noindex,nofollow"
    return keep_briefly(response)


@quiet
@require_safe
def handout_by_link(request: HttpRequest, key: str) -> HttpResponse:
    """The handout for whoever has the link. The sheet goes from hand to hand, so the link doesn’t stand on it."""
    held, size = page_by_link(LINKS.entry(request, link_address(key)).link), _paper_asked(request)
    if held is None:
        return render(request, "people/link_closed.html", status=404)
    shown = in_its_language(request, held) if held.way != Way.NOBODY else None
    return gone(request, held) if shown is None else _handout(held, shown, size)
