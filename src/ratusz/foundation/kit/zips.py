"""What Python raises for a ZIP that cannot be read, whatever is wrong with it and however its parts are packed."""

import lzma
import struct
import zipfile
import zlib

NOT_OUR_ZIP = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError, NotImplementedError, struct.error,
)  # fmt: skip
"""RuntimeError: a part with a password; OSError: damaged bzip2; NotImplementedError: packed in a way Python does not know."""
