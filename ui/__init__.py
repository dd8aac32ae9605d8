"""The screen: all of PySide6, and nothing of SQL, keys, PDF or HTTP."""

import builtins
import sys

import PySide6.QtCore  # noqa: F401  puts itself before every `import`

# From now on PySide6 would read the source of each imported module, looking for its `__feature__`,
# and keep what it has read. Nobody here uses that; it costs a fifth of the start and 20 MB.
builtins.__import__ = vars(builtins).get("__orig_import__", builtins.__import__)

if sys.version_info < (3, 12):
    # PySide6 6.12 is built for Pythons in which these five never die. On 3.11 every call of it that
    # returns one of them takes a reference away; after some thousand calls the interpreter stops
    # with "none_dealloc". So they get more references here than can ever be taken.
    import ctypes

    for undying in (None, True, False, NotImplemented, Ellipsis):
        ctypes.c_ssize_t.from_address(id(undying)).value += 1 << 60
