package dev.gatehouse.tracker.hook.approval;

import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tracker.InfoHash;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one place names: keys for the store, with what is kept under each.
 *
 * @param version tells whether the place has changed since
 */
record Listing(Object version, Map<Bytes, Bytes> entries) {

  /** What is kept where there is no name. */
  static final Bytes NAMELESS = Bytes.utf8("_");

  Listing {
    entries = Map.copyOf(entries);
  }

  /** A listing of these hashes, with the truncated forms of long ones. */
  static Listing of(Object version, List<InfoHash> hashes, Bytes value) {
    Map<Bytes, Bytes> entries = new HashMap<>();
    for (InfoHash hash : hashes) {
      entries.put(key(hash), value);
      entries.put(key(hash.truncated()), value);
    }
    return new Listing(version, entries);
  }

  /** The raw bytes of a hash. */
  static Bytes key(InfoHash hash) {
    var raw = Unpooled.buffer(hash.length());
    hash.writeTo(raw);
    return Bytes.of(ByteBufUtil.getBytes(raw));
  }
}
