"""The revisions of the store, in order. Run by ``app.store.migrate`` only, and always on a copy."""
