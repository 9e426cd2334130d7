"""The register of incidents with personal data."""
