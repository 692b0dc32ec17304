"""Templates keep to the strict Content-Security-Policy, and forms are safe to send twice."""

import re

from tests.architecture.tree import PACKAGE, templates

INLINE = re.compile(r"<[^>]*\s(style|on[a-z]+)\s*=|<style\b|javascript:", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
FORM = re.compile(r"<form\b[^>]*method=[\"']post[\"'][^>]*>(.*?)</form>", re.IGNORECASE | re.DOTALL)
EMPTY = re.compile(r"\{% empty_state (.*?)\{% endempty_state %\}", re.DOTALL)
LEADS_ON = re.compile(r"button|<a\b|<form")
TAG = re.compile(r"\{[%#{].*?[%#}]\}", re.DOTALL)

# Forms that post without an idempotency key, and why that is right.
WITHOUT_KEY = {
    "account/": "sign-in, codes and passwords: wrong tries must be counted even though nothing else is kept",
    "journeys/key_in_sheet.html": "it saves itself while it is typed; a sheet handed in twice is compared, never counted twice",
    "journeys/again_one.html": "as rate_one: a receipt would say who rated when, and saving it again writes the same row",
    "journeys/look_back.html": "as rate_one: a receipt would say who looked back when",
    "journeys/rate_domain.html": "as rate_one: a receipt would say who rated when",
    "journeys/rate_one.html": "there is one rating per rater and competency: saving it again writes the same row",
    "journeys/_only_you.html": "letting others read one's comment twice is letting them read it",
    "journeys/together.html": "what can be kept is kept although errors are shown; sent again, it is found settled",
    "people/passcode.html": "wrong passcodes must be counted",
    "elements/outside_comment.html": "comments are counted, and carry a key of their own",
    "plans/family_ask.html": "questions are counted, and carry a key of their own",
    "network/share.html": "shows a preview and writes nothing",
    "plans/done.html": "whoever follows a link may be signed out; a link is used once only",
    "plans/no_mail.html": "stopping twice is stopping",
    "schools/invitation.html": "whoever follows a link may be signed out; an invitation is taken up once only",
    "schools/invite.html": "shows a preview and writes nothing",
    "schools/start.html": "the first-run page disappears with the first organisation",
    "voices/answering/": "whoever answers has no account; handing in twice is found handed in",
    "voices/key_in.html": "a receipt would say who typed in a sheet when; a mark in the spool sees to it that it counts once",
    "voices/inviting.html": "slips: the answer is the file with the codes, which is kept nowhere; pressing twice makes another sheet",
    "ui/rescued.html": "sends again what could not be saved, with the key that came with it",
    "ui/you.html": "signing out twice is signing out",
    "ui/theme_form.html": "choosing light or dark again changes nothing",
}
# Forms without a token against forged ones, and why that is right.
WITHOUT_TOKEN = {
    "voices/answering/": "a page that names no origin and sets no cookie; what it sends is refused when it comes from elsewhere",
}


def name_of(path: object) -> str:
    return str(path).partition("/templates/")[2]


def test_nothing_is_inline() -> None:
    assert len(templates()) > 10
    found = []
    for path in templates():
        text = TAG.sub("", path.read_text(encoding="utf-8"))
        found += [f"{name_of(path)}: {match.group(0)[:80]}" for match in INLINE.finditer(text)]
        found += [
            f"{name_of(path)}: script without src"
            for match in SCRIPT.finditer(text)
            if "src=" not in match.group(1)
        ]
    assert found == []


def test_every_form_that_posts_carries_both_keys() -> None:
    without_token, without_key, forms = [], set(), 0
    for path in templates():
        for form in FORM.finditer(path.read_text(encoding="utf-8")):
            forms += 1
            if "{% csrf_token %}" not in form.group(1):
                without_token.append(name_of(path))
            if "{% once_key %}" not in form.group(1):
                without_key.add(name_of(path))
    assert forms > 5
    assert [name for name in without_token if not name.startswith(tuple(WITHOUT_TOKEN))] == []
    assert [each for each in WITHOUT_TOKEN if not any(n.startswith(each) for n in without_token)] == []
    assert sorted(name for name in without_key if not name.startswith(tuple(WITHOUT_KEY))) == []
    assert [listed for listed in WITHOUT_KEY if not any(n.startswith(listed) for n in without_key)] == []


def test_every_form_for_people_who_have_signed_in_says_to_whom_it_is_given() -> None:
    """Otherwise its words are lost when a session ends. Those without anything typed, and those for everybody, need not."""
    nothing_typed = (
        "account/",
        "journeys/_only_you.html",
        "people/passcode.html",
        "plans/family_ask.html",
        "elements/outside_comment.html",
        "plans/done.html",
        "plans/no_mail.html",
        "ui/",
        "schools/invitation.html",
        "schools/start.html",
        "voices/answering/",
        "voices/key_in.html",  # what would be kept is somebody's answer; the paper is still there
    )
    missing = {
        name_of(path)
        for path in templates()
        for form in FORM.finditer(path.read_text(encoding="utf-8"))
        if "{% once_key %}" not in form.group(1) and "{% whose %}" not in form.group(1)
    }
    assert sorted(name for name in missing if not name.startswith(nothing_typed)) == []


def test_each_template_stands_in_a_folder_named_for_its_room() -> None:
    allowed = {"account", "allauth", "django"}
    strays = [
        name_of(path)
        for path in templates()
        if path.is_relative_to(PACKAGE)
        and name_of(path).split("/")[0] not in {path.relative_to(PACKAGE).parts[0], *allowed}
        and not re.fullmatch(r"\d{3}\.html", name_of(path))
    ]
    assert strays == []


def test_every_empty_state_leads_on() -> None:
    """Where nothing is, the page says what to do about it, with something to press."""
    stuck = [
        f"{name_of(path)}: {found[1].splitlines()[0][:60]}"
        for path in templates()
        for found in EMPTY.finditer(path.read_text(encoding="utf-8"))
        if not LEADS_ON.search(found[1])
    ]
    assert stuck == []
