"""Two sessions of libtorrent that know of nothing but one tracker: one has a file, the other gets it.

Arguments: folder, v1 | v2 | hybrid, announce URL, address to listen on. Prints what the tracker
said, then the digest of what arrived.
"""

import hashlib
import os
import sys
import time

import libtorrent as lt

SIZE = 20 << 20
PATIENCE_SECONDS = 40
FLAGS = {
    "v1": lt.create_torrent.v1_only,
    "v2": lt.create_torrent.v2_only,
    "hybrid": 0,
}


def torrent(folder, form, tracker):
    """A private torrent, so that no peer is known from elsewhere."""
    files = lt.file_storage()
    lt.add_files(files, os.path.join(folder, "file"))
    made = lt.create_torrent(files, 0, FLAGS[form])
    made.add_tracker(tracker)
    made.set_priv(True)
    lt.set_piece_hashes(made, folder)
    return lt.torrent_info(made.generate())


def session(address, port):
    return lt.session(
        {
            "listen_interfaces": f"{address}:{port}",
            "enable_dht": False,
            "enable_lsd": False,
            "enable_upnp": False,
            "enable_natpmp": False,
            "allow_multiple_connections_per_ip": True,
            # else nothing but /announce may be asked of a tracker on loopback
            "ssrf_mitigation": False,
            "alert_mask": lt.alert.category_t.tracker_notification
            | lt.alert.category_t.error_notification
            | lt.alert.category_t.status_notification,
        }
    )


def added(to, info, folder):
    wanted = lt.add_torrent_params()
    wanted.ti = info
    wanted.save_path = folder
    return to.add_torrent(wanted)


def told(by, said):
    """Whether the tracker has answered; alerts live no longer than until the next ones are fetched."""
    alerts = [a for a in by.pop_alerts() if "tracker" in type(a).__name__]
    said += [f"{type(a).__name__} {a.message()}" for a in alerts]
    return any(one.startswith("tracker_reply_alert") for one in said)


def await_true(what, condition):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            sys.exit(f"never: {what}")
        time.sleep(0.05)


def main(folder, form, tracker, address):
    there = os.path.join(folder, "seed")
    here = os.path.join(folder, "leech")
    os.makedirs(there)
    os.makedirs(here)
    content = os.urandom(SIZE)
    with open(os.path.join(there, "file"), "wb") as file:
        file.write(content)
    info = torrent(there, form, tracker)
    seed, leech = session(address, 7001), session(address, 7002)
    giving = added(seed, info, there)
    heard, said = [], []
    await_true("the seed is told", lambda: told(seed, heard))
    getting = added(leech, info, here)
    await_true("the leech is told", lambda: told(leech, said))
    await_true("all is there", lambda: getting.status().is_seeding)
    print("\n".join(heard + said))
    with open(os.path.join(here, "file"), "rb") as file:
        got = hashlib.sha256(file.read()).hexdigest()
    print("same" if got == hashlib.sha256(content).hexdigest() else "different")
    getting.scrape_tracker()
    await_true("a scrape is answered", lambda: scraped(leech))


def scraped(of):
    replies = [a for a in of.pop_alerts() if isinstance(a, lt.scrape_reply_alert)]
    for alert in replies:
        print("scrape", alert.complete, alert.incomplete)
    return replies


if __name__ == "__main__":
    main(*sys.argv[1:])
