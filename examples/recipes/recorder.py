# The other side of recorder-process.ts: python3 recorder.py <file>. It records until it is told to stop, or until its input ends.
import json
import os
import signal
import sys
import threading


def persist(file, stop):
    frame = 0
    try:
        while not stop.wait(0.001):  # where the media of the call would come from
            frame += 1
            file.write(f"frame {frame}\n")
            file.flush()
    except BaseException as error:  # a full disk: this thread would end alone, and the call would go on showing that it is recorded
        print(error, file=sys.stderr, flush=True)
        os._exit(1)


def answer(did):
    print(json.dumps({"did": did}), flush=True)


for one in (signal.SIGINT, signal.SIGTERM):
    signal.signal(one, signal.SIG_IGN)  # Ctrl-C and systemd send them to the whole group: the bot says when to stop
file, thread, stop = None, None, threading.Event()
for line in sys.stdin:
    message = json.loads(line)
    if message["do"] == "start":
        file = open(sys.argv[1], "x")  # never over another recording
        thread = threading.Thread(target=persist, args=(file, stop))
        thread.start()
        answer("started")
    elif message["do"] == "stop":
        break
stop.set()
if thread is not None:
    thread.join()
    file.write("end of the recording\n")
    file.flush()
    os.fsync(file.fileno())
    file.close()
    try:
        answer("stopped")  # the last byte is on the disk: only now
    except BrokenPipeError:
        os._exit(1)  # nobody listens any more
