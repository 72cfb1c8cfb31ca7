"""One text against another: twins inside a document, two documents that are compared."""
