package dev.gatehouse.proxy.http.guard;

import static dev.gatehouse.proxy.http.guard.SharedRules.require;

import dev.gatehouse.proxy.http.Authority;
import dev.gatehouse.proxy.http.ConnectionOptions;
import dev.gatehouse.proxy.http.ForwardingNames;
import dev.gatehouse.proxy.http.Framing;
import dev.gatehouse.proxy.http.Protocol;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.guard.Verdict.Accepted;
import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.Head;
import dev.gatehouse.wire.http.HttpVersion;
import dev.gatehouse.wire.http.RequestLine;
import dev.gatehouse.wire.tls.ServerName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one head of HTTP/1 means as a whole; its single lines are known to be sound.
 *
 * @param asked the name in the ClientHello
 */
record Http1Rules(
    RequestLine line, Fields fields, Optional<ServerName> asked, UnderscoreHeaders underscores) {

  /** What nobody may have taken away by naming it in {@code Connection}. */
  private static final Set<String> KEPT =
      Set.of("authorization", "content-length", "cookie", "host");

  private static final String WEB_SOCKET_VERSION = "13";

  Http1Rules(Head<RequestLine> head, Optional<ServerName> asked, UnderscoreHeaders underscores) {
    this(head.start(), head.fields(), asked, underscores);
  }

  Verdict judge() {
    Optional<Framing> framing = Framing.ofHttp1(fields, line.version(), new Framing.None());
    Optional<TargetForm> target = TargetForm.parse(line.method(), line.target());
    Optional<Authority> authority = target.flatMap(this::authority);
    Optional<Refusal> refusal =
        SharedRules.method(line.method())
            .or(() -> require(target.isPresent(), RefusalReason.REQUEST_LINE))
            .or(() -> require(framing.isPresent(), RefusalReason.FRAMING))
            .or(() -> require(authority.isPresent(), RefusalReason.HOST))
            .or(() -> require(areOptionsSound(), RefusalReason.HEADER))
            .or(() -> SharedRules.expectation(fields))
            .or(() -> underscores.refusal(fields));
    return refusal
        .<Verdict>map(Refusal::onHttp1)
        .orElseGet(() -> accepted(authority.orElseThrow(), framing.orElseThrow()));
  }

  private Verdict accepted(Authority authority, Framing framing) {
    Fields kept = underscores.apply(fields);
    Request request =
        new Request(
            Protocol.of(line.version()),
            line.method(),
            line.target(),
            authority,
            kept.without("Host"),
            framing,
            framing.isEmpty() && asksForWebSocket());
    return new Accepted(request, fields.count() - kept.count());
  }

  /** One host that no target contradicts; HTTP/1.0 may leave it to the ClientHello. */
  private Optional<Authority> authority(TargetForm target) {
    List<String> hosts = fields.values("Host");
    if (hosts.isEmpty() && line.version() == HttpVersion.HTTP_1_0) {
      return target.named().or(() -> asked.map(Authority::of));
    }
    return hosts.size() == 1
        ? Authority.parse(hosts.getFirst()).filter(target::agrees)
        : Optional.empty();
  }

  private boolean areOptionsSound() {
    ConnectionOptions options = ConnectionOptions.of(fields);
    return options.areTokens()
        && options.names().stream()
            .noneMatch(name -> KEPT.contains(name) || ForwardingNames.contains(name));
  }

  /** Any other upgrade is not forwarded, so that no backend speaks what the proxy does not. */
  private boolean asksForWebSocket() {
    return line.version() == HttpVersion.HTTP_1_1
        && line.method().equals("GET")
        && ConnectionOptions.of(fields).has("upgrade")
        && fields.only("Upgrade").filter("websocket"::equalsIgnoreCase).isPresent()
        && fields.only("Sec-WebSocket-Version").filter(WEB_SOCKET_VERSION::equals).isPresent();
  }
}
