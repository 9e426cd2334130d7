"""The Dutch text that a new installation starts with; editors change it in Wagtail, and then it is theirs."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import transaction
from wagtail.models import GroupPagePermission, Page, Site

from organisaties import groups
from website.models import ContentPage, HomePage

HOME: dict[str, Any] = {
    "title": "Waarmee kunnen we je helpen?",
    "lead": "Schrijf het in je eigen woorden. Of kies hieronder waar je vraag over gaat.",
    "example": "ik kan mijn huur niet betalen",
    "promise": "We weten niet wie je bent en bewaren niets over jou.",
    "needs_title": "Waar gaat je vraag over?",
    "rights_title": "Krijg je alles waar je recht op hebt?",
    "rights_text": (
        "Beantwoord een paar vragen. Je ziet welke premies en kortingen misschien voor jou zijn. "
        "Je hoeft je naam niet te geven."
    ),
    "rights_points": (
        "korting op gas, stroom en water\ngeld voor school en kinderen\nminder betalen bij de dokter\nhulp bij je huur"
    ),
    "rights_minutes": 5,
    "houses_title": "Liever iemand spreken?",
    "houses_text": "Bel of stap binnen bij het sociaal huis van je gemeente.",
}
HELP_LINES = [
    ("112", "Gevaar of ongeval", "dag en nacht", ""),
    ("1813", "Denk je aan zelfdoding?", "dag en nacht", ""),
    ("1712", "Geweld of misbruik", "ook als je twijfelt", ""),
    ("106", "Praten met iemand", "dag en nacht", ""),
    ("", "Geen slaapplaats vannacht", "bekijk wie nu open is", "/zoeken/?thema=shelter&open=1"),
]

Piece = tuple[str, Any]


def _about(site: str, mail: str) -> tuple[str, list[Piece]]:
    return f"{site} helpt je om de juiste hulp te vinden. En het helpt hulpverleners om je goed door te geven.", [
        ("heading", "Voor wie is het?"),
        (
            "text",
            "<p>Voor iedereen met een vraag. Je hoeft je niet aan te melden om te zoeken of je rechten te bekijken.</p>"
            "<p>Hulpverleners melden zich wel aan. Zij zoeken samen met jou en sturen je vraag warm door. "
            "Warm wil zeggen: iemand volgt op of je echt geholpen bent.</p>",
        ),
        ("heading", "Wat vind je hier?"),
        (
            "text",
            "<ul><li>diensten in je buurt, met uren en een nummer om te bellen</li>"
            "<li>rechten, premies en kortingen die misschien voor jou zijn</li>"
            "<li>nummers die dag en nacht antwoorden</li></ul>",
        ),
        ("heading", "Wie schrijft dit?"),
        (
            "text",
            "<p>Elke dienst schrijft zijn eigen pagina en kijkt ze na. Onderaan zie je wanneer dat was. "
            "Mensen uit de streek houden het geheel bij.</p>"
            "<p>Geen enkele dienst kan betalen om hoger te staan.</p>",
        ),
        ("heading", "Wie beslist over een recht?"),
        (
            "text",
            "<p>Wij zeggen ‘waarschijnlijk wel’ of ‘misschien’. Alleen de bevoegde dienst beslist. "
            "Vraag het altijd na.</p>",
        ),
        ("heading", "Een vraag over deze site?"),
        ("text", f'<p>Mail naar <a href="mailto:{mail}">{mail}</a>. Of bel het sociaal huis van je gemeente.</p>'),
    ]


def _privacy(site: str, mail: str) -> tuple[str, list[Piece]]:
    return "Zoek je alleen iets? Dan weten we niet wie je bent. Dit bewaren we wel, en dit niet.", [
        ("heading", "Als je zoekt"),
        (
            "text",
            "<p>We weten niet wie je bent en bewaren niets over jou. "
            "Je antwoorden bij ‘Je rechten’ bewaren we ook niet.</p>"
            "<p>Om beter te leren zoeken, tellen we per dag welke woorden mensen typen en welke dienst ze openen. "
            "We tellen niet wie, niet hoe laat en niet na welke andere vraag. "
            "Van je gemeente tellen we alleen de ruime streek.</p>"
            "<p>Lijkt er een naam, een nummer, een adres of een geboortedatum in te staan? Dan tellen we niets. "
            "Woorden over geweld, zelfdoding of een nacht zonder bed tellen we nooit. "
            "Na 180 dagen wissen we de tellingen.</p>"
            "<p>Laat je weten dat iets niet bestaat? Dan tellen we één keer: dit onderwerp, deze gemeente, deze dag. "
            "Schrijf je er woorden bij? Die bewaren we een jaar, zonder gemeente, zonder dag en zonder jou.</p>",
        ),
        ("heading", "Koekjes (cookies)"),
        (
            "text",
            "<p>Kies je licht, donker of grote letters? Dan staat die keuze in een koekje op je toestel. "
            "Stuur je een formulier, dan is er een koekje dat misbruik tegenhoudt. "
            "Er zijn geen koekjes die je volgen, en geen van andere bedrijven.</p>",
        ),
        ("heading", "Als een hulpverlener je helpt"),
        (
            "text",
            "<p>Dan schrijft je hulpverlener alleen op wat nodig is voor je vraag. "
            "Je rijksregisternummer bewaren we nooit.</p>"
            "<ul><li>Je kiest zelf wat we delen, stuk voor stuk, en met wie.</li>"
            "<li>Je ja geldt tot een dag die je kent.</li>"
            "<li>Je mag je ja altijd terugnemen. De andere dienst ziet het dan meteen niet meer.</li>"
            "<li>Je mag weten wie je vraag geopend heeft.</li></ul>"
            "<p>Wat over jou gaat, bewaren we versleuteld. In mails staat nooit je naam of je verhaal.</p>",
        ),
        ("heading", "Je rechten"),
        (
            "text",
            "<p>Je mag vragen wat we over je bewaren. Je mag het laten verbeteren of laten wissen. "
            "Vraag het aan je hulpverlener, of mail naar "
            f'<a href="mailto:{mail}">{mail}</a>. Je krijgt een antwoord binnen een maand.</p>'
            "<p>Ben je niet tevreden? Dan kun je terecht bij de Gegevensbeschermingsautoriteit: "
            '<a href="https://www.gegevensbeschermingsautoriteit.be">gegevensbeschermingsautoriteit.be</a>.</p>',
        ),
        (
            "notice",
            {
                "tone": "info",
                "text": f"Iets niet duidelijk? Vraag het gerust. Bellen kan ook via een dienst op {site}.",
            },
        ),
    ]


def _accessibility(site: str, mail: str) -> tuple[str, list[Piece]]:
    return f"Iedereen moet {site} kunnen gebruiken. Lukt iets niet, dan willen we het weten.", [
        ("heading", "Waar we ons aan houden"),
        (
            "text",
            "<p>We volgen de Europese norm EN 301 549 en de richtlijnen WCAG 2.2, niveau AA. "
            "Dat vraagt ook het Bestuursdecreet van Vlaanderen.</p>"
            "<ul><li>Alles werkt met een toetsenbord en zonder script.</li>"
            "<li>Je kiest zelf licht of donker, en drie groottes van letters.</li>"
            "<li>Elke kaart en elk beeld staat ook in woorden op de pagina.</li>"
            "<li>Wat je meekrijgt op papier, past op één blad en leest in zwart-wit.</li></ul>",
        ),
        ("heading", "Wat we nakeken, en wat nog niet"),
        (
            "text",
            "<p>Bij elke nieuwe versie kijkt een programma (axe) de pagina’s na. Kleuren meten we zelf na. "
            "We kijken ook op een smal scherm, met grote letters en op papier.</p>"
            "<p>Nog niet nagekeken: het gebruik met elke schermlezer, en door mensen die er elke dag een nodig hebben. "
            "Daarom zeggen we: gedeeltelijk in orde.</p>",
        ),
        ("heading", "Wat minder goed gaat"),
        (
            "text",
            "<p>De schermen waar redacteurs schrijven, zijn van Wagtail. Die kijken we zelf niet na. "
            "Een kaart toont alleen gemeenten en geen straten. Het adres staat er altijd naast.</p>",
        ),
        ("heading", "Lukt iets niet?"),
        (
            "text",
            f'<p>Mail naar <a href="mailto:{mail}">{mail}</a> en vertel op welke pagina. '
            "Je krijgt binnen twee weken een antwoord. Dringend? Bel het sociaal huis van je gemeente, "
            "zij zoeken mee aan de telefoon.</p>"
            "<p>Geen goed antwoord? Dan kun je naar de Vlaamse Ombudsdienst: "
            '<a href="https://www.vlaamseombudsdienst.be">vlaamseombudsdienst.be</a>.</p>',
        ),
    ]


def _correction(site: str, mail: str) -> tuple[str, list[Piece]]:
    return "Een nummer dat niet meer klopt, een uur dat veranderde? Laat het weten, ook als je twijfelt.", [
        ("heading", "Op de pagina van een dienst"),
        (
            "text",
            "<p>Onderaan elke dienst staat ‘Klopt er iets niet?’. Die link maakt een mail naar wie de pagina bijhoudt. "
            "De naam van de dienst staat er al in. Werk je voor een partner en ben je aangemeld? "
            "Dan is één druk genoeg.</p>",
        ),
        ("heading", "Iets anders"),
        (
            "text",
            f'<p>Mail naar <a href="mailto:{mail}">{mail}</a>. Schrijf erbij op welke pagina je was. '
            "Schrijf niets over je eigen situatie: dat is niet nodig.</p>",
        ),
    ]


def _join(site: str, mail: str) -> tuple[str, list[Piece]]:
    return "Help je mensen in deze streek, als beroep of als vrijwilliger? Dan hoor je erbij.", [
        ("heading", "Zo begin je"),
        (
            "text",
            "<ul><li>Mail wie je bent, wat je doet en voor welke gemeenten.</li>"
            "<li>De coördinator van de streek belt je binnen vijf werkdagen.</li>"
            "<li>Je krijgt een uitnodiging. Je schrijft je eigen pagina, met een voorbeeld bij elk veld.</li></ul>"
            f'<p>Mail naar <a href="mailto:{mail}">{mail}</a>.</p>',
        ),
        ("heading", "Wat vragen we?"),
        (
            "text",
            "<p>Kijk je pagina twee keer per jaar na. Antwoord collega’s binnen de tijd die je zelf belooft. "
            "Het kost niets.</p>",
        ),
        (
            "notice",
            {
                "tone": "turn",
                "text": "Doe je dit als vrijwilliger? Ook dan mag je erbij. We bekijken samen wat je kunt delen.",
            },
        ),
    ]


PAGES = [
    ("over", "Over {site}", _about),
    ("privacy", "Privacy: wat bewaren we?", _privacy),
    ("toegankelijkheid", "Toegankelijkheid", _accessibility),
    ("klopt-er-iets-niet", "Klopt er iets niet?", _correction),
    ("zet-je-organisatie-erbij", "Zet je organisatie erbij", _join),
]


@transaction.atomic
def ensure_pages() -> int:
    """Make the home page at the root of the site and the pages under it; leave alone what is there. Give how many."""
    before = Page.objects.count()
    home = HomePage.objects.first() or _make_home()
    _let_coordinators_edit(home)
    present = set(home.get_children().values_list("slug", flat=True))
    for slug, title, write in PAGES:
        if slug not in present:
            lead, body = write(settings.SITE_NAME, settings.DEFAULT_FROM_EMAIL)
            page = ContentPage(title=title.format(site=settings.SITE_NAME), slug=slug, lead=lead, body=body)
            home.add_child(instance=page)
            page.save_revision().publish()
    return Page.objects.count() - before


def _let_coordinators_edit(home: HomePage) -> None:
    group = groups.ensure(groups.COORDINATORS)
    for code in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=code)
        GroupPagePermission.objects.get_or_create(group=group, page_id=home.pk, permission=permission)


def _make_home() -> HomePage:
    root = Page.objects.get(depth=1)
    lines = [
        ("line", {"number": number, "what": what, "when": when, "link": link})
        for number, what, when, link in HELP_LINES
    ]
    home = HomePage(slug="start", help_lines=lines, **HOME)
    root.add_child(instance=home)
    home.save_revision().publish()
    welcome = Page.objects.filter(slug="home", depth=2, numchild=0).exclude(pk=home.pk)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page_id": home.pk, "site_name": settings.SITE_NAME, "hostname": "localhost"},
    )
    for page in welcome:
        page.delete()
    return home
