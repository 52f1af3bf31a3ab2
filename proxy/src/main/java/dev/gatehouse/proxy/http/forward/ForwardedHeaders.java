package dev.gatehouse.proxy.http.forward;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.proxy.http.Authority;
import dev.gatehouse.proxy.http.ForwardingNames;
import dev.gatehouse.proxy.http.HopByHop;
import dev.gatehouse.proxy.http.Protocol;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.WebSocketKey;
import dev.gatehouse.wire.http.Field;
import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.Grammar;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells backends whom a request comes from.
 *
 * <p>What a client says of itself counts for nothing: its fields are dropped, under whatever
 * spelling a backend might take for ours, and written anew. A trusted forwarder is believed and
 * added to.
 */
public final class ForwardedHeaders {

  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  private final ForwardingRules rules;
  private final Supplier<String> newIds;
  private final Supplier<WebSocketKey> newKeys;

  /**
   * @param random for the names of requests that have none, and for the keys of WebSockets
   */
  public ForwardedHeaders(ForwardingRules rules, RandomGenerator random) {
    this(rules, new RequestIds(random), () -> WebSocketKey.random(random));
  }

  ForwardedHeaders(ForwardingRules rules, Supplier<String> newIds, Supplier<WebSocketKey> newKeys) {
    this.rules = rules;
    this.newIds = newIds;
    this.newKeys = newKeys;
  }

  /**
   * The fields that a backend gets. Those that end here go first, lest a client has ours taken away
   * by naming them.
   *
   * @param effective the client's address as the connection and its PROXY header tell it
   * @param port of the listener
   */
  public Forwarding apply(Request request, IpAddress effective, int port) {
    IpAddress peer = effective.unmapped();
    boolean trusted = rules.trustedForwarders().contains(peer);
    Fields received = HopByHop.strip(request.fields());
    Fields kept =
        trusted ? received : received.without(field -> ForwardingNames.contains(field.name()));
    IpAddress client = trusted ? ForwardedChain.client(kept, peer, rules) : peer;
    String id = requestId(received, trusted);
    Fields.Builder ours = new Fields.Builder();
    if (rules.style().hasXForwarded()) {
      tellXForwarded(ours, kept, peer, client);
      tellWhatIsMissing(ours, kept, request.authority(), port);
    }
    if (rules.style().hasForwarded()) {
      ours.add(
          ForwardingNames.FORWARDED,
          appended(kept, ForwardingNames.FORWARDED, element(request.authority(), peer)));
    }
    if (!rules.requestIdHeader().isEmpty()) {
      ours.add(rules.requestIdHeader(), id);
    }
    return new Forwarding(
        withKey(request, replaced(kept, ours.build())),
        client,
        id,
        request.fields().count() - received.count(),
        received.count() - kept.count());
  }

  private Fields withKey(Request request, Fields fields) {
    return request.webSocket() && request.protocol() == Protocol.HTTP_2
        ? fields.without(WebSocketKey.NAME).with(WebSocketKey.NAME, newKeys.get().text())
        : fields;
  }

  /** A name for a request of which nothing is known. */
  public String newRequestId() {
    return newIds.get();
  }

  private static void tellXForwarded(
      Fields.Builder ours, Fields kept, IpAddress peer, IpAddress client) {
    ours.add(ForwardingNames.FOR, appended(kept, ForwardingNames.FOR, peer.toString()))
        .add(ForwardingNames.REAL_IP, client.toString());
  }

  /** Of what a trusted forwarder has told of the client's request, nothing is told again. */
  private static void tellWhatIsMissing(
      Fields.Builder ours, Fields kept, Authority authority, int port) {
    if (!kept.has(ForwardingNames.PROTO)) {
      ours.add(ForwardingNames.PROTO, "https");
    }
    if (!kept.has(ForwardingNames.HOST)) {
      ours.add(ForwardingNames.HOST, authority.text());
    }
    if (!kept.has(ForwardingNames.PORT)) {
      ours.add(ForwardingNames.PORT, Integer.toString(port));
    }
  }

  /** One list with the new member behind all that were received. */
  private static String appended(Fields fields, String name, String member) {
    List<String> before = fields.values(name);
    return before.isEmpty()
        ? member
        : Stream.concat(before.stream().filter(list -> !list.isEmpty()), Stream.of(member))
            .collect(Collectors.joining(", "));
  }

  /** Ours in place of all that backends may take for them. */
  private static Fields replaced(Fields kept, Fields ours) {
    return kept.without(field -> isAmong(ours, field.name())).with(ours);
  }

  private static boolean isAmong(Fields ours, String name) {
    for (Field field : ours) {
      if (ForwardingNames.passesFor(name, field.name())) {
        return true;
      }
    }
    return false;
  }

  /** One hop, in the form of RFC 7239 section 4. */
  private static String element(Authority authority, IpAddress peer) {
    String node = peer.family() == AddressFamily.IPV6 ? "[" + peer + ']' : peer.toString();
    return "for=" + quoted(node) + ";host=" + quoted(authority.text()) + ";proto=https";
  }

  /** No quote and no backslash is in an address or in an authority. */
  private static String quoted(String value) {
    return Grammar.isToken(value) ? value : '"' + value + '"';
  }

  private String requestId(Fields received, boolean trusted) {
    Optional<String> given =
        trusted && !rules.requestIdHeader().isEmpty()
            ? received.only(rules.requestIdHeader())
            : Optional.empty();
    return given.filter(id -> REQUEST_ID.matcher(id).matches()).orElseGet(newIds);
  }
}
