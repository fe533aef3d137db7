"""The database itself refuses to change or delete an officer's word."""

from __future__ import annotations

from django.db import migrations

from homeward.bureau.journal.append_only import append_only


class Migration(migrations.Migration):
    """After the table."""

    dependencies = (("review", "0001_initial"),)
    operations = (migrations.RunPython(append_only("review_word")),)
