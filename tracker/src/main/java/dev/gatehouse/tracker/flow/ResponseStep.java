package dev.gatehouse.tracker.flow;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.AnnounceReply;
import dev.gatehouse.tracker.request.Change;
import dev.gatehouse.tracker.request.Selection;

/**
 * What becomes of the counts and peers that a store gives.
 *
 * @param countAnnouncer whether the counts are those after the announce took effect
 * @param listLoneAnnouncer whether a client that is alone is told of itself
 */
record ResponseStep(boolean countAnnouncer, boolean listLoneAnnouncer) {

  void complete(Announce announce, Selection selection, AnnounceReply reply) {
    int seeders = countAnnouncer ? selection.seedersAfter(announce) : selection.seeders();
    int leechers = countAnnouncer ? selection.leechersAfter(announce) : selection.leechers();
    if (listLoneAnnouncer && isLonely(announce, selection)) {
      list(announce, selection);
      // else the answer would hold a peer that its counts do not know
      seeders += countAnnouncer || !announce.isSeeder() ? 0 : 1;
      leechers += countAnnouncer || announce.isSeeder() ? 0 : 1;
    }
    reply.counted(seeders, leechers);
  }

  /** Nobody else is there; an empty list alone does not say that. */
  private static boolean isLonely(Announce announce, Selection selection) {
    return selection.isAlone() && announce.numWant() > 0 && announce.change() != Change.STOP;
  }

  private static void list(Announce announce, Selection selection) {
    for (int i = 0; i < announce.addresses(); i++) {
      AddressFamily family = announce.family(i);
      if (family == announce.primaryFamily() || !announce.isPrimaryFamilyOnly()) {
        selection.peers(family).add(announce.endpoint(i), announce.id(), 0, 1);
      }
    }
  }
}
