"""Runs a program on a pseudo-terminal and answers its questions, as a person would.

Standard input: JSON { "command": [...], "cwd": "...", "answers": [[text to wait for, keys to send], ...] }.
Standard output: JSON { "code": ..., "screen": "everything that was shown" }.
"""
import fcntl, json, os, pty, select, struct, sys, termios, time

asked = json.load(sys.stdin)
pid, terminal = pty.fork()
if pid == 0:
    os.chdir(asked["cwd"])
    os.environ.update(TERM="xterm")
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    os.execvp(asked["command"][0], asked["command"])

screen, told, answers, end = "", 0, list(asked["answers"]), time.time() + 50
while time.time() < end:
    ready, _, _ = select.select([terminal], [], [], 0.2)
    if ready:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        screen += piece.decode("utf8", "replace")
    if answers and answers[0][0] in screen[told:]:
        told = len(screen)
        # One by one: what is pasted along with its return key, a program may take for one key or for several.
        for key in answers.pop(0)[1]:
            time.sleep(0.03)
            os.write(terminal, key.encode("utf8"))
else:
    os.kill(pid, 9)
_, status = os.waitpid(pid, 0)
json.dump({"code": os.waitstatus_to_exitcode(status), "screen": screen, "left": len(answers)}, sys.stdout)
