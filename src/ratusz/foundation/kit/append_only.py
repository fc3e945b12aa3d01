"""A migration operation for append-only tables: the database itself refuses UPDATE, DELETE and TRUNCATE, to the owner too."""

from __future__ import annotations

from django.db.migrations.operations.base import Operation

REFUSE = """
CREATE OR REPLACE FUNCTION ratusz_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""

# The argument names the column whose age decides; only rows past the period may go, and nothing changes even then.
REFUSE_BEFORE = """
CREATE OR REPLACE FUNCTION ratusz_refuse_delete_before() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moment timestamptz;
BEGIN
    EXECUTE format('SELECT ($1).%I', TG_ARGV[0]) INTO moment USING OLD;
    IF moment >= clock_timestamp() - TG_ARGV[1]::interval THEN
        RAISE EXCEPTION '% is append-only: rows are kept for %', TG_TABLE_NAME, TG_ARGV[1] USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
"""

# Roles may be missing on a server that somebody else runs; there the administrator grants by hand.
REVOKE = """
DO $$ DECLARE someone text; BEGIN
    FOREACH someone IN ARRAY ARRAY['app', 'count'] LOOP
        IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = someone) THEN
            EXECUTE format('%s UPDATE, DELETE, TRUNCATE ON {table} %s %I', '{verb}', '{preposition}', someone);
        END IF;
    END LOOP;
END $$;
"""


class AppendOnly(Operation):
    """Guards one model's table. With `keep_for` ("2 years") and `keep_column`, the owner may delete rows older than that."""

    reversible = True

    def __init__(self, model_name: str, *, keep_for: str = "", keep_column: str = ""):
        self.model_name = model_name
        self.keep_for = keep_for
        self.keep_column = keep_column

    def state_forwards(self, app_label, state) -> None:
        """The guard is no part of Django's model state."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state) -> None:
        table = schema_editor.quote_name(to_state.apps.get_model(app_label, self.model_name)._meta.db_table)
        always = "UPDATE OR TRUNCATE" if self.keep_for else "UPDATE OR DELETE OR TRUNCATE"
        schema_editor.execute(REFUSE, params=None)
        schema_editor.execute(
            f"CREATE TRIGGER append_only BEFORE {always} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION ratusz_refuse_change()"
        )
        if self.keep_for:
            schema_editor.execute(REFUSE_BEFORE, params=None)
            schema_editor.execute(
                f"CREATE TRIGGER append_only_until BEFORE DELETE ON {table} FOR EACH ROW "
                f"EXECUTE FUNCTION ratusz_refuse_delete_before('{self.keep_column}', '{self.keep_for}')"
            )
        schema_editor.execute(REVOKE.format(table=table, verb="REVOKE", preposition="FROM"), params=None)

    def database_backwards(self, app_label, schema_editor, from_state, to_state) -> None:
        table = schema_editor.quote_name(from_state.apps.get_model(app_label, self.model_name)._meta.db_table)
        schema_editor.execute(f"DROP TRIGGER IF EXISTS append_only ON {table}")
        schema_editor.execute(f"DROP TRIGGER IF EXISTS append_only_until ON {table}")
        schema_editor.execute(REVOKE.format(table=table, verb="GRANT", preposition="TO").replace(", TRUNCATE", ""), params=None)

    def describe(self) -> str:
        return f"Make {self.model_name} append-only"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.model_name.lower()}_append_only"
