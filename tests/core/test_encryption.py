"""Personal fields at rest: sealed for one row, under keys that can be replaced, and never readable in the database."""

import base64
from io import StringIO

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from clienten.models import ClientCard
from core import keystore
from core.encryption import Sealed, is_current, key_name, new_key, open_sealed, seal
from core.errors import Unreadable
from core.keys import read_key
from core.reencryption import encrypted_models
from tests.factories.clienten import ClientCardFactory

HERE = "clienten.ClientCard.first_name.1"


def in_database(card, column="first_name"):
    """Read what really lies in the table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM clienten_clientcard WHERE id = %s", [stored_id(card)])
        return cursor.fetchone()[0]


def stored_id(card):
    """Write an id as the database keeps it."""
    return card.pk if connection.features.has_native_uuid_field else card.pk.hex


@pytest.mark.parametrize("text", ["Amina", "née Ó’Brien", "أمينة", "regel één\nregel twee", "x" * 100_000])
def test_what_is_sealed_opens_again(text):
    assert open_sealed(seal(text, context=HERE), context=HERE) == text


def test_sealing_twice_gives_two_different_values():
    assert seal("Amina", context=HERE) != seal("Amina", context=HERE)


def test_a_sealed_value_names_its_key_without_telling_it(settings):
    key = settings.FIELD_ENCRYPTION_KEYS[0]

    version, name, body = seal("Amina", context=HERE).split(":")

    assert (version, name) == ("v1", key_name(key))
    assert key not in body
    assert len(name) == 8


def test_a_sealed_value_does_not_open_in_another_row():
    token = seal("Amina", context=HERE)

    with pytest.raises(Unreadable):
        open_sealed(token, context="clienten.ClientCard.first_name.2")


def test_a_sealed_value_does_not_open_without_its_key(settings):
    token = seal("Amina", context=HERE)
    settings.FIELD_ENCRYPTION_KEYS = [new_key()]

    with pytest.raises(Unreadable, match="No key"):
        open_sealed(token, context=HERE)


def test_a_sealed_value_that_was_touched_does_not_open():
    head, _, body = seal("Amina", context=HERE).rpartition(":")
    raw = bytearray(base64.urlsafe_b64decode(body))
    raw[-1] ^= 1

    with pytest.raises(Unreadable):
        open_sealed(f"{head}:{base64.urlsafe_b64encode(raw).decode()}", context=HERE)


@pytest.mark.parametrize("token", ["", "Amina", "v1:", "v1:abc", "v2:abcdefgh:abcd", "v1:abcdefgh:"])
def test_what_was_never_sealed_does_not_open(token):
    with pytest.raises(Unreadable):
        open_sealed(token, context=HERE)


def test_what_is_cut_off_does_not_open():
    token = seal("Amina", context=HERE)

    for length in range(len(token)):
        with pytest.raises(Unreadable):
            open_sealed(token[:length], context=HERE)


def test_every_key_reads_and_the_first_one_writes(settings):
    old, new = new_key(), new_key()
    settings.FIELD_ENCRYPTION_KEYS = [old]
    token = seal("Amina", context=HERE)
    settings.FIELD_ENCRYPTION_KEYS = [new, old]

    assert open_sealed(token, context=HERE) == "Amina"
    assert not is_current(token)
    assert is_current(seal("Amina", context=HERE))


def test_a_key_is_32_bytes_and_each_is_another():
    assert len(read_key(new_key())) == 32
    assert new_key() != new_key()


@pytest.mark.parametrize("text", ["", "short", base64.urlsafe_b64encode(b"x" * 16).decode(), "not base64 at all!"])
def test_anything_else_is_no_key(text):
    with pytest.raises(ValueError):
        read_key(text)


def test_the_command_prints_a_key_that_works():
    out = StringIO()

    call_command("new_key", stdout=out)

    assert len(read_key(out.getvalue().strip())) == 32


@pytest.mark.django_db
def test_a_field_never_lies_readable_in_the_database():
    card = ClientCardFactory(first_name="Amina", household="Alleen met Yusuf, 9 jaar")

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM clienten_clientcard")
        row = " ".join(str(value) for value in cursor.fetchone())

    assert "Amina" not in row
    assert "Yusuf" not in row
    assert in_database(card).startswith("v1:")


@pytest.mark.django_db
def test_a_field_reads_as_it_was_written():
    card = ClientCardFactory(first_name="Amina", last_name="")

    again = ClientCard.objects.get(pk=card.pk)

    assert (again.first_name, again.last_name) == ("Amina", "")
    assert in_database(card, "last_name") == ""


@pytest.mark.django_db
def test_a_field_is_sealed_when_many_rows_are_made_at_once():
    card = ClientCardFactory.build(organization=ClientCardFactory().organization, first_name="Yusuf")
    ClientCard.objects.bulk_create([card])

    assert in_database(card).startswith("v1:")
    assert ClientCard.objects.get(pk=card.pk).first_name == "Yusuf"


@pytest.mark.django_db
def test_a_value_that_nobody_read_is_written_back_as_it_was():
    card = ClientCardFactory()
    before = in_database(card)

    ClientCard.objects.get(pk=card.pk).save()

    assert in_database(card) == before


@pytest.mark.django_db
def test_a_changed_value_is_sealed_again():
    card = ClientCardFactory()
    card.first_name = "Fatima"
    card.save(update_fields=["first_name"])

    assert "Fatima" not in in_database(card)
    assert ClientCard.objects.get(pk=card.pk).first_name == "Fatima"


@pytest.mark.django_db
def test_a_deferred_field_is_fetched_when_it_is_read(django_assert_num_queries):
    card = ClientCardFactory()
    deferred = ClientCard.objects.defer("first_name").get(pk=card.pk)

    with django_assert_num_queries(1):
        assert deferred.first_name == "Amina"
        assert deferred.first_name == "Amina"


@pytest.mark.django_db
def test_reading_rows_opens_nothing_until_someone_asks():
    ClientCardFactory()

    card = ClientCard.objects.get()

    assert isinstance(card.__dict__["first_name"], Sealed)
    assert card.first_name == "Amina"
    assert not isinstance(card.__dict__["first_name"], Sealed)


@pytest.mark.django_db
def test_values_stay_sealed():
    ClientCardFactory()

    assert ClientCard.objects.values_list("first_name", flat=True).get().startswith("v1:")


@pytest.mark.django_db
def test_a_value_that_was_moved_to_another_row_does_not_open():
    amina, other = ClientCardFactory(), ClientCardFactory(first_name="Joris")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE clienten_clientcard SET first_name = %s WHERE id = %s", [in_database(amina), stored_id(other)]
        )

    with pytest.raises(Unreadable):
        _ = ClientCard.objects.get(pk=other.pk).first_name


@pytest.mark.django_db
@pytest.mark.parametrize(
    "search", [{"first_name": "Amina"}, {"first_name__contains": "Ami"}, {"first_name__iexact": "amina"},
               {"first_name__in": ["Amina"]}, {"first_name__startswith": "A"}, {"first_name__gt": "A"}]
)  # fmt: skip
def test_a_field_cannot_be_searched(search):
    with pytest.raises(TypeError):
        ClientCard.objects.filter(**search).exists()


@pytest.mark.django_db
def test_emptiness_can_be_asked():
    ClientCardFactory(phone="")
    ClientCardFactory(phone="0470 00 00 62")

    assert ClientCard.objects.filter(phone="").count() == 1
    assert ClientCard.objects.exclude(phone="").count() == 1
    assert ClientCard.objects.filter(phone__isnull=True).count() == 0


@pytest.mark.django_db
def test_an_update_past_the_model_cannot_leave_plain_text():
    card = ClientCardFactory()

    with pytest.raises(TypeError, match="written by save"), transaction.atomic():
        ClientCard.objects.update(first_name="Fatima")
    card.first_name = "Fatima"
    with pytest.raises(TypeError, match="written by save"), transaction.atomic():
        ClientCard.objects.bulk_update([card], ["first_name"])

    ClientCard.objects.update(first_name="")
    assert in_database(card) == ""


@pytest.mark.django_db
def test_rotation_rewrites_what_lies_under_the_old_key(settings):
    old, new = settings.FIELD_ENCRYPTION_KEYS[0], new_key()
    card = ClientCardFactory(last_name="")
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    out = StringIO()

    call_command("reencrypt", stdout=out)

    assert "clienten.ClientCard: 1 van 1 herschreven." in out.getvalue()
    settings.FIELD_ENCRYPTION_KEYS = [new]
    again = ClientCard.objects.get(pk=card.pk)
    assert (again.first_name, again.phone, again.last_name) == ("Amina", "0470 00 00 62", "")


@pytest.mark.django_db
def test_rotation_leaves_alone_what_is_current():
    card = ClientCardFactory()
    before, out = in_database(card), StringIO()

    call_command("reencrypt", stdout=out)

    assert in_database(card) == before
    assert "clienten.ClientCard: 0 van 1 herschreven." in out.getvalue()


@pytest.mark.django_db
def test_rotation_tells_how_far_it_is(capsys):
    ClientCardFactory()
    keystore.make()

    call_command("reencrypt", stdout=StringIO())

    told = capsys.readouterr().err
    assert "clienten.ClientCard: 1 van 1" in told
    assert "sleutelkluis: 1 van 1" in told


def test_rotation_reaches_every_encrypted_field():
    known = {(model._meta.label, name) for model, names in encrypted_models() for name in names}

    assert {("clienten.ClientCard", "first_name"), ("doorverwijzing.Message", "text")} <= known


@pytest.mark.django_db
def test_rotation_names_what_no_key_opens_and_does_the_rest(settings, worker):
    old, lost, new = settings.FIELD_ENCRYPTION_KEYS[0], new_key(), new_key()
    settings.FIELD_ENCRYPTION_KEYS = [lost]
    shut = ClientCardFactory(first_name="Geheim")
    TOTP.activate(worker, "JBSWY3DPEHPK3PXP")
    broken = keystore.make()[0]
    keystore.file_of(broken).write_text("v1:00000000:niets")
    settings.FIELD_ENCRYPTION_KEYS = [old]
    fine = ClientCardFactory()
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    out, told = StringIO(), StringIO()

    with pytest.raises(CommandError, match=r"Velden die .* opengaan: 5\..* Sleutels die niet opengaan: 1\.") as stopped:
        call_command("reencrypt", stdout=out, stderr=told)

    assert stopped.value.returncode == 1
    assert f"clienten.ClientCard {shut.pk}: first_name" in told.getvalue()
    assert f"mfa.Authenticator {worker.authenticator_set.get().pk}: secret" in told.getvalue()
    assert f"key {broken}" in told.getvalue()
    assert "Geheim" not in out.getvalue() + told.getvalue() + str(stopped.value)
    assert in_database(shut) and key_name(lost) in in_database(shut)
    settings.FIELD_ENCRYPTION_KEYS = [new]
    assert ClientCard.objects.get(pk=fine.pk).first_name == "Amina"
