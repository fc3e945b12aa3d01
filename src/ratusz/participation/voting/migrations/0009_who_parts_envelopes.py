"""Only the program's role parts envelopes from voters and destroys them: these functions run with their owner's rights."""

from django.db import migrations

# Whoever may connect may call a new function; another role (the one that counts, or reads) could strip a verified vote by it.
# The role may be missing on a server that somebody else runs; there the administrator grants by hand (manage database_roles says so).
MINE = """
REVOKE ALL ON FUNCTION ratusz_voting_rewrite(regclass, bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION ratusz_voting_strip(bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION ratusz_voting_destroy_inner(bigint) FROM PUBLIC;
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'app') THEN
        GRANT EXECUTE ON FUNCTION ratusz_voting_strip(bigint), ratusz_voting_destroy_inner(bigint) TO app;
    END IF;
END $$;
"""
EVERYBODYS = """
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'app') THEN
        REVOKE EXECUTE ON FUNCTION ratusz_voting_strip(bigint), ratusz_voting_destroy_inner(bigint) FROM app;
    END IF;
END $$;
GRANT EXECUTE ON FUNCTION ratusz_voting_rewrite(regclass, bigint) TO PUBLIC;
GRANT EXECUTE ON FUNCTION ratusz_voting_strip(bigint) TO PUBLIC;
GRANT EXECUTE ON FUNCTION ratusz_voting_destroy_inner(bigint) TO PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("ratusz_voting", "0008_register_and_paper")]

    operations = [migrations.RunSQL(MINE, EVERYBODYS)]
