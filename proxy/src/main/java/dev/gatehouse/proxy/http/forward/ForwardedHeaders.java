package dev.gatehouse.proxy.http.forward;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.proxy.http.Authority;
import dev.gatehouse.proxy.http.ForwardingNames;
import dev.gatehouse.proxy.http.HopByHop;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.Grammar;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

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

  /**
   * @param random for the names of requests that have none
   */
  public ForwardedHeaders(ForwardingRules rules, RandomGenerator random) {
    this(rules, new RequestIds(random));
  }

  ForwardedHeaders(ForwardingRules rules, Supplier<String> newIds) {
    this.rules = rules;
    this.newIds = newIds;
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
    Fields told = kept;
    if (rules.style().hasXForwarded()) {
      told = withXForwarded(told, request.authority(), peer, client, port);
    }
    if (rules.style().hasForwarded()) {
      told = appended(told, ForwardingNames.FORWARDED, element(request.authority(), peer));
    }
    String id = requestId(received, trusted);
    return new Forwarding(
        withId(told, id),
        client,
        id,
        request.fields().count() - received.count(),
        received.count() - kept.count());
  }

  /** A name for a request of which nothing is known. */
  public String newRequestId() {
    return newIds.get();
  }

  private static Fields withXForwarded(
      Fields fields, Authority authority, IpAddress peer, IpAddress client, int port) {
    Fields told =
        appended(fields, ForwardingNames.FOR, peer.toString())
            .without(ForwardingNames.REAL_IP)
            .with(ForwardingNames.REAL_IP, client.toString());
    told = orElse(told, ForwardingNames.PROTO, "https");
    told = orElse(told, ForwardingNames.HOST, authority.text());
    return orElse(told, ForwardingNames.PORT, Integer.toString(port));
  }

  private static Fields orElse(Fields fields, String name, String value) {
    return fields.has(name) ? fields : fields.with(name, value);
  }

  /** One list with the new member behind all that were received. */
  private static Fields appended(Fields fields, String name, String member) {
    String before =
        String.join(", ", fields.values(name).stream().filter(list -> !list.isEmpty()).toList());
    return fields.without(name).with(name, before.isEmpty() ? member : before + ", " + member);
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

  private Fields withId(Fields fields, String id) {
    String header = rules.requestIdHeader();
    return header.isEmpty()
        ? fields
        : fields
            .without(field -> folded(field.name()).equalsIgnoreCase(folded(header)))
            .with(header, id);
  }

  /** The name that backends may take a name for. */
  private static String folded(String name) {
    return name.replace('_', '-');
  }
}
