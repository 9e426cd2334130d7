"""The words that editors teach search: rules, how they are checked, tried out, kept and exchanged."""
