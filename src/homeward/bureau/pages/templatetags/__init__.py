"""Tags and filters that the templates of all apps use."""
