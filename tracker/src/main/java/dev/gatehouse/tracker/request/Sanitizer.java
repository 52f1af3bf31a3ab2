package dev.gatehouse.tracker.request;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.address.SpecialPurpose;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What of a request is believed, whatever protocol it came by: nothing behind it looks again.
 *
 * @param filterPrivate whether addresses that the Internet cannot reach are dropped
 * @param maxNumWant the most peers in an answer
 * @param defaultNumWant peers for a client that does not say how many it wants
 * @param maxScraped the most hashes in one scrape; the rest is not answered
 */
public record Sanitizer(boolean filterPrivate, int maxNumWant, int defaultNumWant, int maxScraped) {

  /** Whether an address, in the halves of an {@link IpAddress}, can be a peer's. */
  public boolean accepts(AddressFamily family, long high, long low) {
    return filterPrivate
        ? SpecialPurpose.isGloballyReachable(family, high, low)
        : SpecialPurpose.isOneHost(family, high, low);
  }

  /**
   * The addresses that are left: unmapped, each once, the provided ones first and otherwise in
   * their order. None is a client that nobody can reach.
   */
  public List<RequestAddress> addresses(List<RequestAddress> candidates) {
    List<RequestAddress> left = new ArrayList<>();
    Set<IpAddress> seen = new HashSet<>();
    for (boolean provided : new boolean[] {true, false}) {
      for (RequestAddress candidate : candidates) {
        IpAddress address = candidate.address().unmapped();
        if (candidate.provided() == provided && accepts(address) && seen.add(address)) {
          left.add(new RequestAddress(address, provided));
        }
      }
    }
    return left;
  }

  private boolean accepts(IpAddress address) {
    return accepts(address.family(), address.high(), address.low());
  }

  /** How many peers to answer with; an empty number is one that the client did not give. */
  public int numWant(OptionalLong asked) {
    return asked.isPresent() ? numWant(asked.getAsLong()) : defaultNumWant;
  }

  /** How many peers to answer a client with that gave this number. */
  public int numWant(long asked) {
    return (int) Math.min(asked, maxNumWant);
  }
}
