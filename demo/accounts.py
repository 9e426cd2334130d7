"""The accounts of the demo: invented colleagues of invented and real partners, one password for all."""

from typing import NamedTuple

from organisaties.roles import Role

PASSWORD = "dorpel-demo-2026"  # noqa: S105 (a demo on loopback, printed on its own first screen)


class Account(NamedTuple):
    """Someone who can log in to the demo."""

    email: str
    first_name: str
    organization: str  # slug of the catalogue file
    roles: tuple[Role, ...]
    phone: str = ""
    what: str = ""


ACCOUNTS = [
    Account(
        "lotte@pannenhoek.example", "Lotte", "sociaal-huis-pannenhoek", (Role.FRONTLINE_WORKER,), "050 00 00 14",
        "werker die doorverwijst, Sociaal Huis Pannenhoek",
    ),
    Account(
        "noor@blauwedeur.example", "Noor", "huurhulp-de-blauwe-deur", (Role.FRONTLINE_WORKER, Role.LISTING_EDITOR),
        "050 00 00 33", "werker die ontvangt en fichebeheerder, Huurhulp De Blauwe Deur",
    ),
    Account(
        "karim@zevenknopen.example", "Karim", "budgethuis-de-zeven-knopen", (Role.FRONTLINE_WORKER,), "050 00 00 21",
        "werker, Budgethuis De Zeven Knopen",
    ),
    Account(
        "els@pannenhoek.example", "Els", "sociaal-huis-pannenhoek", (Role.TEAM_LEAD, Role.LEARNING_EDITOR),
        "050 00 00 15", "teamverantwoordelijke en auteur in het leernetwerk, Sociaal Huis Pannenhoek",
    ),
    Account(
        "bert@we40.example", "Bert", "zorgraad-elz-we40", (Role.NETWORK_COORDINATOR,), "050 00 00 40",
        "netwerkcoördinator, leest werkwijzen na",
    ),
    Account(
        "ine@windvang.example", "Ine", "energieloket-windvang", (Role.FRONTLINE_WORKER, Role.LISTING_EDITOR),
        "050 00 00 58", "werker en fichebeheerder, Energieloket Windvang",
    ),
    Account(
        "dpo@pannenhoek.example", "Mieke", "sociaal-huis-pannenhoek", (Role.DATA_PROTECTION_CONTACT,), "050 00 00 16",
        "aanspreekpunt gegevensbescherming, Sociaal Huis Pannenhoek",
    ),
]  # fmt: skip
# Who is at work in the demo without being named on its first screen.
COLLEAGUES = [
    Account("jonas@pannenhoek.example", "Jonas", "sociaal-huis-pannenhoek", (Role.FRONTLINE_WORKER,), "050 00 00 17"),
]
OPERATOR = "beheer@dorpel.example"


def welcome(address: str) -> str:
    """Say where the demo is and who can log in."""
    width = max(len(account.email) for account in ACCOUNTS)
    lines = [f"  {account.email:<{width}}  {account.what}" for account in ACCOUNTS]
    lines.append(f"  {OPERATOR:<{width}}  beheerder van de installatie")
    people = "\n".join(lines)
    how = f"Meld je aan met wachtwoord {PASSWORD} als:"
    return f"\nDorpel staat klaar op {address}\n\n{how}\n{people}\n\nStop met Ctrl+C.\n"
