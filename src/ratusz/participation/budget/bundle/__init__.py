"""The bundle of a published result: ballots as .pb, rules, decisions and result as manifest.json. No Django.

    bundle = make_bundle(contest, rules, decisions, outcome, about={"edition": "X", "pool": "L12"})
    write_folder(bundle, path); to_zip(bundle)       # the same bundle gives the same bytes
    read_bundle(path)                                 # hashes checked; verifier/ratusz_verify.py does the whole check

`for_publication(contest)` first takes out of a contest what must not be published: real ids, order, ages, channel.
"""

from ratusz.participation.budget.bundle.anonymity import for_publication
from ratusz.participation.budget.bundle.files import MANIFEST, Bundle, BundleError, make_bundle, read_bundle, to_zip, write_folder

__all__ = ["MANIFEST", "Bundle", "BundleError", "for_publication", "make_bundle", "read_bundle", "to_zip", "write_folder"]
