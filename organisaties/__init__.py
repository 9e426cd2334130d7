"""Who works together: organizations, memberships, invitations."""
