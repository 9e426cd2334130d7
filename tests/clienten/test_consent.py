"""A yes: five ways, each with what shows it; the text that was read; the ground; and the answer by code."""

import hashlib
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from clienten.consent import asking, secrecy, strokes, texts
from clienten.consent.giving import Yes, give_consent
from clienten.models import (
    Consent,
    ConsentProof,
    ConsentRequest,
    GivenBy,
    Item,
    LegalBasis,
    Mandate,
    Mode,
    SharingGround,
)
from clienten.rules import TEXT_VERSION
from core import sealed_files
from core.errors import Refusal
from organisaties.roles import SecrecyRegime
from tests.factories.doorverwijzing import Cast

pytestmark = pytest.mark.django_db
# Whoever changes a text that was read to people, writes a new version beside it.
FINGERPRINTS = {"2026-11": "abd317c3e625a6a8"}
OCCASION = uuid4()
DRAWN = "[[[10,10],[20,30],[40,35],[60,20]]]"
PDF = b"%PDF-1.4 signed"


@pytest.fixture
def cast():
    return Cast()


def scan():
    return sealed_files.check(SimpleUploadedFile("ja.pdf", PDF))


def give(cast, yes, items=(Item.OWN_WORDS,)):
    return give_consent(
        cast.question.client, by=cast.lotte, items=items, recipient=cast.rent_help, purpose=cast.question.pk, yes=yes,
        occasion=OCCASION,
    )  # fmt: skip


def answered(cast, **answers):
    asked = asking.ask(
        cast.question.client, by=cast.lotte, items=[Item.OWN_WORDS], recipient=cast.rent_help, purpose=cast.question.pk,
        occasion=OCCASION,
    )  # fmt: skip
    said = {Item.QUESTION.value: True, Item.OWN_WORDS.value: True, **answers}
    return asking.answer(asked, answers=said, name="Amina", language="ar")


@pytest.mark.parametrize("way", [{"mode": Mode.SCREEN}, {"mode": Mode.READ_BACK, "read_aloud": True}])
def test_a_representative_stands_under_the_yes_with_their_own_name(cast, way):
    with pytest.raises(Refusal, match="vertegenwoordiger"):
        give(cast, Yes(signature="Amina", given_by=GivenBy.REPRESENTATIVE, **way))

    given = give(cast, Yes(signature="Rik Bewind", given_by=GivenBy.REPRESENTATIVE, mandate=Mandate.PERSON, **way))

    assert {(one.given_by, one.signature) for one in given} == {("representative", "Rik Bewind")}
    # It shows nothing of what the person knows.
    assert SharingGround.objects.get().conditions[secrecy.INFORMED] is False


@pytest.mark.parametrize(
    ("mandate", "days_left", "no"),
    [("", None, "wat de vertegenwoordiger mag"), ("money", None, "geld"), ("person", -1, "voorbij")],
)
def test_a_representative_speaks_only_for_what_the_mandate_covers_while_it_runs(cast, mandate, days_left, no):
    until = timezone.localdate() + timedelta(days=days_left) if days_left else None

    with pytest.raises(Refusal, match=no):
        give(cast, represented(mandate=mandate, mandate_until=until))

    assert not Consent.objects.exists()


def test_a_yes_of_a_representative_lasts_no_longer_than_the_mandate(cast):
    until = timezone.localdate() + timedelta(days=20)

    ends = {one.valid_until for one in give(cast, represented(mandate="all", mandate_until=until))}

    proof = ConsentProof.objects.get()
    assert (ends, proof.mandate, proof.mandate_until) == ({until}, "all", until)
    for wrong in ({"mandate": "money"}, {"mandate": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ConsentProof.objects.update(**wrong)


def represented(**mandate):
    return Yes(mode=Mode.SCREEN, signature="Rik Bewind", given_by=GivenBy.REPRESENTATIVE, **mandate)


def test_a_text_that_was_read_to_people_is_never_changed():
    found = {
        version: hashlib.sha256((texts.FOLDER / f"{version}.json").read_bytes()).hexdigest()[:16]
        for version in texts.versions()
    }

    assert found == FINGERPRINTS
    assert TEXT_VERSION in found


def test_every_language_says_every_sentence_and_names_every_item():
    languages = [texts._file(TEXT_VERSION)["languages"][code] for code in texts.languages()]

    assert list(texts.languages()) == ["nl", "en", "fr", "ar", "tr", "uk"]
    assert {tuple(sorted(one["page"])) for one in languages} == {tuple(sorted(languages[0]["page"]))}
    assert all(set(Item.values) <= set(one["items"]) and all(one["items"].values()) for one in languages)


@pytest.mark.parametrize(
    ("yes", "shown"),
    [
        (lambda: Yes(mode=Mode.SCREEN, signature="Amina", strokes=DRAWN), {"strokes": DRAWN}),
        (lambda: Yes(mode=Mode.SCREEN, signature="Amina"), {"strokes": ""}),
        (lambda: Yes(mode=Mode.PAPER, signature="Amina", scan=scan()), {"scan_type": "application/pdf"}),
        (lambda: Yes(mode=Mode.ORAL, signature="Els"), {"read_aloud": False}),
        (lambda: Yes(mode=Mode.READ_BACK, signature="Amina", read_aloud=True, language="tr"), {"text_language": "tr"}),
    ],
)
def test_each_way_of_saying_yes_keeps_what_shows_it(cast, yes, shown):
    said = yes()

    given = give(cast, said)

    proof = ConsentProof.objects.get()
    assert {name: getattr(proof, name) for name in shown} == shown
    assert proof.text_version == TEXT_VERSION and len(proof.text_digest) == 64
    assert sorted(one.item for one in given) == ["own_words", "question"]
    assert {(one.mode, one.signature, one.proof) for one in given} == {(said.mode, said.name, proof)}


@pytest.mark.parametrize(
    ("mode", "more"),
    [
        ("", {"signature": "Amina"}),
        (Mode.WITHOUT, {"signature": "Amina"}),
        (Mode.SCREEN, {"signature": "  "}),
        (Mode.SCREEN, {"signature": "Amina", "strokes": "[[[1,1]]]"}),
        (Mode.SCREEN, {"signature": "Amina", "strokes": "<svg onload=x>"}),
        (Mode.ORAL, {"signature": "Lotte"}),
        (Mode.ORAL, {"signature": "amina"}),
        (Mode.READ_BACK, {"signature": "Amina"}),
        (Mode.PAPER, {"signature": "Amina"}),
        (Mode.CODE, {"signature": "Amina"}),
    ],
)
def test_a_yes_without_what_shows_it_is_refused_and_leaves_nothing(cast, mode, more):
    with pytest.raises(Refusal):
        give(cast, Yes(mode=mode, **more))

    assert not Consent.objects.exists()


def test_a_scan_lies_sealed_and_the_drawing_too(cast):
    give(cast, Yes(mode=Mode.PAPER, signature="Amina", scan=scan()))
    proof = ConsentProof.objects.get()

    assert sealed_files.take(proof.scan_key) == PDF
    assert PDF not in sealed_files.path_of(proof.scan_key).read_bytes()
    assert proof.scan_name == "ja.pdf"


def test_a_drawing_is_drawn_again_as_it_was():
    assert strokes.path(DRAWN) == "M10 10 L20 30 L40 35 L60 20"
    assert strokes.read("[[[-5,900],[1,1],[2,2],[3,3]]]")[0][0] == (0, 200)


def test_the_answer_on_the_own_device_holds_once_and_for_no_more_than_was_chosen(cast):
    asked = answered(cast)

    with pytest.raises(Refusal):
        give(cast, Yes(mode=Mode.CODE, request=asked), items=[Item.OWN_WORDS, Item.INCOME])
    given = give(cast, Yes(mode=Mode.CODE, request=asked))
    with pytest.raises(Refusal):
        give(cast, Yes(mode=Mode.CODE, request=asked))
    with pytest.raises(Refusal):
        asking.answer(asked, answers=asked.answers, name="Amina", language="nl")

    assert {(one.signature, one.text_language) for one in given} == {("Amina", "ar")}
    assert given[0].given_at == asked.answered_at


def test_no_to_the_question_is_no_to_everything(cast):
    asked = answered(cast, question=False)

    assert asked.answers == {"question": False, "own_words": False}
    with pytest.raises(Refusal):
        give(cast, Yes(mode=Mode.CODE, request=asked))


def test_a_code_opens_for_a_short_while_and_only_the_newest(cast):
    ask = {"by": cast.lotte, "items": [], "recipient": cast.rent_help, "purpose": cast.question.pk}
    ask["occasion"] = OCCASION
    first = asking.ask(cast.question.client, **ask)
    second = asking.ask(cast.question.client, **ask)

    found = [asking.find(first.code), asking.find(second.code.lower()[:3] + " " + second.code[3:])]
    ConsentRequest.objects.filter(pk=second.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    assert found == [None, second]
    assert asking.find(second.code) is None
    assert second.code not in second.digest


@pytest.mark.parametrize(
    ("missing", "broken"),
    [
        (None, None), ("sender", secrecy.BOUND), ("receiver", secrecy.BOUND), ("same_question", secrecy.TASK),
        ("needed", secrecy.NEEDED), ("interest", secrecy.INTEREST), ("informed", secrecy.INFORMED),
    ],
)  # fmt: skip
def test_shared_secrecy_needs_all_five_conditions_and_else_it_rests_on_the_yes(cast, missing, broken):
    secret = SecrecyRegime.PROFESSIONAL
    cast.house.secrecy_regime = SecrecyRegime.OFFICE if missing == "sender" else secret
    cast.house.save()
    cast.rent_help.secrecy_regime = SecrecyRegime.NONE if missing == "receiver" else secret
    cast.question.client.organization = cast.house

    told = {name: missing != name for name in ("same_question", "needed", "interest")}
    who = GivenBy.REPRESENTATIVE if missing == "informed" else GivenBy.CLIENT

    given = give(cast, Yes(mode=Mode.SCREEN, signature="Rik Bewind", given_by=who, mandate=Mandate.PERSON, **told))

    basis = LegalBasis.CONSENT if missing else LegalBasis.SHARED_SECRECY
    ground = SharingGround.objects.get()
    assert {one.legal_basis for one in given} == {basis}
    assert (ground.basis, sorted(ground.conditions)) == (basis, sorted(secrecy.SENTENCES))
    assert [code for code, met in ground.conditions.items() if not met] == ([broken] if broken else [])
