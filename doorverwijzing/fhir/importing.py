"""Reading FHIR into this installation: each bundle whole or not at all, the same one twice as once."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from django.db import transaction

from doorverwijzing import gone
from doorverwijzing.fhir.cleaning import NumberAsNameError, clean
from doorverwijzing.fhir.codes import URI
from doorverwijzing.fhir.coming_home import hear, is_answer
from doorverwijzing.fhir.consent_in import permit_of
from doorverwijzing.fhir.contained import unpacked
from doorverwijzing.fhir.content_in import content_of, unknown_codes
from doorverwijzing.fhir.keeping import forget, forget_old, keep_aside
from doorverwijzing.fhir.letters import letter_of, names_of, state_in, task_of
from doorverwijzing.fhir.reading import Found, Parcel, parcels
from doorverwijzing.fhir.reasons import AsideError
from doorverwijzing.fhir.receivers import receiver_of
from doorverwijzing.fhir.report import Report
from doorverwijzing.fhir.taking import narrow, take, take_back
from doorverwijzing.fhir.walking import Asking, key_of
from doorverwijzing.models import Origin, Referral
from doorverwijzing.workflow import Status
from sociale_kaart.models import Service

# What says that a yes which we had before is over.
OVER = {"consent_not_active", "consent_ended", "question_not_agreed", "consent_for_another"}

# What a message about one referral is made of.
READ = {
    "Condition", "Consent", "Goal", "HealthcareService", "Observation", "Organization", "Patient", "PractitionerRole",
    "Task",
}  # fmt: skip
# What tells how far a question of ours is; the person and the pieces are here already.
READ_OF_ANSWER = {"HealthcareService", "Organization", "PractitionerRole", "ServiceRequest", "Task"}


def import_fhir(path: Path, *, source: str = "", service: Service | None = None) -> Report:
    """Read a bundle, a resource or a folder of them. Raises UnreadableError when nothing can be read.

    `service` takes the requests that name no service of ours.
    """
    report = Report()
    forget_old()
    for parcel in parcels(path):
        Import(report, source, service).read(parcel)
    return report


class Import:
    """The import of one parcel."""

    def __init__(self, report: Report, source: str, service: Service | None) -> None:
        self.report = report
        self.source = source
        self.service = service
        self.taken: set[Found] = set()
        self.refused: dict[Found, str] = {}
        self.why: dict[Found, str] = {}
        self.people: dict[str, Referral] = {}

    @transaction.atomic
    def read(self, parcel: Parcel) -> None:
        """Take what can be taken, keep the rest aside."""
        for fault in parcel.faults:
            self.report.fault(fault)
        asking = Asking(self._cleaned(parcel))
        requests = asking.of_kind("ServiceRequest")
        for request in requests:
            self._read_request(asking, request)
        for one in asking.parcel.found:
            self._settle(asking, one)
        forget(one.raw for one in self.taken)

    def _cleaned(self, parcel: Parcel) -> Parcel:
        """Leave out national numbers before anything else happens, and say where they stood."""
        made = Parcel()
        for one in parcel.found:
            try:
                resource, dropped = clean(one.resource, called=one.url)
            except NumberAsNameError:
                self.report.rejected(one, "named_by_number")
                continue
            for where in dropped:
                self.report.tell(one, "number", where=where)
            made.found += unpacked(replace(one, resource=resource))
        return made

    def _read_request(self, asking: Asking, request: Found) -> None:
        try:
            names = names_of(asking, request, self.source)
            if why := _why_away(names):
                self._turn_away(asking, request, why)
                return
            if ours := _born_here(names):
                self._hear(asking, request, ours)
                return
            if any(is_answer(task.resource) for task in asking.about("Task", "focus", key_of(request))):
                self._turn_away(asking, request, "unknown_question")
                return
            origin = next((origin for name in names if (origin := _known(name))), None)
            with transaction.atomic():
                if origin:
                    self._renew(asking, request, origin.referral)
                else:
                    origin = self._take(asking, request, *names[0]).origin
            self.people.setdefault(asking.name(request.resource.get("subject")), origin.referral)
        except AsideError as aside:
            self.why[request] = aside.why

    def _take(self, asking: Asking, request: Found, system: str, value: str) -> Referral:
        letter = letter_of(asking, request, service=self.service)
        referral = take(letter, system=system, value=value, source=self.source)
        self.taken |= set(letter.used)
        self.refused |= dict.fromkeys(letter.content.refused, "not_agreed")
        for one in letter.used:
            if one.kind in {"ServiceRequest", "Condition"} and unknown_codes(one.resource):
                self.report.tell(one, "unknown_code")
        self._say(referral, "new")
        return referral

    def _renew(self, asking: Asking, request: Found, referral: Referral) -> None:
        """Read a message about a referral that we have: it may close or narrow what we may read, never widen it."""
        task = task_of(asking, request)
        receiver = receiver_of(asking, request, task)
        changed = False
        try:
            permit = permit_of(asking, request, receiver.is_named_by)
        except AsideError as aside:
            if aside.why not in OVER:
                raise
            changed = take_back(referral)
        else:
            if state_in(request, task) is Status.WITHDRAWN:
                changed = take_back(referral)
            else:
                changed = narrow(referral, content_of(asking, request, permit))
        self.taken |= {one for one in asking.around(request, task) if one is request or one.kind in READ}
        self._say(referral, "renewed" if changed else "unchanged")

    def _hear(self, asking: Asking, request: Found, named: list[Referral]) -> None:
        """Read the answer to a question that left from here; nothing else of it is kept again."""
        referral = named[0]
        try:
            if len(named) > 1:
                raise AsideError("two_of_one_name")
            task = task_of(asking, request)
            changed, left_out = hear(referral, task.resource, state_in(request, task))
        except AsideError as aside:
            self._turn_away(asking, request, aside.why)
            return
        self._turn_away(asking, request, "ours")
        self.taken |= {one for one in asking.around(request, task) if one.kind in READ_OF_ANSWER}
        for why in left_out:
            self.report.tell(task, why)
        self._say(referral, "answered" if changed else "unchanged")

    def _turn_away(self, asking: Asking, request: Found, why: str) -> None:
        """Keep nothing of who was erased here, whatever an older file still says, nor a copy of what is ours."""
        person, tasks = request.resource.get("subject"), asking.about("Task", "focus", key_of(request))
        about = [one for one in asking.parcel.found if one is request or asking.is_of(one, person)]
        self.refused |= dict.fromkeys([*about, *tasks, *asking.around(request, *tasks)], why)

    def _say(self, referral: Referral, outcome: str) -> None:
        referral.refresh_from_db()
        self.report.referrals.append({"id": str(referral.pk), "status": referral.status, "outcome": outcome})

    def _whose(self, asking: Asking, one: Found) -> Referral | None:
        """Say to which question a piece belongs that we have no place for, when there is no doubt about it."""
        named = sorted(asking.names_in(one) & self.people.keys())
        return next((self.people[name] for name in named if asking.is_of(one, {"reference": name})), None)

    def _settle(self, asking: Asking, one: Found) -> None:
        """Give each resource its one outcome."""
        if one in self.taken:
            self.report.taken(one)
        elif one in self.refused:
            self.report.rejected(one, self.refused[one])
        else:
            why = self.why.get(one) or ("with_another" if self.why and one.kind in READ else "unknown_resource")
            whose = self._whose(asking, one)
            self.report.kept(one, why, new=keep_aside(one.raw, why=why, source=self.source, whose=whose))


def _known(name: tuple[str, str]) -> Origin | None:
    return Origin.objects.select_related("referral").filter(system=name[0], value=name[1]).first()


def _born_here(names: list[tuple[str, str]]) -> list[Referral]:
    """Give the questions of ours that a request names: one, or it is in doubt which."""
    return list(Referral.objects.filter(pk__in=_ids(names), origin=None).order_by("pk"))


def _why_away(names: list[tuple[str, str]]) -> str:
    """Say why nothing of a request is looked at: it was here and was erased. Else empty."""
    erased = any(gone.is_marked(pk) for pk in _ids(names)) or any(gone.was_here(*name) for name in names)
    return "erased" if erased else ""


def _ids(names: list[tuple[str, str]]) -> list[UUID]:
    return [pk for system, value in names if system == URI and (pk := _uuid(value))]


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value.removeprefix("urn:uuid:"))
    except ValueError:
        return None
