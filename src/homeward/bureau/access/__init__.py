"""Who may do what: officers, roles, named permissions, which fields of a person a role may see, second factor, break-glass."""
