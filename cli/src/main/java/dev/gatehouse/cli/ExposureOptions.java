package dev.gatehouse.cli;

import dev.gatehouse.cli.exposure.ExposureSelection;
import dev.gatehouse.v1.Protocol;
import dev.gatehouse.v1.Scope;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which part of the exposure to show. */
final class ExposureOptions {

  /** From how far a listener can be reached. */
  enum Reach {
    LOOPBACK(Scope.SCOPE_LOOPBACK),
    PRIVATE(Scope.SCOPE_PRIVATE),
    PUBLIC(Scope.SCOPE_PUBLIC);

    private final Scope scope;

    Reach(Scope scope) {
      this.scope = scope;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The transport of a listener. */
  enum Transport {
    TCP(Protocol.PROTOCOL_TCP),
    UDP(Protocol.PROTOCOL_UDP);

    private final Protocol protocol;

    Transport(Protocol protocol) {
      this.protocol = protocol;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(names = "--public", description = "Only what can be reached from anywhere.")
  private boolean publicOnly;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description = "This scope and wider: ${COMPLETION-CANDIDATES}.")
  private Optional<Reach> reach = Optional.empty();

  @Option(
      names = "--proto",
      paramLabel = "PROTO",
      description = "Only this protocol: ${COMPLETION-CANDIDATES}.")
  private Optional<Transport> transport = Optional.empty();

  @Option(
      names = "--all-namespaces",
      description = "Also other network namespaces, where the daemon scans them.")
  private boolean allNamespaces;

  @Option(
      names = "--drift",
      description = "Only what differs from watch.expected, and what is missing.")
  private boolean driftOnly;

  boolean allNamespaces() {
    return allNamespaces;
  }

  boolean driftOnly() {
    return driftOnly;
  }

  Scope minScope() {
    return publicOnly
        ? Scope.SCOPE_PUBLIC
        : reach.map(asked -> asked.scope).orElse(Scope.SCOPE_UNSPECIFIED);
  }

  ExposureSelection selection() {
    return new ExposureSelection(
        minScope(),
        transport.map(asked -> asked.protocol).orElse(Protocol.PROTOCOL_UNSPECIFIED),
        driftOnly);
  }
}
