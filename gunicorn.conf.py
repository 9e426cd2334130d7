"""The server in production: gunicorn reads this when it starts in this folder without another --config."""

# Read the settings before there are processes: what is missing is then said once, and nothing else with it.
preload_app = True
# Who pastes a long text into the search field gets a page; the server in front has the last word (8 kB in nginx).
limit_request_line = 8190
# Nobody steers it from beside: systemd does, by signals.
control_socket_disable = True
