"""What Alembic runs for each upgrade. The connection comes from ``app.store.migrate``; there is no ini file."""

from __future__ import annotations

from alembic import context

from app.store.schema import is_modelled_in

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=context.config.attributes["metadata"],
    # SQLite alters a table by building it anew; Alembic calls that a batch.
    render_as_batch=True,
    include_name=is_modelled_in(connection),
)
with context.begin_transaction():
    context.run_migrations()
