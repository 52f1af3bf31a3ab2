package dev.gatehouse.tracker.swarm;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.Selection;
import dev.gatehouse.wire.tracker.PeerList;
import java.util.SplittableRandom;

/**
 * Chooses the peers that an announce is told of.
 *
 * <p>The rows of a role, block after block, are a circle. Those that may be handed out are a circle
 * of their own, and a window of it is handed out that begins at a random one of them: so each is as
 * likely as any other, whoever asks and whoever has gone. The start is drawn among all rows and
 * drawn again where it hits one that may not be handed out, the asking peer for instance; to begin
 * with the next row instead would favour that row.
 */
final class Selector {

  /** With half of all rows eligible, all of so many draws miss once in 10^19. */
  private static final int MAX_DRAWS = 64;

  private final SplittableRandom random;

  /** Where the window begins: a block, and a row counted from the first of the role there. */
  private int startBlock;

  private int startRow;

  Selector(SplittableRandom random) {
    this.random = random;
  }

  /** Selects of both families, the peer's own first, unless the other one is of no use to it. */
  void select(Swarm swarm, Swarm.Asker asker, Selection into) {
    Announce announce = asker.announce();
    AddressFamily primary = announce.primaryFamily();
    int left = announce.numWant();
    left -= select(swarm.peers(primary), asker, left, into.peers(primary));
    if (!announce.isPrimaryFamilyOnly()) {
      AddressFamily other =
          switch (primary) {
            case IPV4 -> AddressFamily.IPV6;
            case IPV6 -> AddressFamily.IPV4;
          };
      select(swarm.peers(other), asker, left, into.peers(other));
    }
  }

  /** Seeders have nothing to get from seeders; the others get seeders first. */
  private int select(Peers peers, Swarm.Asker asker, int wanted, PeerList out) {
    int taken = asker.announce().isSeeder() ? 0 : window(peers, true, asker, wanted, out);
    return taken + window(peers, false, asker, wanted - taken, out);
  }

  private int window(Peers peers, boolean seeders, Swarm.Asker asker, int wanted, PeerList out) {
    if (wanted <= 0 || (seeders ? peers.seeders() : peers.leechers()) == 0) {
      return 0;
    }
    drawStart(peers, seeders, asker, wanted);
    PeerBlock first = peers.block(startBlock);
    int firstRow = seeders ? 0 : first.seeders();
    int start = firstRow + startRow;
    int taken = first.copyTo(out, start, end(first, seeders), wanted, asker);
    for (int i = 1; i < peers.blocks() && taken < wanted; i++) {
      PeerBlock block = peers.block((startBlock + i) % peers.blocks());
      int from = seeders ? 0 : block.seeders();
      taken += block.copyTo(out, from, end(block, seeders), wanted - taken, asker);
    }
    return taken + first.copyTo(out, firstRow, start, wanted - taken, asker);
  }

  /** The row behind the last of a role. */
  private static int end(PeerBlock block, boolean seeders) {
    return seeders ? block.seeders() : block.count();
  }

  private void drawStart(Peers peers, boolean seeders, Swarm.Asker asker, int wanted) {
    int rows = seeders ? peers.seeders() : peers.leechers();
    boolean found = false;
    for (int draw = 0; draw < MAX_DRAWS && !found; draw++) {
      locate(peers, seeders, random.nextInt(rows));
      PeerBlock block = peers.block(startBlock);
      int row = seeders ? startRow : block.seeders() + startRow;
      found = wanted >= rows || block.isEligible(row, asker);
    }
  }

  private void locate(Peers peers, boolean seeders, int position) {
    startBlock = 0;
    startRow = position;
    int rows = rows(peers.block(0), seeders);
    while (startRow >= rows) {
      startRow -= rows;
      startBlock++;
      rows = rows(peers.block(startBlock), seeders);
    }
  }

  private static int rows(PeerBlock block, boolean seeders) {
    return seeders ? block.seeders() : block.leechers();
  }
}
