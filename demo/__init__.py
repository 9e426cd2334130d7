"""The demo region: invented content and people, never installed in production."""
