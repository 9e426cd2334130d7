"""The editors' groups of Wagtail, and which role opens which."""

from organisaties.roles import Role

LISTING_EDITORS = "Fichebeheerders"
LEARNING_EDITORS = "Redactie leernetwerk"
COORDINATORS = "Netwerkcoördinatoren"

GROUP_OF_ROLE = {
    Role.LISTING_EDITOR: LISTING_EDITORS,
    Role.LEARNING_EDITOR: LEARNING_EDITORS,
    Role.NETWORK_COORDINATOR: COORDINATORS,
}
