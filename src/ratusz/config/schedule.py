"""Periodic work of the whole house: a name, every how long or at what time in Warsaw, and the registered action."""

from __future__ import annotations

from datetime import time, timedelta

from ratusz.foundation.jobs.rules import PeriodicWork

SCHEDULE = [
    PeriodicWork(name="publish scheduled", action="jobs.publish_scheduled", every=timedelta(minutes=1)),
    PeriodicWork(name="tell of clocks", action="deadlines.tell_of_clocks", every=timedelta(minutes=1)),
    PeriodicWork(name="let access follow appointments", action="units.sync_all_access", every=timedelta(minutes=1)),
    PeriodicWork(name="send due messages", action="messages.send_due", every=timedelta(minutes=1)),
    PeriodicWork(name="seal late entries", action="people.seal_late_entries", every=timedelta(hours=1)),
    PeriodicWork(name="publish the record's head", action="people.publish_head", every=timedelta(minutes=5)),
    PeriodicWork(name="forget attempts and codes", action="people.forget_old", at=time(2, 50)),
    PeriodicWork(name="check pages at the gates", action="website.run_gates", at=time(1, 40)),
    PeriodicWork(name="end of retention", action="people.expire_personal_data", at=time(3, 30)),
    PeriodicWork(name="forget finished jobs", action="jobs.forget_finished", at=time(3, 10)),
    PeriodicWork(name="forget sent forms", action="once.forget_sent_forms", at=time(3, 15)),
    PeriodicWork(name="daily digests", action="notifications.send_daily_digests", at=time(7)),
    PeriodicWork(name="weekly digests", action="notifications.send_weekly_digests", at=time(7), weekdays=(1,)),
    PeriodicWork(name="mend the city wire", action="website.sync_wire", every=timedelta(minutes=5)),
    PeriodicWork(name="wipe old messages", action="notifications.forget_contents", at=time(3, 20)),
    PeriodicWork(name="forget open questions", action="notifications.forget_requests", at=time(3, 25)),
    PeriodicWork(name="forget old confirmations", action="intranet.forget_confirmations", at=time(3, 40)),
    PeriodicWork(name="scan quarantine", action="files.scan_quarantined", every=timedelta(minutes=5)),
    PeriodicWork(name="delete expired files", action="files.delete_expired", at=time(3, 30)),
    PeriodicWork(name="clocks of reviews", action="ledger.sync_reviews", at=time(3, 45)),
    PeriodicWork(name="forget readers' comments", action="ledger.forget_answers", at=time(3, 50)),
    PeriodicWork(name="read links of pages", action="ledger.rebuild_links", at=time(3, 40)),
    PeriodicWork(name="delete orphaned bytes", action="files.delete_orphans", at=time(3, 35)),
    PeriodicWork(name="close what vanished", action="moderation.close_gone", at=time(4)),
    PeriodicWork(name="forget judged words", action="moderation.forget_words", at=time(3, 55)),
    PeriodicWork(name="ladder of decisions", action="decisions.run_ladder", at=time(6, 30)),
    PeriodicWork(name="hand packages over", action="documents.hand_waiting", every=timedelta(minutes=1)),
    PeriodicWork(name="read answers of the document system", action="documents.read_answers", every=timedelta(minutes=1)),
    PeriodicWork(name="gather questions to meetings", action="meetings.gather_questions", every=timedelta(minutes=5)),
    PeriodicWork(name="clocks of captions", action="meetings.start_captions", every=timedelta(minutes=5)),
    PeriodicWork(name="forget words of meetings", action="meetings.forget_the_day", at=time(3, 55)),
    PeriodicWork(name="offer free seats", action="meetings.sweep_seats", every=timedelta(minutes=1)),
    PeriodicWork(name="clocks of minutes", action="meetings.start_minutes_clocks", every=timedelta(hours=1)),
    PeriodicWork(name="remind of meetings", action="meetings.remind", every=timedelta(minutes=5)),
    PeriodicWork(name="series a year ahead", action="meetings.extend_all_series", at=time(2, 40)),
    PeriodicWork(name="forget registered people", action="meetings.forget_registrations", at=time(3, 55)),
    PeriodicWork(name="forget drafts of projects", action="projects.forget_drafts", at=time(3, 45)),
    PeriodicWork(name="close votes", action="voting.close_due_votes", every=timedelta(minutes=1)),
    PeriodicWork(name="heads of votes", action="voting.sign_due_heads", every=timedelta(minutes=5)),
    PeriodicWork(name="forget proofs of identity", action="voting.forget_proofs", every=timedelta(minutes=5)),
    PeriodicWork(name="publish submissions", action="editing.publish_due", every=timedelta(minutes=1)),
    PeriodicWork(name="let out release sets", action="editing.release_due_sets", every=timedelta(minutes=1)),
    PeriodicWork(name="check release sets", action="editing.check_sets", every=timedelta(minutes=5)),
]
