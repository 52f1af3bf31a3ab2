package dev.gatehouse.e2e.http1;

import static dev.gatehouse.e2e.http1.Http1Case.refused;
import static dev.gatehouse.e2e.http1.Http1Case.request;
import static dev.gatehouse.e2e.http1.Http1Case.served;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.http.Exchange;
import dev.gatehouse.e2e.http1.Http1Case.Heard;
import java.util.List;
import java.util.stream.Stream;

/** What becomes of requests that are well formed: the rows from H1-BODY to H1-UPGRADE. */
final class BehaviourRows {

  private static final String HOST = "Host: {host}\r\n";
  private static final String GET = "GET {path} HTTP/1.1\r\n" + HOST;
  private static final String POST = "POST {path} HTTP/1.1\r\n" + HOST;

  private BehaviourRows() {}

  static Stream<Http1Case> all() {
    return Stream.of(bodies(), unfinished(), bodiless(), expectations(), connections(), upgrades())
        .flatMap(rows -> rows);
  }

  private static Stream<Http1Case> bodies() {
    return Stream.of(
            served("H1-BODY POST without a length", "POST", POST + "\r\n", Http1Case.body("")),
            served(
                "H1-BODY length 0", "POST", POST + "Content-Length: 0\r\n\r\n", Http1Case.body("")))
        .flatMap(rows -> rows);
  }

  /** Nothing more comes, so each ends at a deadline; there is no telling a second request apart. */
  private static Stream<Http1Case> unfinished() {
    return Stream.of(
        late("5 of 10 bytes", POST + "Content-Length: 10\r\n\r\nhello"),
        late("no last chunk", POST + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
        late("half a chunk", POST + "Transfer-Encoding: chunked\r\n\r\n5\r\nhe"),
        late("no end of trailers", POST + "Transfer-Encoding: chunked\r\n\r\n0\r\nX-A: b\r\n"),
        late("nothing of very much", POST + "Content-Length: 999999999\r\n\r\n"),
        late("half a head", POST + "Content-Len"));
  }

  private static Http1Case late(String what, String template) {
    return new Http1Case(
        "H1-BODY " + what,
        (host, path) -> {
          try (Http1Client client = Http1Client.connect(host)) {
            List<Http1Response> all = client.send(request(template, path)).untilClosed();
            if (all.size() != 1 || all.getFirst().status() != 408) {
              throw client.failed("answers: " + all + " (expected: one, 408)");
            }
            assertThat(host.backend().requests(path)).noneMatch(Exchange::isComplete);
          }
        });
  }

  private static Stream<Http1Case> bodiless() {
    Stream<Http1Case> bodies =
        Stream.of("GET", "HEAD", "OPTIONS", "DELETE")
            .flatMap(
                method ->
                    Stream.of("hello", "GET / HTTP/1.1\r\nHost: ")
                        .flatMap(body -> with(method, body)));
    return Stream.concat(bodies, Stream.of(poisoned()));
  }

  private static Stream<Http1Case> with(String method, String body) {
    String template =
        method + " {path} HTTP/1.1\r\n" + HOST + "Content-Length: " + body.length() + "\r\n\r\n";
    return served(
        "H1-BODYLESS " + method + " with " + Printable.of(body),
        method,
        template + body,
        (response, received) -> {
          assertThat(response.status()).isEqualTo(200);
          assertThat(bodyOf(received)).isEqualTo(body);
        });
  }

  private static Http1Case poisoned() {
    return new Http1Case(
        "H1-BODYLESS length 0 and a byte more",
        (host, path) -> {
          try (Http1Client client = Http1Client.connect(host)) {
            String first = request(POST + "Content-Length: 0\r\n\r\n", path);
            client.send(first + "\0" + Http1Case.second(path));
            List<Integer> statuses =
                client.untilClosed().stream().map(Http1Response::status).toList();
            if (!statuses.equals(List.of(200, 400)) || host.backend().saw(path + "second")) {
              throw client.failed("answers: " + statuses + " (expected: 200 and 400)");
            }
          }
        });
  }

  private static String bodyOf(Exchange received) {
    try {
      return new String(received.body(), java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Stream<Http1Case> expectations() {
    String fields = "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n";
    Stream<Http1Case> refused =
        refused(
            "H1-EXPECT another expectation",
            Heard.NOTHING,
            POST + "Expect: 200-ok\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello",
            417);
    Stream<Http1Case> atOnce =
        served("H1-EXPECT body at once", "POST", POST + fields + "hello", Http1Case.body("hello"));
    return Stream.of(
            refused, atOnce, Stream.of(afterContinue(fields), noContinueForOneZero(fields)))
        .flatMap(rows -> rows);
  }

  private static Http1Case afterContinue(String fields) {
    return new Http1Case(
        "H1-EXPECT body after 100",
        (host, path) -> {
          host.backend()
              .answer(
                  path,
                  exchange -> {
                    exchange.send("HTTP/1.1 100 Continue\r\n\r\n");
                    exchange.answer(200, exchange.body());
                  });
          try (Http1Client client = Http1Client.connect(host)) {
            Http1Response interim = client.send(request(POST + fields, path)).response("POST");
            assertThat(interim.status()).isEqualTo(100);
            Http1Response last = client.send("hello").response("POST");
            assertThat(last.status()).isEqualTo(200);
            assertThat(last.body()).isEqualTo("hello");
          }
        });
  }

  private static Http1Case noContinueForOneZero(String fields) {
    return new Http1Case(
        "H1-EXPECT no 100 to HTTP/1.0",
        (host, path) -> {
          host.backend()
              .answer(
                  path,
                  exchange -> {
                    exchange.send("HTTP/1.1 100 Continue\r\n\r\n");
                    exchange.answer(200, exchange.body());
                  });
          try (Http1Client client = Http1Client.connect(host)) {
            String request = request("POST {path} HTTP/1.0\r\n" + HOST + fields + "hello", path);
            List<Http1Response> all = client.send(request).untilClosed();
            assertThat(all).extracting(Http1Response::status).containsExactly(200);
          }
        });
  }

  private static Stream<Http1Case> connections() {
    return Stream.of(
        closes("H1-CONN close", GET + "Connection: close\r\n\r\n"),
        closes("H1-CONN close among others", GET + "Connection: x, CLOSE\r\n\r\n"),
        closes("H1-CONN HTTP/1.0", "GET {path} HTTP/1.0\r\n" + HOST + "\r\n"),
        closes(
            "H1-CONN HTTP/1.0 keep-alive",
            "GET {path} HTTP/1.0\r\n" + HOST + "Connection: keep-alive\r\n\r\n"),
        closes("H1-HOST none on HTTP/1.0", "GET {path} HTTP/1.0\r\n\r\n"),
        staysOpen(),
        pipelined());
  }

  private static Http1Case closes(String id, String template) {
    return new Http1Case(
        id,
        (host, path) -> {
          try (Http1Client client = Http1Client.connect(host)) {
            client.send(request(template, path) + Http1Case.second(path));
            List<Http1Response> all = client.untilClosed();
            if (all.size() != 1 || all.getFirst().status() != 200) {
              throw client.failed("answers: " + all + " (expected: one, 200)");
            }
            assertThat(host.backend().saw(path + "second")).isFalse();
          }
        });
  }

  private static Http1Case staysOpen() {
    return new Http1Case(
        "H1-CONN stays open",
        (host, path) -> {
          try (Http1Client client = Http1Client.connect(host)) {
            for (int i = 0; i < 5; i++) {
              Http1Response response = client.send(request(GET + "\r\n", path)).response("GET");
              assertThat(response.status()).isEqualTo(200);
              assertThat(response.field("connection")).doesNotContain("close");
            }
          }
        });
  }

  private static Http1Case pipelined() {
    return new Http1Case(
        "H1-CONN pipelined answers come in order",
        (host, path) -> {
          host.backend()
              .answer(path, exchange -> exchange.answer(200, exchange.target().getBytes(US_ASCII)));
          try (Http1Client client = Http1Client.connect(host)) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 20; i++) {
              requests.append(request(GET + "\r\n", path + i));
            }
            client.send(requests.toString());
            for (int i = 0; i < 20; i++) {
              assertThat(client.response("GET").body()).isEqualTo(path + i);
            }
          }
        });
  }

  private static Stream<Http1Case> upgrades() {
    String socket = "Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    String version = "Sec-WebSocket-Version: 13\r\n";
    String connection = "Connection: Upgrade\r\n";
    return Stream.of(
            ordinary(
                "POST",
                "POST {path} HTTP/1.1\r\n"
                    + HOST
                    + connection
                    + socket
                    + version
                    + "Content-Length: 0\r\n\r\n"),
            ordinary("no Connection", GET + socket + version + "\r\n"),
            ordinary("unknown protocol", GET + connection + "Upgrade: foo/2\r\n\r\n"),
            ordinary(
                "h2c",
                GET
                    + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                    + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n"),
            ordinary("version 12", GET + connection + socket + "Sec-WebSocket-Version: 12\r\n\r\n"))
        .flatMap(rows -> rows);
  }

  /** A backend that knows nothing of upgrades answers, and nothing of them is left in between. */
  private static Stream<Http1Case> ordinary(String what, String template) {
    return served(
        "H1-UPGRADE " + what,
        template.substring(0, template.indexOf(' ')),
        template,
        (response, received) -> {
          assertThat(response.status()).isEqualTo(200);
          assertThat(received.field("HTTP2-Settings")).isEmpty();
          if (!what.startsWith("version")) {
            assertThat(received.field("Upgrade")).isEmpty();
          }
        });
  }
}
