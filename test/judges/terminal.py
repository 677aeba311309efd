"""Runs a program on a pseudo-terminal and types for it, as a person would.

usage: TYPED_KEYS=... terminal.py <program> <argument> ...

Waits for a question (a line that ends with ": "), then types the keys. Writes all that the terminal shows, then a line that says
whether the terminal echoes again. Ends as the program ends.
"""

import os
import pty
import select
import sys
import termios

keys = os.environ.pop("TYPED_KEYS").encode()
child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
shown, typed, echo = b"", False, ""
while True:
    ready, _, _ = select.select([terminal], [], [], 60)
    if not ready:
        break
    try:
        part = os.read(terminal, 65536)
    except OSError:  # what Linux says when the program has gone
        break
    if not part:
        break
    shown += part
    if not typed and shown.endswith(b": "):
        echo = "on" if termios.tcgetattr(terminal)[3] & termios.ECHO else "off"
        # In pieces, as they come from a keyboard.
        for at in range(0, len(keys), 3):
            os.write(terminal, keys[at:at + 3])
        typed = True
    after = termios.tcgetattr(terminal)[3] & termios.ECHO
_, status = os.waitpid(child, 0)
sys.stdout.buffer.write(shown)
print(f"\n[echo while typing: {echo}; afterwards: {'on' if after else 'off'}]")
sys.exit(os.waitstatus_to_exitcode(status) & 0xFF)
