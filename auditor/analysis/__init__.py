"""Facts about a document, each computed at most once and only when somebody asks."""
