package dev.gatehouse.cli.route;

import dev.gatehouse.cli.command.DurationConverter;
import dev.gatehouse.cli.command.EnumConverter;
import dev.gatehouse.client.proxy.BackendTls;
import dev.gatehouse.client.proxy.Backends;
import dev.gatehouse.client.proxy.ProxyHeader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What a route does with its backends. */
final class BackendOptions {

  private static final class Balance extends EnumConverter<Backends.Balance> {
    Balance() {
      super(Backends.Balance.class);
    }
  }

  private static final class Protocol extends EnumConverter<Backends.Protocol> {
    Protocol() {
      super(Backends.Protocol.class);
    }
  }

  private static final class Tlv extends EnumConverter<ProxyHeader.Tlv> {
    Tlv() {
      super(ProxyHeader.Tlv.class);
    }
  }

  @Option(
      names = "--backend",
      paramLabel = "HOST:PORT",
      description = "One more backend; may be repeated.")
  private List<String> more = List.of();

  @Option(
      names = "--balance",
      paramLabel = "BALANCE",
      converter = Balance.class,
      completionCandidates = Balance.class,
      description = "Of several backends: ${COMPLETION-CANDIDATES}; default: round_robin.")
  private Backends.Balance balance = Backends.Balance.ROUND_ROBIN;

  @Option(
      names = "--health-interval",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Between TCP checks of each backend; default: no checks.")
  private Duration healthInterval = Duration.ZERO;

  @Option(
      names = "--backend-protocol",
      paramLabel = "PROTOCOL",
      converter = Protocol.class,
      completionCandidates = Protocol.class,
      description = "For l7: ${COMPLETION-CANDIDATES}; default: auto.")
  private Backends.Protocol protocol = Backends.Protocol.AUTO;

  @Option(names = "--backend-tls", description = "Encrypt towards the backend, for l7.")
  private boolean tls;

  @Option(
      names = "--backend-no-verify",
      description = "Take any certificate of the backend: whoever answers there may read along.")
  private boolean noVerify;

  @Option(
      names = "--backend-ca",
      paramLabel = "FILE",
      description = "Authorities to trust instead of those of the system.")
  private Optional<Path> authorities = Optional.empty();

  @Option(
      names = "--backend-name",
      paramLabel = "NAME",
      description = "What the certificate of the backend must be for; default: its host.")
  private String name = "";

  @Option(names = "--send-proxy", description = "Tell the backend who the client is: PROXY v2.")
  private boolean sendProxy;

  @Option(
      names = "--proxy-tlv",
      paramLabel = "TLV",
      converter = Tlv.class,
      completionCandidates = Tlv.class,
      description = {
        "Tell this too: ${COMPLETION-CANDIDATES}; may be repeated.",
        "Implies --send-proxy."
      })
  private List<ProxyHeader.Tlv> tlvs = List.of();

  Backends of(String first) {
    List<String> addresses = Stream.concat(Stream.of(first), more.stream()).toList();
    return Backends.several(addresses, balance, healthInterval)
        .withProtocol(protocol)
        .withTls(new BackendTls(tls, !noVerify, RouteOptions.file(authorities), name))
        .withProxyHeader(new ProxyHeader(sendProxy || !tlvs.isEmpty(), tlvs));
  }
}
