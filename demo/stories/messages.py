"""What people write: threads with files and names of colleagues, ready-made texts, paper, and their own words."""

from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile

from core import audit, sealed_files
from core.models import User
from demo import cast
from demo.cast import ELS, INE, KARIM, LOTTE, NOOR
from demo.past import at, workdays_ago
from demo.roads import key_of
from demo.stories.sheet import a_letter
from doorverwijzing import actions
from doorverwijzing.client import talk
from doorverwijzing.messages import writing
from doorverwijzing.models import ClientAnswer, Message, MessageTemplate, Referral
from doorverwijzing.printing import forms_on_paper

# Who writes, whose question, how many working days ago, at what hour, and what.
THREADS = [
    (LOTTE, "Samira", 3, 10, "Dag Karim, Samira komt met een doos brieven. Kun jij ze mee openen? Ik stuur de "
     "lijst van haar zus mee."),
    (KARIM, "Samira", 1, 11, "Ik kan. Ik stel twee momenten voor. Zeg haar dat niets dringend is: de deurwaarder wacht "
     "tot volgende maand."),
    (LOTTE, "Samira", 1, 14, "Dat zal haar geruststellen. @Jonas neemt over als ik er niet ben."),
    (NOOR, "Luc", 1, 15, "We bellen met drie. Ik leg eerst uit hoe een zitting gaat."),
    ("praathuis-het-bankje", "Leen", 6, 10, "Leen was er. Volgende week komt ze opnieuw."),
    (LOTTE, "Daria", 8, 9, "De tolk is besteld. Het voorschot is beslist."),
    (INE, "Daria", 7, 16, "Dank je. Ik zie Daria donderdag en vertel het."),
    (INE, "Jef", 1, 9, "Ik vraag eerst de laatste afrekening op. Dan bel ik Jef."),
]  # fmt: skip
# Who keeps it, whether only for oneself, its name, and the text.
TEXTS = [
    (ELS, False, "We hebben je vraag gezien", "Dag, ik las je vraag. Ik antwoord vandaag of morgen."),
    (ELS, False, "Nog iets nodig", "Dag, ik mis nog één ding om te kunnen helpen. Bel je me even?"),
    (LOTTE, True, "Ik ben er niet op woensdag", "Dag, op woensdag werk ik niet. Jonas neemt mijn vragen over."),
    (NOOR, True, "Huurcontract", "Dag, vraag je de persoon om het huurcontract mee te brengen? Een foto mag ook."),
    (KARIM, True, "Brieven", "Dag, alle brieven mogen mee, ook ongeopend. We openen ze samen."),
    (INE, True, "Afrekening", "Dag, heb je de laatste afrekening? De voorkant is genoeg."),
]  # fmt: skip
PAPER = [(LOTTE, 3), (NOOR, 1), (KARIM, 2), (INE, 1)]


def _key(*parts: object) -> UUID:
    return uuid5(NAMESPACE_URL, "https://demo.example/bericht/" + "/".join(str(part) for part in parts))


def of_person(name: str) -> Referral | None:
    """Give the first referral of someone in the demo."""
    return Referral.objects.filter(question__conversation__form_key=key_of(name)).order_by("created_at").first()


def workers_write() -> None:
    """Let both sides write to each other; a file goes along, and a colleague is named."""
    for number, (who, name, days, hour, text) in enumerate(THREADS):
        referral, form_key = of_person(name), _key(name, number)
        if referral is None or Message.objects.filter(form_key=form_key).exists():
            continue
        with at(workdays_ago(days, hour, 7)):
            files = [sealed_files.check(SimpleUploadedFile("Lijst van brieven.pdf", a_letter()))] if number == 0 else []
            writing.write(
                referral, text=text, form_key=form_key, by=cast.someone(who), files=files, item="debts" if files else ""
            )


def texts_lie_ready() -> None:
    """Keep the texts that each team writes often."""
    for who, own, title, text in TEXTS:
        user = cast.someone(who)
        if not MessageTemplate.objects.filter(organization=cast.house_of(user), title=title).exists():
            writing.keep_template(None, organization=cast.house_of(user), own=own, title=title, text=text, by=user)


def forms_are_printed() -> None:
    """Print forms that wait in a bag to be filled in."""
    for who, count in PAPER:
        user = cast.someone(who)
        if not cast.house_of(user).paper_forms.exists():
            with at(workdays_ago(2, 8, 30)):
                forms_on_paper.make(cast.house_of(user), count, by=user)


def people_answer() -> None:
    """Let one person say "not yet", which warns the sender, and two write to their contact."""
    lotte = cast.someone(LOTTE)
    second = Referral.objects.filter(question__conversation__form_key=key_of("Tess")).order_by("created_at").last()
    if second is None or ClientAnswer.objects.filter(referral=second).exists():
        return
    with at(workdays_ago(1, 9, 12)):
        actions.record_answer(second, answer="not_yet", by=audit.CLIENT)
        talk.write_as_client(
            second, text="Ze zeggen dat ze belden. Ik heb niets gezien op mijn gsm.", form_key=_key("Tess", "eigen")
        )
    _talk_with("Rita", lotte, "Mag de poetshulp ook op maandag komen?", "Ik vraag het en laat het hier weten.")


def _talk_with(name: str, worker: User, said: str, back: str) -> None:
    referral = of_person(name)
    if referral is None:
        return
    with at(workdays_ago(6, 19, 40)):
        talk.write_as_client(referral, text=said, form_key=_key(name, "vraag"))
    with at(workdays_ago(5, 9, 5)):
        talk.open_for_worker(referral, by=worker)
        talk.answer_client(referral, text=back, form_key=_key(name, "antwoord"), by=worker)


STORIES = (workers_write, texts_lie_ready, forms_are_printed, people_answer)
