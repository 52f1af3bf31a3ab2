package dev.gatehouse.e2e.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.L7Host;
import dev.gatehouse.e2e.http.Exchange;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One row of the conformance table: what a client does, and what has to come of it.
 *
 * @param id the row's name, then the variant's
 */
record Http1Case(String id, Script script) {

  /** How far a backend may have heard of a request that is refused. */
  enum Heard {
    NOTHING,
    /** Its head, where the fault is in a body that streams; never its end. */
    HEAD
  }

  /** What a client does; {@code path} is below no other case's path. */
  @FunctionalInterface
  interface Script {
    void run(L7Host host, String path) throws Exception;
  }

  /** A look at an answer, beside the request as the backend got it. */
  @FunctionalInterface
  interface Look {
    void at(Http1Response response, Exchange received);
  }

  /** The same request, refused by itself and with another one right behind it. */
  static Stream<Http1Case> refused(String id, Heard heard, String template, Integer... statuses) {
    return Stream.of(
        new Http1Case(
            id + ": is refused",
            (host, path) -> assertRefused(host, path, heard, request(template, path), statuses)),
        new Http1Case(
            id + ": and what follows is not read",
            (host, path) ->
                assertRefused(
                    host, path, heard, request(template, path) + second(path), statuses)));
  }

  /** The same request, served by itself and with another one right behind it. */
  static Stream<Http1Case> served(String id, String method, String template, Look look) {
    return Stream.of(
        new Http1Case(
            id + ": is served",
            (host, path) -> assertServed(host, path, method, request(template, path), look)),
        new Http1Case(
            id + ": and what follows is another request",
            (host, path) -> assertFollowed(host, path, method, request(template, path), look)));
  }

  /** Puts the case's path and the host's name into a template. */
  static String request(String template, String path) {
    return template.replace("{path}", path).replace("{host}", L7Host.NAME);
  }

  static String second(String path) {
    return request("GET {path}second HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", path);
  }

  private static void assertRefused(
      L7Host host, String path, Heard heard, String request, Integer... statuses) throws Exception {
    try (Http1Client client = Http1Client.connect(host)) {
      Http1Response response = client.send(request).response("GET");
      if (!Arrays.asList(statuses).contains(response.status())) {
        throw client.failed(
            "answer: " + response + " (expected: one of " + List.of(statuses) + ")");
      }
      List<Http1Response> more = client.untilClosed();
      if (!more.isEmpty()) {
        throw client.failed("after the refusal: " + more + " (expected: closed)");
      }
      assertUnheard(host, path, heard, client);
    }
  }

  private static void assertUnheard(L7Host host, String path, Heard heard, Http1Client client) {
    boolean second = host.backend().saw(path + "second");
    boolean more =
        switch (heard) {
          case NOTHING -> host.backend().saw(path);
          case HEAD -> host.backend().requests(path).stream().anyMatch(Exchange::isComplete);
        };
    if (second || more) {
      throw client.failed("the backend got: " + host.backend().conversations(path));
    }
  }

  private static void assertServed(
      L7Host host, String path, String method, String request, Look look) throws Exception {
    try (Http1Client client = Http1Client.connect(host)) {
      Http1Response response = client.send(request).finalResponse(method);
      look(host, path, response, look, client);
    }
  }

  private static void assertFollowed(
      L7Host host, String path, String method, String request, Look look) throws Exception {
    try (Http1Client client = Http1Client.connect(host)) {
      Http1Response response = client.send(request + second(path)).finalResponse(method);
      look(host, path, response, look, client);
      List<Http1Response> rest = client.untilClosed();
      if (rest.size() != 1 || rest.getFirst().status() != 200) {
        throw client.failed("after the first response: " + rest + " (expected: one more, 200)");
      }
    }
  }

  private static void look(
      L7Host host, String path, Http1Response response, Look look, Http1Client client) {
    try {
      List<Exchange> received = host.backend().requests(path);
      assertThat(received).as("requests at the backend").isNotEmpty();
      look.at(response, received.getFirst());
    } catch (AssertionError e) {
      AssertionError told = client.failed(e.getMessage() + "\nanswer: " + response);
      told.initCause(e);
      throw told;
    }
  }

  /** Any success with that body. */
  static Look body(String expected) {
    return (response, _) -> {
      assertThat(response.status()).as("status").isBetween(200, 299);
      assertThat(response.body()).as("body").isEqualTo(expected);
    };
  }
}
