package dev.gatehouse.e2e.http2;

import static dev.gatehouse.e2e.http2.ErrorCode.ENHANCE_YOUR_CALM;

import dev.gatehouse.e2e.L7Host;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps every rule, or breaks one, far too often.
 *
 * @param name what it does
 * @param kind by which it is counted; null if it is not to be
 */
record Abuse(String name, @Nullable String kind, Http2Case.Script script) {

  /** One that is told to calm down, and thrown out. */
  static Abuse ended(String name, String kind, Http2Case.Talk talk) {
    return new Abuse(
        name,
        kind,
        (host, path) -> {
          try (Http2Client client = Http2Client.connect(host, path)) {
            talk.run(client);
            client.connectionError(ENHANCE_YOUR_CALM);
          }
        });
  }

  /** One that is borne, or ended with more ceremony. */
  static Abuse borne(String name, Http2Case.Script script) {
    return new Abuse(name, null, script);
  }

  /** Sends frames of each stream, odd ones from 1, by a call for every ten of them. */
  static void flood(Http2Client client, int streams, IntFunction<Frame[]> frames) {
    for (int first = 0; first < streams; first += 10) {
      client.send(
          IntStream.range(first, Math.min(streams, first + 10))
              .mapToObj(i -> frames.apply(2 * i + 1))
              .flatMap(java.util.Arrays::stream)
              .toArray(Frame[]::new));
    }
  }

  /** The same frame so many times. */
  static void repeat(Http2Client client, int times, Frame frame) {
    client.send(java.util.Collections.nCopies(times, frame).toArray(Frame[]::new));
  }

  void run(L7Host host, String path) throws Exception {
    script.run(host, path);
  }
}
