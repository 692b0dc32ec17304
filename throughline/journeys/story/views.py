"""The story so far, as a page and on paper, and what stands before it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from throughline.journeys.models import Introduction
from throughline.journeys.policy import Place, may_run
from throughline.journeys.shortcuts import journey_or_404
from throughline.journeys.story.actions import WrittenMeanwhile, write_introduction
from throughline.journeys.story.chapters import Links, story_of
from throughline.journeys.story.forms import IntroductionForm
from throughline.journeys.story.pdf import Story, story_pdf
from throughline.journeys.story.queries import facts_of, introductions_of
from throughline.journeys.words import address, addresses, scope_in_words
from throughline.kit import clock
from throughline.kit.addresses import addresses as addresses_of
from throughline.kit.text import unwrapped
from throughline.records.paper.compiling import PAPERS, Way
from throughline.records.paper.fonts import unshown_in
from throughline.schools.tenant import MemberRequest, for_members


def _links(place: Place) -> Links:
    school, record = place.seat.organisation.slug, place.journey.record_id
    profile = reverse("records:profile", kwargs={"school": school, "record_id": record})
    competency = addresses_of("records:competency", of="competency_id", school=school, record_id=record)
    return Links(
        journey=address(place.seat, "overview", journey_id=place.journey.pk),
        profile=lambda on: f"{profile}?on={on.isoformat()}",
        round=addresses(place.seat, "round", of="round_id"),
        report=addresses(place.seat, "report", of="round_id"),
        priorities=addresses(place.seat, "priorities", of="round_id"),
        competency=lambda key, number: f"{competency(key)}?history=all#decision-{number}",
    )


def _place(request: MemberRequest, journey_id: UUID) -> Place:
    place = journey_or_404(request, journey_id)
    place.journey.organisation = request.seat.organisation
    return place


@require_safe
@for_members
def story(request: MemberRequest, journey_id: UUID) -> HttpResponse:
    """One plain page to read: the latest rounds, or with `?rounds=all` from beginning to end."""
    place = _place(request, journey_id)
    editions = introductions_of(place.journey)
    introduction = unwrapped(editions[0].text) if editions else ""
    facts = facts_of(place.journey, all_rounds=request.GET.get("rounds") == "all")
    chapters = story_of(facts, _links(place))
    known = {
        "journey": place.journey,
        "scope": scope_in_words(place.journey),
        "introduction": introduction,
        "chapters": chapters,
        "rounds_in_all": facts.in_all,
        "may_run": may_run(place),
        "unshown": unshown_in(chapters, introduction, place.journey.name),
        "today": clock.today(),
    }
    return render(request, "journeys/story.html", known)


@require_safe
@for_members
def pdf(request: MemberRequest, journey_id: UUID) -> HttpResponse:
    """The same on the paper asked for; its sentences lead to the pages that they come from."""
    paper = request.GET.get("paper", "a4")
    if paper not in PAPERS:
        raise Http404
    place = _place(request, journey_id)
    editions = introductions_of(place.journey)
    told = Story(
        organisation=request.seat.organisation.name,
        journey=place.journey.name,
        scope=scope_in_words(place.journey),
        introduction=unwrapped(editions[0].text) if editions else "",
        chapters=story_of(facts_of(place.journey), _links(place)),
        site=request.build_absolute_uri("/").rstrip("/"),
        on=clock.today(),
    )
    response = HttpResponse(
        story_pdf(told, way=Way.now(paper), made_at=clock.now()), content_type="application/pdf"
    )
    name = slugify(place.journey.name) or "journey"
    response["Content-Disposition"] = f'inline; filename="{name}-{told.on:%Y-%m-%d}-story.pdf"'
    return response


@for_members
def introduction(request: MemberRequest, journey_id: UUID) -> HttpResponseBase:
    """Write what stands before the story; earlier editions below."""
    place = _place(request, journey_id)
    may_run(place).enforce()
    editions = introductions_of(place.journey)
    last = editions[0] if editions else None
    form = IntroductionForm(
        request.POST if request.method == "POST" else None,
        initial={"text": last.text if last else "", "seen": last.number if last else 0},
    )
    theirs: Introduction | None = None
    if form.is_valid():
        try:
            made = write_introduction(place=place, **form.cleaned_data)
        except WrittenMeanwhile as meanwhile:
            theirs = meanwhile.introduction
            form = _again(form, theirs)
        else:
            messages.success(request, _("Kept.") if made else _("Nothing changed."))
            return redirect(address(request.seat, "story", journey_id=journey_id))
    known = {"journey": place.journey, "form": form, "editions": editions, "theirs": theirs}
    wrong = theirs is not None or bool(form.errors)
    return render(request, "journeys/introduction.html", known, status=422 if wrong else 200)


def _again(form: IntroductionForm, theirs: Introduction) -> IntroductionForm:
    """One's own words stay in the box; keeping them once more takes the place of theirs, knowingly."""
    return IntroductionForm(initial={"text": form.cleaned_data["text"], "seen": theirs.number})
