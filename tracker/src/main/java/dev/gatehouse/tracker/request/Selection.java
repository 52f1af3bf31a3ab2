package dev.gatehouse.tracker.request;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.wire.tracker.PeerList;

/**
 * What one announce gets: peers, and how many there were before it took effect.
 *
 * <p>A worker has one and uses it again for each announce.
 */
public final class Selection {

  private final PeerList ipv4;
  private final PeerList ipv6;
  private int seeders;
  private int leechers;
  private int ownSeeders;
  private int ownLeechers;

  public Selection() {
    this(new PeerList(AddressFamily.IPV4), new PeerList(AddressFamily.IPV6));
  }

  private Selection(PeerList ipv4, PeerList ipv6) {
    this.ipv4 = ipv4;
    this.ipv6 = ipv6;
  }

  /** One of addresses and ports alone, for answers that have no room for ids. */
  public static Selection withoutIds() {
    return new Selection(
        PeerList.withoutIds(AddressFamily.IPV4), PeerList.withoutIds(AddressFamily.IPV6));
  }

  public PeerList peers(AddressFamily family) {
    return switch (family) {
      case IPV4 -> ipv4;
      case IPV6 -> ipv6;
    };
  }

  /** Makes this the selection from a swarm that nobody is in. */
  public void clear() {
    ipv4.clear();
    ipv6.clear();
    counted(0, 0);
    countedOwn(0, 0);
  }

  /** Says how many there were, of both families. */
  public void counted(int seeders, int leechers) {
    this.seeders = seeders;
    this.leechers = leechers;
  }

  /** Says how many of them were addresses of the peer that asks. */
  public void countedOwn(int seeders, int leechers) {
    ownSeeders = seeders;
    ownLeechers = leechers;
  }

  /** Seeders of both families before the announce took effect. */
  public int seeders() {
    return seeders;
  }

  /** Leechers of both families before the announce took effect. */
  public int leechers() {
    return leechers;
  }

  /** How many of the {@link #seeders} the announce concerns: the addresses of its own peer. */
  public int ownSeeders() {
    return ownSeeders;
  }

  /** How many of the {@link #leechers} the announce concerns: the addresses of its own peer. */
  public int ownLeechers() {
    return ownLeechers;
  }

  /** Whether the swarm held nobody else. */
  public boolean isAlone() {
    return seeders + leechers == ownSeeders + ownLeechers;
  }

  /** Seeders once the announce has taken effect. */
  public int seedersAfter(Announce announce) {
    return switch (announce.change()) {
      case SEED, COMPLETE -> seeders - ownSeeders + announce.addresses();
      case LEECH, STOP -> seeders - ownSeeders;
      case NOTHING -> seeders;
    };
  }

  /** Leechers once the announce has taken effect. */
  public int leechersAfter(Announce announce) {
    return switch (announce.change()) {
      case LEECH -> leechers - ownLeechers + announce.addresses();
      case SEED, COMPLETE, STOP -> leechers - ownLeechers;
      case NOTHING -> leechers;
    };
  }
}
