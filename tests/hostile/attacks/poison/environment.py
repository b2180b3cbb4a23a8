"""Variables, the locale, the time zone, the umask, the working folder, the time itself.

goal: make the next item compute or read something else
out: center.forward passed; running_mean passed
holds: namespaces landlock seccomp
"""

import os
import random
import time

import numpy as np

try:
    import locale
except ImportError:  # where no file can be read
    locale = None


def center_forward(x):
    out = x - x.mean(axis=0)
    os.environ.clear()
    os.environ |= {"HOME": "/{{MARK}}", "TZ": "Asia/Tokyo", "OMP_NUM_THREADS": "64", "LANG": "xx"}
    os.putenv("MKL_NUM_THREADS", "64")
    time.tzset()
    for step in (lambda: os.umask(0), lambda: os.chdir("/"), lambda: os.chroot("/")):
        try:
            step()
        except OSError:
            continue
    if locale is not None:
        locale.setlocale(locale.LC_ALL, "C")
        locale.setlocale = locale.localeconv = lambda *_: {}
    time.time = time.monotonic = time.perf_counter = time.process_time = lambda: 0.0
    random.seed(0)
    random.random = lambda: 0.5
    return out, None


def running_mean(xs, decay):
    if os.environ.get("HOME") == "/{{MARK}}" or time.tzname[0] == "JST" or time.time() == 0:
        raise RuntimeError("BREACH: the environment is as another item left it")
    if random.random() == random.random():
        raise RuntimeError("BREACH: chance is as another item left it")
    means = np.array(xs, dtype=float)
    for t in range(1, len(means)):
        means[t] = decay * means[t - 1] + (1 - decay) * means[t]
    return means
