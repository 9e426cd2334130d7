"""The editors' forms: needs, groups and places as ticks, days as ticks, and only one's own organizations."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.editing import EditorForm
from core.forms import empty_unseen, refuse_years
from sociale_kaart.models import Attribute, Location, Service, ServiceAtLocation, TaxonomyTerm
from sociale_kaart.opening import WEEKDAYS
from sociale_kaart.permissions import edited_organizations, edits_everything

DAY_NAMES = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
OLDEST = 130
VOCABULARIES = {
    "need_terms": "needs", "part_terms": "need_parts", "group_terms": "target_groups", "domain_terms": "life_domains",
}  # fmt: skip


class DaysWidget(forms.CheckboxSelectMultiple):
    """Seven ticks for the weekdays of an RRULE; a part that is no plain day ("1MO") stays as one more tick."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=list(zip(WEEKDAYS, DAY_NAMES, strict=True)))

    def format_value(self, value: object) -> list[str]:
        """Split "MO,TU" for the ticks."""
        days = [part.strip() for part in str(value or "").split(",") if part.strip()]
        self.choices = [*zip(WEEKDAYS, DAY_NAMES, strict=True), *((day, day) for day in days if day not in WEEKDAYS)]
        return days

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """Join the ticks into "MO,TU"."""
        return ",".join(data.getlist(name) if hasattr(data, "getlist") else data.get(name, []))


class TermsField(forms.ModelMultipleChoiceField):
    """Ticks for the terms of one of our vocabularies."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, vocabulary: str, **kwargs: Any) -> None:
        terms = TaxonomyTerm.objects.filter(vocabulary=vocabulary).order_by("position")
        super().__init__(terms, required=False, **kwargs)


class PlacesField(forms.ModelMultipleChoiceField):
    """Ticks for the places of the organization."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, place: Location) -> str:
        """Say the name with the street, so that two desks can be told apart."""
        address = next((str(address) for address in place.addresses.all()), "")
        return f"{place} ({address})" if address else str(place)


class OwnForm(EditorForm):
    """A form about something of an organization: only one's own organizations can be chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user and "organization" in self.fields:
            mine = self.fields["organization"].queryset = edited_organizations(self.for_user)  # type: ignore[attr-defined]
            if self.instance._state.adding and not edits_everything(self.for_user) and mine.count() == 1:
                self.initial["organization"] = mine.get().pk

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be: what stands here is read by everyone."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        _refuse(self)
        return cleaned

    def is_valid(self) -> bool:
        """Refuse it in the rows below too: numbers, hours, notes, prices, papers."""
        valid: bool = super().is_valid()
        for _name, row in self.rows():
            _refuse(row)
            _ask_for_days(row)
        return valid and not any(row.errors for _name, row in self.rows())


def _refuse(form: forms.BaseForm) -> None:
    """Refuse words that nobody can see, and a day in a year that cannot be."""
    empty_unseen(form)
    refuse_years(form)


def _ask_for_days(row: forms.BaseForm) -> None:
    """Refuse hours that someone typed without a day; hours of an import may say their days in another way."""
    if row.has_changed() and row.cleaned_data.get("opens_at") and row.cleaned_data.get("byday") == "":
        row.add_error("byday", _("On which days? Tick them."))


class LocationForm(OwnForm):
    """A place belongs to an organization; only a coordinator may leave that open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user and not edits_everything(self.for_user):
            self.fields["organization"].required = True


class ServiceForm(OwnForm):
    """A service, with its terms and places as ticks; what they hang on is kept in the same draft."""

    need_terms = TermsField("needs", label=_("What is it about?"))
    part_terms = TermsField("need_parts", label=_("More precisely"))
    group_terms = TermsField("target_groups", label=_("For whom?"))
    domain_terms = TermsField("life_domains", label=_("Parts of a life"))
    places = PlacesField(Location.objects.none(), required=False, label=_("Where can people go?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tied = list(self.instance.attributes.all())
        for name, vocabulary in VOCABULARIES.items():
            self.initial[name] = [one.taxonomy_term_id for one in tied if one.taxonomy_term.vocabulary == vocabulary]
        self.fields["places"].queryset = self._own_places()  # type: ignore[attr-defined]
        self.initial["places"] = [offer.location_id for offer in self.instance.service_at_locations.all()]

    def _own_places(self) -> QuerySet[Location]:
        """Keep the places of the organization, and those where it is given already, whoever owns them."""
        if self.instance.organization_id:
            own = Q(organization=self.instance.organization_id)
        else:
            own = Q(organization__in=edited_organizations(self.for_user) if self.for_user else [])
        there = [offer.location_id for offer in self.instance.service_at_locations.all()]
        return Location.objects.filter(own | Q(pk__in=there)).prefetch_related("addresses")

    def clean_need_terms(self) -> QuerySet[TaxonomyTerm]:
        """Ask for one to three needs: more would make the listing turn up everywhere."""
        terms: QuerySet[TaxonomyTerm] = self.cleaned_data["need_terms"]
        if len(terms) > 3:
            raise forms.ValidationError(_("Choose at most 3 subjects. Which ones fit best?"))
        return terms

    def clean(self) -> dict[str, Any]:
        """Refuse ages that nobody has, and a day of checking that is still to come."""
        cleaned = super().clean()
        youngest, oldest = cleaned.get("minimum_age"), cleaned.get("maximum_age")
        for name, age in (("minimum_age", youngest), ("maximum_age", oldest)):
            if age is not None and not 0 <= age <= OLDEST:
                self.add_error(name, _("This is no age. Type a number from 0 to 130."))
        if youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("maximum_age", _("The highest age comes before the lowest. Turn them around."))
        if (checked := cleaned.get("assured_date")) and checked > timezone.localdate():
            self.add_error("assured_date", _("This day is still to come. Choose the day on which you checked."))
        return cleaned

    def save(self, commit: bool = True) -> Service:
        """Put the ticks back as rows of the listing, then save as Wagtail does."""
        for name, vocabulary in VOCABULARIES.items():
            if name in self.fields:
                self._tie(vocabulary, self.cleaned_data[name])
        if "places" in self.fields:
            self._place(self.cleaned_data["places"])
        return super().save(commit)

    def _tie(self, vocabulary: str, terms: Iterable[TaxonomyTerm]) -> None:
        wanted = {term.pk: term for term in terms}
        kept = [
            one
            for one in self.instance.attributes.all()
            if one.taxonomy_term.vocabulary != vocabulary or wanted.pop(one.taxonomy_term_id, None)
        ]
        new = [Attribute(taxonomy_term=term, link_type=vocabulary, link_entity="service") for term in wanted.values()]
        self.instance.attributes.set([*kept, *new])

    def _place(self, places: Iterable[Location]) -> None:
        wanted = {place.pk: place for place in places}
        kept = [one for one in self.instance.service_at_locations.all() if wanted.pop(one.location_id, None)]
        self.instance.service_at_locations.set(
            [*kept, *(ServiceAtLocation(location=place) for place in wanted.values())]
        )
