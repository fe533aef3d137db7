"""The database itself refuses to change or delete a tick, a departure or a signing."""

from __future__ import annotations

from django.db import migrations

from homeward.bureau.journal.append_only import append_only


class Migration(migrations.Migration):
    """After the tables."""

    dependencies = (("handover", "0001_initial"),)
    operations = tuple(
        migrations.RunPython(append_only(table)) for table in ("handover_tick", "handover_departure", "handover_signing")
    )
