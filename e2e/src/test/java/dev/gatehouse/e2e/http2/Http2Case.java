package dev.gatehouse.e2e.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.L7Host;

/**
 * One rule of HTTP/2 or HPACK, and a client that keeps it or breaks it.
 *
 * @param rule the section, then what the client does
 */
record Http2Case(String rule, Script script) {

  /** What is done; {@code path} is below no other case's path. */
  @FunctionalInterface
  interface Script {
    void run(L7Host host, String path) throws Exception;
  }

  /** What is done on a connection that has exchanged prefaces. */
  @FunctionalInterface
  interface Talk {
    void run(Http2Client client) throws Exception;
  }

  /** A rule about a connection that has exchanged prefaces. */
  static Http2Case rule(String rule, Talk talk) {
    return new Http2Case(rule, connected(talk));
  }

  /** The same about one that has not. */
  static Http2Case atFirst(String rule, Talk talk) {
    return new Http2Case(
        rule,
        (host, path) -> {
          try (Http2Client client = Http2Client.silent(host, path)) {
            talk.run(client);
          }
        });
  }

  /** A rule whose breach the backend must not even hear of. */
  static Http2Case unheard(String rule, Talk talk) {
    return new Http2Case(
        rule,
        (host, path) -> {
          connected(talk).run(host, path);
          assertThat(host.backend().conversations(path)).as("what the backend got").isEmpty();
        });
  }

  private static Script connected(Talk talk) {
    return (host, path) -> {
      try (Http2Client client = Http2Client.connect(host, path)) {
        talk.run(client);
      }
    };
  }
}
