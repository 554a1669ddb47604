"""Where it is kept: key file, encrypted database, migrations. Nothing is imported here, on purpose.

The unlock window needs ``keyslots``, ``words`` and ``single`` before SQLAlchemy is loaded (0.5 s of CPU on a
field laptop); ``engine`` and ``migrate`` are imported afterwards, in a thread.
"""
