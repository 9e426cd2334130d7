"""The mails of the demo lie in files: whoever reads them by name reads them in the order in which they went."""

import email

from django.core.mail import EmailMessage, get_connection

from config.environment import Environment

WORDS = [f"Mail {number}" for number in range(20)]


def test_each_mail_has_a_file_and_the_names_tell_the_order(tmp_path):
    config = Environment.email_url_config(f"filemail:///{tmp_path}")

    for words in WORDS:
        connection = get_connection(config["EMAIL_BACKEND"], file_path=config["EMAIL_FILE_PATH"])
        connection.send_messages([EmailMessage(words, "Dag", to=["noor@blauwedeur.example"])])

    read = [email.message_from_bytes(path.read_bytes())["Subject"] for path in sorted(tmp_path.iterdir())]
    assert read == WORDS
