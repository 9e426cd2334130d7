"""The door: two steps, a device that is trusted, a fresh proof for what matters; a card opened in an emergency."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from demo.accounts import ACCOUNTS, PASSWORD
from tests.journeys import roads, talking
from tests.journeys.looking import look_at
from tests.journeys.roads import Client

pytestmark = pytest.mark.journey

MIEKE = next(account.email for account in ACCOUNTS if account.first_name == "Mieke")
RUBEN = Client("Ruben", phone="0470 00 00 93", said="Ik slaap vannacht buiten.")


def code_of(secret: str, *, later: int = 0) -> str:
    """Give what the app shows; `later` is the number of codes after this one, for who already used it."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def fingerprint(someone) -> None:
    """Give the browser of someone a reader of fingerprints that always finds the right finger."""
    devtools = someone.context.new_cdp_session(someone.page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip


def set_up_the_app(someone) -> tuple[str, list[str]]:
    """Scan, type a wrong code, then the right one; gives the secret and the spare codes."""
    someone.follow("Stel de app met codes in")
    look_at(someone.page)
    secret = someone.page.locator(".door-secret").inner_text().replace(" ", "")
    for code, answer in (("000000", "Deze code klopt niet of was net voorbij."), (code_of(secret), "10 reservecodes")):
        someone.type("De code die de app nu toont", code)
        someone.press("Bewaar deze stap")
        someone.sees(answer)
    look_at(someone.page)
    return secret, someone.page.locator(".door-spare code").all_inner_texts()


def keep_a_key(someone, here: str) -> None:
    """Add the fingerprint as a step that also opens the door alone, and look at the devices that are logged in."""
    someone.go(f"{here}/account/2fa/webauthn/add/")
    look_at(someone.page)
    someone.type("Hoe noem je hem?", "laptop van het werk")
    someone.choose("Hiermee meld ik me ook aan zonder wachtwoord", exact=False)
    someone.press("Voeg toe")
    someone.go(f"{here}/account/2fa/webauthn/add/")
    someone.type("Hoe noem je hem?", "nog eens")
    someone.page.get_by_role("button", name="Voeg toe").click()
    someone.sees("Deze sleutel of dit toestel heb je al.")
    look_at(someone.page)
    someone.go(f"{here}/account/2fa/webauthn/")
    someone.sees("laptop van het werk")
    someone.sees("ook zonder wachtwoord")
    look_at(someone.page)
    someone.go(f"{here}/account/sessions/")
    someone.sees("dit toestel")
    look_at(someone.page)


OLDER = """
from django.contrib.sessions.backends.db import SessionStore
kept = SessionStore("{key}")
for proof in kept["account_authentication_methods"]:
    proof["at"] -= 3600
kept.save()
"""


def an_hour_later(someone, site) -> None:
    """Let what someone proved lie an hour back."""
    key = next(one["value"] for one in someone.context.cookies() if one["name"] == "sessionid")
    site.manage("shell", "--no-imports", "-c", OLDER.format(key=key))


def on_a_trusted_device(someone, site, address: str, there: str) -> str:
    """Set up the app, and come to a page on a device that asks no code any more; gives the secret."""
    someone.go("/account/2fa/")
    secret, spare = set_up_the_app(someone)
    for code in (spare[0], ""):
        someone.go("/account/logout/")
        someone.press("Afmelden", within=someone.page.locator("main"))
        someone.go(f"/account/login/?next={there}")
        someone.log_in(address)
        if code:
            someone.type("Code", code, exact=True)
            someone.choose("Vraag dit 30 dagen niet meer op dit toestel", exact=False)
            look_at(someone.page)
            someone.press("Meld me aan")
    return secret


def prove(someone, code: str) -> None:
    """Type the code that a step which matters asks for."""
    assert someone.title == "Ben jij het echt?"
    look_at(someone.page)
    someone.type("Code", code, exact=True)
    someone.press("Ga verder")


def give_and_erase(mieke, site, card: str) -> None:
    """Open someone's whole file and erase it: each asks a fresh proof, on a trusted device too, and nothing is lost."""
    there = f"/clienten/{card}/gegevens/"
    secret = on_a_trusted_device(mieke, site, MIEKE, there)
    mieke.press("Geef het bestand voor een programma (JSON)")
    prove(mieke, code_of(secret))
    assert mieke.path == there
    with mieke.page.expect_download() as given:
        mieke.page.get_by_role("button", name="Geef het bestand voor een programma (JSON)").click()
    assert RUBEN.said in given.value.path().read_text()

    mieke.go(f"{there}wissen/")
    mieke.type("Schrijf de voornaam", RUBEN.name)
    an_hour_later(mieke, site)
    mieke.press("Wis voorgoed")
    prove(mieke, code_of(secret, later=1))
    mieke.sees("Er is nog niets gebeurd.")
    mieke.sees(RUBEN.name)
    look_at(mieke.page)
    mieke.press("Wis alles van deze persoon")
    mieke.sees("Alles is gewist.")


def test_the_server_of_the_demo_prints_its_address_and_accounts_with_their_roles_that_log_in(site, person):
    printed = site.log.read_text(encoding="utf-8")

    assert f"Dorpel staat klaar op {site.url}\n" in printed
    assert f"wachtwoord {PASSWORD} als:" in printed
    told = dict(re.findall(r"^  (\S+@\S+) +(\S.+)$", printed, re.MULTILINE))
    for role in (
        "werker die doorverwijst", "werker die ontvangt", "fichebeheerder", "teamverantwoordelijke",
        "netwerkcoördinator", "auteur in het leernetwerk",
        "aanspreekpunt gegevensbescherming", "beheerder van de installatie",
    ):  # fmt: skip
        assert [address for address, what in told.items() if role in what], role
    for address in told:
        someone = person(address)
        someone.go("/vandaag/")
        assert someone.path == "/vandaag/", address


def test_two_steps_with_an_app_a_spare_code_and_a_fingerprint(person, site, sessions):
    bert = person()
    # A fingerprint binds itself to a name, never to a number such as 127.0.0.1.
    here = site.url.replace("127.0.0.1", "localhost")
    fingerprint(bert)
    bert.go(f"{here}/account/login/?next=/weergave/")
    bert.sees("Dit is de demo")
    look_at(bert.page)
    bert.log_in(roads.BERT)
    bert.follow("Wijzig je tweede stap")
    look_at(bert.page)

    secret, spare = set_up_the_app(bert)

    keep_a_key(bert, here)

    for way in ("code", "spare", "finger", "key alone"):
        bert.go(f"{here}/account/logout/")
        bert.press("Afmelden", within=bert.page.locator("main"))
        bert.go(f"{here}/account/login/?next=/vandaag/")
        if way == "key alone":
            bert.press("Meld je aan met een toegangssleutel")
            bert.page.wait_for_url("**/vandaag/")
            continue
        bert.log_in(roads.BERT)
        assert bert.title == "Typ de code van 6 cijfers"
        if way == "finger":
            bert.unfold("Geen telefoon bij de hand?")
            look_at(bert.page)
            bert.press("Gebruik je sleutel of vingerafdruk")
        else:
            bert.type("Code", code_of(secret) if way == "code" else spare[0], exact=True)
            bert.press("Meld me aan")
        bert.page.wait_for_url("**/vandaag/")

    # Leave the account as it was for the other journeys; where it was logged in before, it is no longer.
    site.manage("second_step_remove", roads.BERT)
    sessions.pop(roads.BERT, None)
    bert.go(f"{here}/account/login/?next=/naar-ons/")
    bert.press("Meld je aan met een toegangssleutel")
    bert.sees("Deze sleutel opent de deur hier niet.")
    assert bert.page.url.endswith("?next=%2Fnaar-ons%2F")


def test_a_card_opens_in_an_emergency_and_is_looked_back_at(person, site, sessions):
    lotte = person(roads.LOTTE)
    walked = talking.walk(lotte, RUBEN)
    karim = person(roads.KARIM)
    with karim.expecting(404):
        assert karim.go(f"/clienten/{walked.card}/") == 404

    karim.go("/noodtoegang/")
    if karim.path != "/noodtoegang/":
        karim.type("Wachtwoord", "dorpel-demo-2026")
        karim.press("Ga verder")
    look_at(karim.page)
    karim.type("Link van de kaart of de vraag", f"{site.url}/clienten/{walked.card}/")
    karim.choose("Deze persoon moet nu veilig bereikt worden, en niemand van hen neemt op")
    karim.type("Wat is er aan de hand?", "Hij belde de wachtlijn en hing op. We weten niet waar hij is.")
    karim.type("Wie probeerde je eerst te bereiken?", "Lotte en Els, geen gehoor")
    karim.press("Open deze kaart")
    karim.sees("Noodtoegang: nog 60 minuten")
    karim.sees(RUBEN.phone)
    look_at(karim.page)
    with karim.expecting(404):
        assert karim.go(f"/clienten/{walked.card}/wijzigen/") == 404

    text = site.mails(MIEKE)[-1].get_content()
    assert RUBEN.name not in text
    mieke = person(MIEKE)
    mieke.go(re.search(r"https?://\S+", text)[0])
    mieke.sees("Karim opende een kaart")
    mieke.sees_not(RUBEN.name)
    look_at(mieke.page)
    mieke.choose("Dit was niet terecht")
    mieke.type("Waarom, en wat gebeurt er nu?", "Els was wel te bereiken. We bespreken het maandag.")
    mieke.press("Bewaar dit oordeel")
    mieke.sees("Je oordeel is bewaard.")
    look_at(mieke.page)

    karim.go("/noodtoegang/")
    karim.sees_not("Je open kaart van")

    give_and_erase(mieke, site, walked.card)
    # Leave the account as it was for the other journeys; where it was logged in before, it is no longer.
    site.manage("second_step_remove", MIEKE)
    sessions.pop(MIEKE, None)
