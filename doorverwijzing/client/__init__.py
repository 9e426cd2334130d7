"""The side of the person: the own page and sheet, talk with the own contact, and the rights over what is shared."""
