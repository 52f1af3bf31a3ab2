package dev.gatehouse.cli.route;

import dev.gatehouse.cli.command.DurationConverter;
import dev.gatehouse.cli.command.EnumConverter;
import dev.gatehouse.cli.command.SizeConverter;
import dev.gatehouse.client.proxy.Backends;
import dev.gatehouse.client.proxy.L7Policy;
import dev.gatehouse.client.proxy.Route;
import dev.gatehouse.client.proxy.RouteLimits;
import dev.gatehouse.client.proxy.ServerTls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** What a route does with clients. */
final class RouteOptions {

  private static final class Mode extends EnumConverter<Route.Mode> {
    Mode() {
      super(Route.Mode.class);
    }
  }

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      converter = Mode.class,
      completionCandidates = Mode.class,
      description = "${COMPLETION-CANDIDATES}; default: l4, which passes TLS through.")
  private Route.Mode mode = Route.Mode.L4;

  @Option(names = "--cert", paramLabel = "FILE", description = "The certificate chain, for l7.")
  private Optional<Path> certificate = Optional.empty();

  @Option(names = "--key", paramLabel = "FILE", description = "The private key, for l7.")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--tls-min",
      paramLabel = "VERSION",
      description = "1.2 or 1.3; default: as for the whole proxy.")
  private String tlsMin = "";

  @Option(
      names = "--idle-timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Such as 5m; 0 is never. Default: as for the whole proxy.")
  private Optional<Duration> idleTimeout = Optional.empty();

  @Option(
      names = "--header-timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "How long the backend may take to answer. Default: as for the whole proxy.")
  private Optional<Duration> headerTimeout = Optional.empty();

  @Option(
      names = "--max-body",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Of a request, such as 1MiB; 0 is without limit. Default: as for the proxy.")
  private Optional<Long> maxBody = Optional.empty();

  @Option(
      names = "--policy",
      paramLabel = "TYPE=VALUE",
      converter = PolicyConverter.class,
      description = {
        "What requests are asked, in place of what the route asks now; may be repeated.",
        "TYPE is block_user_agent or require_header."
      })
  private List<L7Policy> policies = List.of();

  Route of(String hostname, Backends backends) {
    ServerTls tls = new ServerTls(file(certificate), file(key), tlsMin);
    RouteLimits limits =
        new RouteLimits(
            idleTimeout, headerTimeout, maxBody.map(OptionalLong::of).orElse(OptionalLong.empty()));
    return Route.of(hostname, mode, backends, tls).withLimits(limits).withPolicies(policies);
  }

  /** The daemon runs in another folder. */
  static String file(Optional<Path> file) {
    return file.map(path -> path.toAbsolutePath().toString()).orElse("");
  }
}
