"""Finds what the server said yes to and did not do, in the installation of this process. JSON in, JSON out."""

import json
import sys

import django

django.setup()

from doorverwijzing.models import Message, Step  # noqa: E402 (Django first)


def lost(acknowledged: dict[str, list[str]]) -> list[str]:
    """Give what is not there exactly once: a move in the log of its referral, or a message with the key of its form."""
    wrong = []
    for kind, keys in acknowledged.items():
        for key in keys:
            steps, messages = Step.objects.filter(referral=key, move=kind), Message.objects.filter(form_key=key)
            if (count := (messages if kind == "message" else steps).count()) != 1:
                wrong.append(f"{kind} {key}: {count} times")
    return wrong


if __name__ == "__main__":
    print(json.dumps(lost(json.load(sys.stdin))), flush=True)
