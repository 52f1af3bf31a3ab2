package dev.gatehouse.wire.tracker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.wire.tracker.AnnounceQuery.Progress;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the fields of one announce from its query and remembers the first fault; the values that
 * come after a fault mean nothing.
 */
final class AnnounceFields {

  static final byte[] INFO_HASH = key("info_hash");

  private static final byte[] EVENT = key("event");
  private static final byte[] PEER_ID = key("peer_id");
  private static final byte[] LEFT = key("left");
  private static final byte[] DOWNLOADED = key("downloaded");
  private static final byte[] UPLOADED = key("uploaded");
  private static final byte[] NUM_WANT = key("numwant");
  private static final byte[] PORT = key("port");

  private static final long MAX_NUM_WANT = 0xffff_ffffL;
  private static final int MAX_PORT = 65535;

  private static final InfoHash NO_HASH = InfoHash.v1(0, 0, 0);
  private static final PeerId NO_ID = new PeerId(0, 0, 0);

  private final Query query;
  private Optional<RequestFault> fault = Optional.empty();

  /** Where the value lies that was looked for last. */
  private int from;

  private int to;

  AnnounceFields(Query query) {
    this.query = query;
  }

  Optional<RequestFault> fault() {
    return fault;
  }

  Optional<Event> event() {
    if (!find(EVENT)) {
      return Optional.empty();
    }
    Optional<Event> event = Event.ofName(query.bytes(), from, to);
    return event.isPresent() ? event : refuse(RequestFault.UNKNOWN_EVENT, event);
  }

  /** The one hash that is well formed; others are as if they were not there. */
  InfoHash infoHash() {
    Optional<InfoHash> found = Optional.empty();
    for (int i = query.find(INFO_HASH, 0); i != Query.NONE; i = query.find(INFO_HASH, i + 1)) {
      Optional<InfoHash> hash = InfoHash.parse(query.bytes(), query.from(i), query.to(i));
      if (hash.isPresent() && found.isPresent()) {
        return refuse(RequestFault.MULTIPLE_INFO_HASHES, NO_HASH);
      }
      found = hash.isPresent() ? hash : found;
    }
    return found.orElseGet(() -> refuse(RequestFault.NO_INFO_HASH, NO_HASH));
  }

  PeerId peerId() {
    Optional<PeerId> id = find(PEER_ID) ? PeerId.parse(query.bytes(), from, to) : Optional.empty();
    return id.orElseGet(() -> refuse(RequestFault.PEER_ID, NO_ID));
  }

  Progress progress() {
    long left = number(LEFT, RequestFault.LEFT);
    long downloaded = number(DOWNLOADED, RequestFault.DOWNLOADED);
    long uploaded = number(UPLOADED, RequestFault.UPLOADED);
    return new Progress(left, downloaded, uploaded);
  }

  OptionalLong numWant() {
    if (!find(NUM_WANT) || from == to) {
      return OptionalLong.empty();
    }
    boolean negative = query.bytes()[from] == '-';
    if (!Ascii.areDigits(query.bytes(), negative ? from + 1 : from, to)) {
      return refuse(RequestFault.NUM_WANT, OptionalLong.empty());
    }
    if (negative) {
      return OptionalLong.empty();
    }
    boolean large = !isNumber() || Long.compareUnsigned(number(), MAX_NUM_WANT) > 0;
    return OptionalLong.of(large ? MAX_NUM_WANT : number());
  }

  int port() {
    long port = number(PORT, RequestFault.INVALID_PORT);
    return port >= 1 && port <= MAX_PORT ? (int) port : refuse(RequestFault.INVALID_PORT, 0);
  }

  private long number(byte[] key, RequestFault otherwise) {
    return find(key) && isNumber() ? number() : refuse(otherwise, 0L);
  }

  private boolean isNumber() {
    return Ascii.isU64(query.bytes(), from, to);
  }

  private long number() {
    return Ascii.u64(query.bytes(), from, to);
  }

  private boolean find(byte[] key) {
    int parameter = query.find(key, 0);
    if (parameter == Query.NONE) {
      return false;
    }
    from = query.from(parameter);
    to = query.to(parameter);
    return true;
  }

  private <T> T refuse(RequestFault why, T instead) {
    if (fault.isEmpty()) {
      fault = Optional.of(why);
    }
    return instead;
  }

  private static byte[] key(String name) {
    return name.getBytes(US_ASCII);
  }
}
