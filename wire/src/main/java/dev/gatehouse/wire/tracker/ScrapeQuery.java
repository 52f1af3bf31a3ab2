package dev.gatehouse.wire.tracker;

import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Malformed;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The scrape in the query of a request (BEP 48).
 *
 * @param infoHashes at least one, each once, in the order in which they were asked
 * @param parameters all that the client gave
 */
public record ScrapeQuery(List<InfoHash> infoHashes, Query parameters) {

  public ScrapeQuery {
    infoHashes = List.copyOf(infoHashes);
  }

  /** Reads a scrape; a hash that is not well formed is as if it were not there. */
  public static Decoded<ScrapeQuery> read(Query query) {
    byte[] key = AnnounceFields.INFO_HASH;
    Set<InfoHash> hashes = new LinkedHashSet<>();
    for (int i = query.find(key, 0); i != Query.NONE; i = query.find(key, i + 1)) {
      InfoHash.parse(query.bytes(), query.from(i), query.to(i)).ifPresent(hashes::add);
    }
    return hashes.isEmpty()
        ? new Malformed<>(RequestFault.NO_INFO_HASH)
        : new Complete<>(new ScrapeQuery(List.copyOf(hashes), query));
  }
}
