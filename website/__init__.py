"""Editorial pages, the home page and the navigation of every screen."""
