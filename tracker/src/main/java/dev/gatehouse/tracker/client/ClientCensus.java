package dev.gatehouse.tracker.client;

import dev.gatehouse.tracker.client.ClientCounts.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Counts peers by their software and its version, without allocating anything for a peer.
 *
 * <p>Peers invent what they like. So the table of versions has a fixed size and is searched in a
 * few places only: a version that finds none is not told of by itself.
 */
@SuppressWarnings("EnumOrdinal") // arrays, since this is counted for each peer
public final class ClientCensus {

  /** The most versions that are told. */
  static final int MAX_VERSIONS = 50;

  private static final int SLOTS_BITS = 11;
  private static final int MAX_PROBES = 8;
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
  private static final int VERSION_LENGTH = 4;
  private static final ClientSoftware[] SOFTWARE = ClientSoftware.values();

  private final long[] peers = new long[SOFTWARE.length];

  /** Software and version in one; zero is a free slot, since no version is. */
  private final long[] versions = new long[1 << SLOTS_BITS];

  private final long[] counts = new long[1 << SLOTS_BITS];

  /**
   * Counts the peer whose id begins at a place.
   *
   * @param weight for how many peers it stands
   */
  public void count(byte[] ids, int at, int weight) {
    ClientSoftware software = ClientSoftware.of(ids, at);
    peers[software.ordinal()] += weight;
    if (software != ClientSoftware.OTHER) {
      countVersion(software, ids, at + ClientSoftware.CODE_LENGTH, weight);
    }
  }

  private void countVersion(ClientSoftware software, byte[] ids, int at, int weight) {
    long key = software.ordinal();
    for (int i = 0; i < VERSION_LENGTH; i++) {
      if (!isPlain(ids[at + i])) {
        return;
      }
      key = (key << Byte.SIZE) | ids[at + i];
    }
    int slot = (int) ((key * SPREAD) >>> (Long.SIZE - SLOTS_BITS));
    for (int probe = 0; probe < MAX_PROBES; probe++) {
      if (versions[slot] == 0 || versions[slot] == key) {
        versions[slot] = key;
        counts[slot] += weight;
        return;
      }
      slot = (slot + 1) & ((1 << SLOTS_BITS) - 1);
    }
  }

  private static boolean isPlain(byte character) {
    return (character >= '0' && character <= '9')
        || (character >= 'A' && character <= 'Z')
        || (character >= 'a' && character <= 'z');
  }

  /** What has been counted; of the versions those that most peers have. */
  public ClientCounts counts() {
    Map<ClientSoftware, Long> bySoftware = new EnumMap<>(ClientSoftware.class);
    for (ClientSoftware software : SOFTWARE) {
      bySoftware.put(software, peers[software.ordinal()]);
    }
    List<Version> found = new ArrayList<>();
    for (int slot = 0; slot < versions.length; slot++) {
      if (versions[slot] != 0) {
        found.add(version(versions[slot], counts[slot]));
      }
    }
    found.sort(Comparator.comparingLong(Version::peers).reversed());
    return new ClientCounts(bySoftware, found.subList(0, Math.min(found.size(), MAX_VERSIONS)));
  }

  private static Version version(long key, long count) {
    byte[] text = new byte[VERSION_LENGTH];
    for (int i = 0; i < VERSION_LENGTH; i++) {
      text[i] = (byte) (key >>> ((VERSION_LENGTH - 1 - i) * Byte.SIZE));
    }
    int software = (int) (key >>> (VERSION_LENGTH * Byte.SIZE));
    return new Version(SOFTWARE[software], new String(text, StandardCharsets.US_ASCII), count);
  }
}
