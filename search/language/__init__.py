"""Dutch as the index and the planner read it: words, stems, compounds, spelling; knows nothing of services."""
