"""A referral as FHIR R4 (SDOH Clinical Care), out of this installation and into it; the map stands in docs/fhir.md."""
