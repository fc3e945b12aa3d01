"""Runs a program as an ordinary user when we are root, since PostgreSQL refuses root, and lets it end with its parent.

Run as a file: `python ordinary_user.py WAY DEATH_SIGNAL PARENT PROGRAM ARGUMENT…`. Standard library only.

WAY is one of:
  as_we_are    nothing to change
  namespace    a user namespace in which our root is called `nobody`: files stay where they are and belong to root outside
  drop         really become `nobody`, keeping the one capability to pass through folders closed to it (containers and
               chroots forbid namespaces, yet /root must be crossed to reach the data)
"""

from __future__ import annotations

import ctypes
import os
import pwd
import struct
import subprocess
import sys

AS_WE_ARE, NAMESPACE, DROP = "as_we_are", "namespace", "drop"
CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG, PR_SET_SECUREBITS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 1, 28, 47, 2
SECBIT_NO_SETUID_FIXUP = 1 << 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522


def way_for_us() -> str | None:
    """The best way that works here, or None when we are root and no way is open."""
    if os.geteuid() != 0:
        return AS_WE_ARE
    for way in (NAMESPACE, DROP):
        probe = [*command(way), "-c", "import os, pwd; assert os.geteuid() != 0; pwd.getpwuid(os.geteuid())"]
        if subprocess.run(probe, capture_output=True).returncode == 0:
            return way
    return None


def command(way: str, *, death_signal: int = 0, program: str = sys.executable) -> list[str]:
    """The words before the program's own arguments."""
    return [sys.executable, "-S", "-E", os.path.abspath(__file__), way, str(death_signal), str(os.getpid()), program]


def owner_of_files(way: str) -> tuple[int, int]:
    """User and group id that the program's files must belong to, as seen from outside."""
    if way == DROP:
        nobody = pwd.getpwnam("nobody")
        return nobody.pw_uid, nobody.pw_gid
    return os.geteuid(), os.getegid()


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _check(result: int) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _enter_namespace() -> None:
    nobody = pwd.getpwnam("nobody")
    uid, gid = os.geteuid(), os.getegid()
    _check(_libc().unshare(CLONE_NEWUSER))
    for name, words in (("setgroups", "deny"), ("uid_map", f"{nobody.pw_uid} {uid} 1"), ("gid_map", f"{nobody.pw_gid} {gid} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(words)


def _become_nobody() -> None:
    libc = _libc()
    nobody = pwd.getpwnam("nobody")
    # Without this access(2), by which PostgreSQL looks for its own files, would not count the capability.
    _check(libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0))
    os.setgroups([])
    os.setresgid(nobody.pw_gid, nobody.pw_gid, nobody.pw_gid)
    os.setresuid(nobody.pw_uid, nobody.pw_uid, nobody.pw_uid)
    mask = 1 << CAP_DAC_OVERRIDE
    header = struct.pack("Ii", CAPABILITY_VERSION_3, 0)
    _check(libc.capset(header, struct.pack("6I", mask, mask, mask, 0, 0, 0)))
    _check(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0))


def main(way: str, death_signal: str, parent: str, program: str, *arguments: str) -> None:
    """Changes who we are and becomes the program."""
    if way == NAMESPACE:
        _enter_namespace()
    elif way == DROP:
        _become_nobody()
    if int(death_signal) and sys.platform == "linux":
        # After the change of user, which would clear it.
        _check(_libc().prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0))
        # The parent may have been gone before we asked for the signal.
        if os.getppid() != int(parent):
            sys.exit(1)
    os.execv(program, [program, *arguments])


if __name__ == "__main__":
    main(*sys.argv[1:])
