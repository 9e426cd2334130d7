"""The editors' forms in reading order: one sentence with one example under every field."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from sociale_kaart.forms import DaysWidget
from sociale_kaart.permissions import NETWORK_LAYER
from sociale_kaart.spoken import choices

TALL = {"widget": forms.Textarea(attrs={"rows": 4})}
OWNER: dict[str, Any] = {"heading": _("Organization"), "widget": forms.Select}
CLOCK = {"widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}


def ask(name: str, example: Any, **more: Any) -> FieldPanel:
    """Make a field with its help."""
    return FieldPanel(name, help_text=example, **more)


PHONES = InlinePanel(
    "phones",
    heading=_("Phone"),
    label=_("number"),
    help_text=_("The first number is the one on the call button."),
    panels=[
        ask("number", _("As people read it. Example: “050 00 00 33”.")),
        ask("description", _("Only when it needs saying. Example: “outside office hours”."), widget=forms.TextInput),
    ],
)
HOURS = InlinePanel(
    "schedules",
    heading=_("Hours"),
    label=_("hours"),
    help_text=_("One line per pair of hours. For a closure: leave the hours empty and fill in from when until when."),
    panels=[
        ask("byday", _("The days with these hours. Example: Mon and Thu."), widget=DaysWidget),
        FieldRowPanel(
            [ask("opens_at", _("Example: 09:00."), **CLOCK), ask("closes_at", _("Example: 12:00."), **CLOCK)]
        ),
        FieldRowPanel(
            [
                ask("valid_from", _("Only for a season or a closure. Example: 21 December.")),
                ask("valid_to", _("The last day. Example: 3 January.")),
            ]
        ),
        ask("notes", _("Example: “Christmas holidays” or “only by appointment”."), widget=forms.TextInput),
    ],
)
WHAT = MultiFieldPanel(
    [
        ask("organization", _("Who does this? Example: “Huurhulp De Blauwe Deur”."), **OWNER),
        ask("name", _("What people would call it, at most 6 words. Example: “Blijven wonen”.")),
        ask(
            "summary",
            _("One sentence of at most 20 words. Example: “Talks with your landlord and goes to court with you.”"),
        ),
        ask(
            "client_text",
            _("To the visitor, with “you”. Example: “We talk with your landlord. We go with you.”"),
            **TALL,
        ),
        ask("alternate_name", _("Words that people really use. Example: “thrown out of the house”."), **TALL),
        ask("alert", _("Only what is urgent now. Example: “Did you get a letter with a date? Call before that date.”")),
        ask("status", _("Example: “closed for a while” during works.")),
    ],
    heading=_("What is it?"),
)
WHOM = MultiFieldPanel(
    [
        ask("need_terms", _("One to three subjects. Example: “Wonen”.")),
        ask("part_terms", _("Only what really fits. Example: “Schulden”.")),
        ask("group_terms", _("Only when it is not for everyone. Example: “Huurders”.")),
        ask("domain_terms", _("Where it comes up in a conversation. Example: “Schulden en betalingen”.")),
        ask("eligibility_description", _("Example: “You rent a house or an apartment.”"), **TALL),
        FieldRowPanel([ask("minimum_age", _("Example: 18.")), ask("maximum_age", _("Example: 25."))]),
        ask("undocumented_ok", _("Tick when nobody asks for residence papers.")),
    ],
    heading=_("For whom?"),
)
BEGIN = MultiFieldPanel(
    [
        ask("application_process", _("Two or three steps. Example: “Call, or let someone call for you.”"), **TALL),
        ask("referral_way", _("Example: “call first”.")),
        ask("takes_new_people", _("Take the tick away when you are full.")),
        FieldRowPanel(
            [
                ask("waiting_weeks", _("Example: 6.")),
                ask("wait_time", _("Example: “about 6 weeks, shorter for families”."), widget=forms.TextInput),
            ]
        ),
    ],
    heading=_("How do people begin?"),
)
BRING = InlinePanel(
    "required_documents",
    heading=_("Bring along"),
    label=_("thing"),
    panels=[ask("document", _("Example: “your rental contract”."), widget=forms.TextInput)],
)
WHERE = MultiFieldPanel(
    [
        ask("places", _("No tick when it is only by phone or online. Example: the desk in Oostkamp.")),
        ask("home_visits", _("Tick when a colleague comes to people’s homes.")),
        ask("outreach", _("Tick when you go to where people are, such as the street.")),
        ask("walk_in", _("Tick when people may come without an appointment.")),
        ask("by_phone", _("Tick when people get help over the phone.")),
        ask("online", _("Tick when people get help by chat or video.")),
    ],
    heading=_("Where and how?"),
)
AREAS = InlinePanel(
    "service_areas",
    heading=_("For which municipalities?"),
    label=_("area"),
    panels=[ask("name", _("A municipality, a zone or a region. Example: “Zedelgem”, “WE40” or “Vlaanderen”."))],
)
CONTACT = MultiFieldPanel(
    [
        ask("email", _("Example: “onthaal@blauwedeur.example”.")),
        ask("url", _("Example: “https://blauwedeur.example/huur”.")),
    ],
    heading=_("Mail and website"),
)
COST = MultiFieldPanel(
    [
        ask("cost_kind", _("Example: “free”.")),
        ask("fees_description", _("Example: “5 euros a ride”."), widget=forms.TextInput),
    ],
    heading=_("Cost"),
)
PRICES = InlinePanel(
    "cost_options",
    heading=_("Prices"),
    label=_("price"),
    panels=[
        ask("amount", _("Example: 5.")),
        ask("amount_description", _("Example: “a ride”."), widget=forms.TextInput),
    ],
)
LANGUAGES = InlinePanel(
    "languages",
    heading=_("Languages"),
    label=_("language"),
    panels=[
        FieldPanel(
            "code",
            heading=_("language"),
            widget=forms.Select(choices=choices()),
            help_text=_("A language that someone of the team speaks. Example: “Arabic”."),
        )
    ],
)
INTERPRETER = ask("interpretation_services", _("Example: “An interpreter costs nothing: ask when you call.”"), **TALL)
WORKERS = MultiFieldPanel(
    [
        ask(
            "worker_text",
            _("What a colleague must know first. Example: “Not for owners. Send the contract along.”"),
            **TALL,
        ),
        ask("accepts_referrals", _("Tick when questions may arrive in your mailbox here.")),
        ask("response_days", _("Working days in which you answer. Example: 2.")),
        ask("partner_tip", _("Example: “Call before 10, then the team is there.”"), widget=forms.TextInput),
        ask("assured_date", _("The day that someone looked at all of this. Example: today.")),
    ],
    heading=_("For workers"),
)
SERVICE = [
    WHAT,
    WHOM,
    BEGIN,
    BRING,
    WHERE,
    HOURS,
    AREAS,
    PHONES,
    CONTACT,
    COST,
    PRICES,
    LANGUAGES,
    INTERPRETER,
    WORKERS,
]

ORGANIZATION = [
    MultiFieldPanel(
        [
            ask("name", _("Example: “Huurhulp De Blauwe Deur”.")),
            ask("alternate_name", _("Only when people use it. Example: an abbreviation.")),
            ask(
                "description",
                _("Two or three sentences: what, for whom, how. Example: “We help people who rent.”"),
                **TALL,
            ),
            ask("email", _("Example: “onthaal@blauwedeur.example”.")),
            ask("website", _("Example: “https://blauwedeur.example”.")),
        ],
        heading=_("What is it?"),
    ),
    PHONES,
    MultiFieldPanel(
        [
            ask("how_we_work", _("For colleagues. Example: “Call first, then send the question.”"), **TALL),
            ask("legal_status", _("Example: “vzw”.")),
        ],
        heading=_("For workers"),
    ),
    MultiFieldPanel(
        [
            ask("inbox", _("A mail with a link goes here when a question arrives."), permission=NETWORK_LAYER),
            ask("kind", _("A short word in English. Example: “housing_advice”."), permission=NETWORK_LAYER),
            ask("partner_type", _("Example: “specialised offer”."), permission=NETWORK_LAYER),
            ask(
                "secrecy_regime",
                _("Decides what may be shared. Example: “duty of discretion”."),
                permission=NETWORK_LAYER,
            ),
        ],
        heading=_("Place in the network"),
        permission=NETWORK_LAYER,
    ),
]

LOCATION = [
    MultiFieldPanel(
        [
            ask("organization", _("Whose place is it? Example: “Huurhulp De Blauwe Deur”."), **OWNER),
            ask("name", _("Example: “Desk in Oostkamp”.")),
            ask("protected", _("Tick for a refuge: the address and the place on the map are never shown.")),
            ask("municipality", _("Example: “Oostkamp”."), heading=_("municipality")),
            FieldRowPanel(
                [
                    ask("latitude", _("Example: 51.1545."), heading=_("latitude")),
                    ask("longitude", _("Example: 3.2352."), heading=_("longitude")),
                ]
            ),
            ask("transportation", _("Example: “Bus 74, stop Kerk.”"), **TALL),
        ],
        heading=_("Place"),
    ),
    InlinePanel(
        "addresses",
        heading=_("Address"),
        label=_("address"),
        max_num=2,
        panels=[
            ask("address_1", _("Example: “Blauwedeurstraat 7”.")),
            FieldRowPanel([ask("postal_code", _("Example: 8020.")), ask("city", _("Example: “Oostkamp”."))]),
        ],
    ),
    InlinePanel(
        "accessibility",
        heading=_("How people get in"),
        label=_("thing"),
        panels=[ask("description", _("Example: “Entrance without steps”."), widget=forms.TextInput)],
    ),
    PHONES,
    HOURS,
]

TERM = [
    ask("name", _("What the visitor reads. Example: “Geld en schulden”.")),
    ask("description", _("A few words of people. Example: “Rekeningen die blijven liggen”."), widget=forms.TextInput),
    ask("position", _("The order on the home page. Example: 1.")),
]

DOMAIN = [
    ask("name", _("What the client reads. Example: “Wonen”.")),
    ask(
        "questions",
        _("Plain questions, one per line. Example: “Where do you live now?”"),
        widget=forms.Textarea(attrs={"rows": 8}),
    ),
    ask("needs", _("Which subjects belong to it. Example: “Wonen”."), widget=forms.CheckboxSelectMultiple),
    ask("help_now", _("Tick when help lines must stand beside it, as for violence.")),
    ask("position", _("The order in a conversation. Example: 1.")),
]
