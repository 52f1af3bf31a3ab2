package dev.gatehouse.wire.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Malformed;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The announce in the query of a request (BEP 3).
 *
 * @param event empty if the client gave none
 * @param progress what the client has and has sent
 * @param numWant how many peers it wants, a 32-bit number without sign; empty if it did not say, or
 *     gave a negative number
 * @param port 1 to 65535
 * @param parameters all that it gave, for what is not interpreted here
 */
public record AnnounceQuery(
    Optional<Event> event,
    InfoHash infoHash,
    PeerId peerId,
    Progress progress,
    OptionalLong numWant,
    int port,
    Query parameters) {

  /** Bytes that a client lacks, has loaded and has sent, as unsigned numbers. */
  public record Progress(long left, long downloaded, long uploaded) {}

  private static final byte[] COMPACT = "compact".getBytes(US_ASCII);
  private static final byte[] NO_PEER_ID = "no_peer_id".getBytes(US_ASCII);

  private static final List<byte[]> ADDRESSES =
      Stream.of("ip", "ipv4", "ipv6").map(key -> key.getBytes(US_ASCII)).toList();

  private static final List<String> TRUE =
      List.of("1", "t", "T", "true", "TRUE", "True", "y", "yes", "Y", "YES", "Yes");

  /** {@code true}, the longest text that means yes. */
  private static final int MAX_FLAG_LENGTH = 4;

  /** {@code ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255}, the longest text of an address. */
  private static final int MAX_ADDRESS_LENGTH = 45;

  /** Reads an announce; of several faults the client is told that of the first field here. */
  public static Decoded<AnnounceQuery> read(Query query) {
    AnnounceFields fields = new AnnounceFields(query);
    Optional<Event> event = fields.event();
    InfoHash infoHash = fields.infoHash();
    PeerId peerId = fields.peerId();
    Progress progress = fields.progress();
    OptionalLong numWant = fields.numWant();
    int port = fields.port();
    Optional<RequestFault> fault = fields.fault();
    return fault.isPresent()
        ? new Malformed<>(fault.get())
        : new Complete<>(
            new AnnounceQuery(event, infoHash, peerId, progress, numWant, port, query));
  }

  /**
   * The addresses that the client claims to have: what parses as a literal, bare and without a
   * zone. Names and endpoints are passed over.
   */
  public List<IpAddress> claimedAddresses() {
    return ADDRESSES.stream()
        .map(key -> text(key, MAX_ADDRESS_LENGTH))
        .flatMap(text -> IpAddress.parse(text).stream())
        .toList();
  }

  /** How the client wants its peers spelled; compact unless it asks for another form. */
  public PeerForm peerForm() {
    String compact = text(COMPACT, MAX_FLAG_LENGTH);
    if (compact.isEmpty() || TRUE.contains(compact)) {
      return PeerForm.COMPACT;
    }
    return TRUE.contains(text(NO_PEER_ID, MAX_FLAG_LENGTH))
        ? PeerForm.WITHOUT_ID
        : PeerForm.WITH_ID;
  }

  /** The value of a key, one character a byte; one character too many is kept, the rest is not. */
  private String text(byte[] key, int maxLength) {
    int parameter = parameters.find(key, 0);
    if (parameter == Query.NONE) {
      return "";
    }
    int from = parameters.from(parameter);
    int length = Math.min(parameters.to(parameter) - from, maxLength + 1);
    return new String(parameters.bytes(), from, length, ISO_8859_1);
  }
}
