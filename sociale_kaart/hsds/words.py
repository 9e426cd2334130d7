"""Other spellings of the closed lists of HSDS, in Dutch and English."""

import re

_APART = re.compile(r"[\s_\-/.]+")
NOT_TO_SHOW = "redacted"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def plain_word(text: str) -> str:
    """Fold case and separators, so that "Temporarily_Closed" meets "temporarily closed"."""
    return _APART.sub(" ", text).strip().casefold()


def _turned(words: dict[str, str]) -> dict[str, str]:
    """Turn "value: spelling, spelling" round."""
    return {
        spelling.strip(): value for value, row in words.items() for spelling in f"{value.casefold()},{row}".split(",")
    }


SYNONYMS: dict[str, dict[str, str]] = {
    "status": _turned({
        "active": "actief,open,opened,operational,in werking,lopend,beschikbaar,available,published,true,1,ja,yes",
        "inactive": "inactief,niet actief,not active,closed,gesloten,draft,pending,unpublished,false,0,nee,no",
        "defunct": "stopped,gestopt,stopgezet,opgeheven,discontinued,ended,afgesloten,archived,gearchiveerd,deleted",
        "temporarily closed": "tijdelijk gesloten,closed temporarily,temporarily unavailable,suspended,on hold,paused,"
                              "tijdelijk niet beschikbaar,onderbroken",
    }),
    "location_type": _turned({
        "physical": "fysiek,site,office,building,gebouw,bezoekadres,in person,physical address",
        "postal": "post,mail,mailing,postadres,postal address,mailing address",
        "virtual": "virtueel,online,digital,digitaal,web,website,remote",
        # A side branch of the standard: the place exists and must stay secret (see `rows.finish_location`).
        NOT_TO_SHOW: "confidential,geheim,hidden,protected",
    }),
    "freq": _turned({"WEEKLY": "wekelijks,week,daily,dagelijks", "MONTHLY": "maandelijks,month"}),
}  # fmt: skip

CODES: dict[str, dict[str, str]] = {
    "country": _turned({
        "BE": "bel,belgië,belgie,belgium,belgique", "NL": "nld,nederland,netherlands,the netherlands",
        "FR": "fra,frankrijk,france", "DE": "deu,duitsland,germany", "LU": "lux,luxemburg,luxembourg",
        "GB": "gbr,verenigd koninkrijk,united kingdom", "US": "usa,verenigde staten,united states",
    }),
    "currency": _turned({"EUR": "euro,€", "GBP": "pound,£", "USD": "dollar,$"}),
}  # fmt: skip

DAY_WORDS = _turned({
    "MO": "monday,mon,maandag,ma", "TU": "tuesday,tue,dinsdag,di", "WE": "wednesday,wed,woensdag,wo",
    "TH": "thursday,thu,donderdag,do", "FR": "friday,fri,vrijdag,vr", "SA": "saturday,sat,zaterdag,za",
    "SU": "sunday,sun,zondag,zo",
})  # fmt: skip

DAY_GROUPS = {
    **dict.fromkeys(("werkdagen", "weekdagen", "weekdays"), DAYS[:5]),
    "weekend": DAYS[5:], **dict.fromkeys(("dagelijks", "daily"), DAYS),
}  # fmt: skip

MONTHS = {
    name: number
    for number, names in enumerate((
        "january jan januari", "february feb februari", "march mar maart mrt", "april apr", "may mei", "june jun juni",
        "july jul juli", "august aug augustus", "september sep sept", "october oct oktober okt", "november nov",
        "december dec",
    ), start=1)
    for name in names.split()
}  # fmt: skip
