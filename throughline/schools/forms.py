"""Forms of organisations, members, invitations, groups and ties."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from throughline.activity.mail import letters_go_out
from throughline.people.forms import PASSWORD_LIMIT, language_choices, password_help
from throughline.people.places import PlaceField
from throughline.people.wording import ADDRESS_LIMIT, NAME_LIMIT
from throughline.schools.first_run import is_first_run_key
from throughline.schools.models import Group, Organisation, Role, roles_in
from throughline.schools.roster import LIMIT
from throughline.ui.asseen import FIELD as AS_SEEN
from throughline.ui.asseen import AsSeen
from throughline.ui.forms import ChoicePills, ManyPills

TEXT_LIMIT = 200_000
BY_PASSWORD = "password"  # noqa: S105  (the name of a choice)
BY_CODE = "code"


def _name_field(label: Any, complete: str = "") -> forms.CharField:
    attributes = {"autocomplete": complete} if complete else {}
    return forms.CharField(label=label, max_length=NAME_LIMIT, widget=forms.TextInput(attrs=attributes))


class PasswordField(forms.CharField):
    """A new password, kept exactly as typed, with what it needs as help."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        super().__init__(strip=False, max_length=PASSWORD_LIMIT, widget=widget, **kwargs)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        """The help is worked out when it is shown, in the reader's language."""
        self.help_text = password_help()
        return super().get_bound_field(form, field_name)


class Confirm(forms.Form):
    """Nothing to fill in: a yes, and a place for the verb's refusal."""


class OrganisationForm(AsSeen, forms.Form):
    """Name, language of letters, time zone."""

    name = _name_field(_("Name"), "organization")
    time_zone = PlaceField(
        label=_("Where is it?"),
        help_text=_("A city, state, or country, so that dates and deadlines are right."),
        propose=True,
    )
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("For people who haven’t chosen one themselves."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = language_choices("")  # type: ignore[attr-defined]


class StartForm(OrganisationForm):
    """The first organisation and its first lead."""

    kind = forms.ChoiceField(
        label=_("What are you setting up?"),
        choices=Organisation.Kind.choices,
        initial=Organisation.Kind.SCHOOL,
        widget=ChoicePills(),
    )
    lead_name = _name_field(_("Your name, as others will see it"), "name")
    lead_email = forms.EmailField(
        label=_("Your email address"),
        max_length=ADDRESS_LIMIT,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = PasswordField(label=_("Password"))

    key = forms.CharField(
        label=_("Setup key"),
        max_length=60,
        help_text=_(
            "The command “manage.py prepare” printed this key on the server. It shows that the server is "
            "yours."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    field_order = ["key", "kind", "name", "time_zone", "lead_name", "lead_email", "password", "language"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields[AS_SEEN]  # nothing stands yet
        if not settings.PRODUCTION:
            del self.fields["key"]

    def clean_key(self) -> str:
        """Refuse a wrong one before anything is made."""
        if not is_first_run_key(self.cleaned_data["key"]):
            raise ValidationError(_("That is not the key the server printed."))
        return ""


class InviteForm(forms.Form):
    """A pasted list."""

    people = forms.CharField(
        label=_("People, one per line"),
        max_length=TEXT_LIMIT,
        strip=False,
        help_text=_(
            "A name, an email address and, if you like, a role: Mei Tanaka, mei@example.org, educator"
        ),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocapitalize": "off"}),
    )
    usual = forms.ChoiceField(label=_("Role for everyone without one in their line"))
    by_mail = forms.BooleanField(
        label=_("Email each person their link"),
        help_text=_("Either way, you get a link for each person that you can pass on yourself."),
        required=False,
        initial=True,
    )

    limit = LIMIT

    def __init__(self, *args: Any, kind: str, role: str = "", **kwargs: Any) -> None:
        """`role`: the one that the page which led here has in mind."""
        super().__init__(*args, **kwargs)
        roles = roles_in(kind)
        usual = Role.EDUCATOR if kind == Organisation.Kind.SCHOOL else Role.TEAM
        self.fields["usual"].choices = [(each.value, each.label) for each in roles]  # type: ignore[attr-defined]
        self.fields["usual"].initial = role if role in roles else usual.value
        if not letters_go_out():
            del self.fields["by_mail"]


class AcceptForm(forms.Form):
    """A new person says who they are and how they will sign in."""

    name = _name_field(_("Your name, as others will see it"), "name")
    how = forms.ChoiceField(
        label=_("How do you want to sign in?"),
        choices=[(BY_PASSWORD, _("With a password")), (BY_CODE, _("With a code sent by email each time"))],
        initial=BY_PASSWORD,
        widget=ChoicePills(),
    )
    password = PasswordField(
        label=_("Password"),
        error_messages={"required": _("Choose a password, or choose to sign in with a code.")},
    )
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not letters_go_out():
            del self.fields["how"]
        elif self.is_bound and self.data.get("how") == BY_CODE:
            self.fields["password"].required = False

    @property
    def chosen_password(self) -> str | None:
        """The password, or None for someone who signs in by code."""
        by_code = self.cleaned_data.get("how") == BY_CODE
        return None if by_code else self.cleaned_data["password"]


class RolesForm(AsSeen, forms.Form):
    """What a member is to the organisation."""

    roles = forms.MultipleChoiceField(label=_("Roles"), widget=ManyPills())

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [(role.value, role.label) for role in roles_in(kind)]  # type: ignore[attr-defined]


class GroupForm(AsSeen, forms.Form):
    """A subject area, classroom or team."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Group.Kind.choices, widget=ChoicePills())
    name = _name_field(_("Name"))


class AddMembersForm(forms.Form):
    """Who comes into a group."""

    members = forms.MultipleChoiceField(
        label=_("People"),
        widget=ManyPills(),
        error_messages={"required": _("Choose at least one person.")},
    )

    def __init__(self, *args: Any, offered: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = [(str(key), name) for key, name in offered]  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """The other side of a tie."""

    short_name = forms.CharField(
        label=_("Short name"),
        max_length=200,
        help_text=_("You find it in the address of its pages, after /s/. Its lead can tell you."),
        widget=forms.TextInput(attrs={"autocapitalize": "off", "spellcheck": "false"}),
    )
