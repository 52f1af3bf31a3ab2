package dev.gatehouse.e2e.http1;

import static dev.gatehouse.e2e.http1.Http1Case.request;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.http.RecordingBackend.Answer;
import java.util.List;
import java.util.stream.Stream;

/** What a backend may not answer, and how a client is told: the rows of H1-SMUGGLE-RESP. */
final class ResponseRows {

  private static final String GET = "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n";
  private static final String OK = "HTTP/1.1 200 Fine\r\n";
  private static final String EVIL = "HTTP/1.1 200 Evil\r\nContent-Length: 4\r\n\r\nevil";

  private ResponseRows() {}

  static Stream<Http1Case> all() {
    return Stream.of(bad(), cut(), Stream.of(pairing(), surplus(), stripped(), encoded()))
        .flatMap(rows -> rows);
  }

  private static Stream<Http1Case> bad() {
    String chunk = "\r\n5\r\nhello\r\n0\r\n\r\n";
    return Stream.of(
        bad("CL and TE", OK + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n" + chunk),
        bad("two lengths", OK + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"),
        bad("length +5", OK + "Content-Length: +5\r\n\r\nhello"),
        bad("length 5, 5", OK + "Content-Length: 5, 5\r\n\r\nhello"),
        bad("empty length", OK + "Content-Length: \r\n\r\nhello"),
        bad("unknown coding", OK + "Transfer-Encoding: gzip\r\n" + chunk),
        bad("chunked twice", OK + "Transfer-Encoding: chunked, chunked\r\n" + chunk),
        bad("LF after the status line", "HTTP/1.1 200 Fine\nContent-Length: 5\r\n\r\nhello"),
        bad("LF after a field", OK + "X-A: b\nContent-Length: 5\r\n\r\nhello"),
        bad("CR in a value", OK + "X-A: b\rc\r\nContent-Length: 5\r\n\r\nhello"),
        bad("NUL in a value", OK + "X-A: b\0c\r\nContent-Length: 5\r\n\r\nhello"),
        bad("folded field", OK + "X-A: b\r\n c\r\nContent-Length: 5\r\n\r\nhello"),
        bad("space before the colon", OK + "Content-Length : 5\r\n\r\nhello"),
        bad("name not a token", OK + "Bad[Name: 5\r\nContent-Length: 5\r\n\r\nhello"),
        bad("no colon", OK + "NoColon\r\nContent-Length: 5\r\n\r\nhello"),
        bad("status of two digits", "HTTP/1.1 20 Fine\r\nContent-Length: 5\r\n\r\nhello"),
        bad("status 099", "HTTP/1.1 099 Fine\r\nContent-Length: 5\r\n\r\nhello"),
        bad("status +20", "HTTP/1.1 +20 Fine\r\nContent-Length: 5\r\n\r\nhello"),
        bad("status abc", "HTTP/1.1 abc Fine\r\nContent-Length: 5\r\n\r\nhello"),
        bad("HTTP/2.0", "HTTP/2.0 200 Fine\r\nContent-Length: 5\r\n\r\nhello"),
        bad("101 unasked", "HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"),
        bad("300 fields", OK + "X-A: b\r\n".repeat(300) + "Content-Length: 5\r\n\r\nhello"),
        bad("70 KiB of fields", OK + "X-A: " + "b".repeat(70_000) + "\r\n\r\n"),
        bad("no HTTP at all", "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"),
        bad("nothing", ""));
  }

  private static Http1Case bad(String what, String bytes) {
    return new Http1Case(
        "H1-SMUGGLE-RESP " + what,
        (host, path) -> {
          host.backend().answer(path, sendAndClose(bytes));
          try (Http1Client client = Http1Client.connect(host)) {
            Http1Response response = client.send(request(GET, path)).response("GET");
            if (response.status() != 502) {
              throw client.failed("answer: " + response + " (expected: 502)");
            }
          }
        });
  }

  private static Answer sendAndClose(String bytes) {
    return exchange -> {
      exchange.send(bytes);
      exchange.close();
    };
  }

  private static Stream<Http1Case> cut() {
    return Stream.of(
        cut("before its length", OK + "Content-Length: 10\r\n\r\nhello"),
        cut("before its last chunk", OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
        cut("in a chunk", OK + "Transfer-Encoding: chunked\r\n\r\na\r\nhello"),
        cut("at a bad chunk", OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nxyz\r\n"));
  }

  /** What was promised and does not come must not look as if it had. */
  private static Http1Case cut(String what, String bytes) {
    return new Http1Case(
        "H1-SMUGGLE-RESP ends " + what,
        (host, path) -> {
          host.backend().answer(path, sendAndClose(bytes));
          try (Http1Client client = Http1Client.connect(host)) {
            client.send(request(GET, path) + Http1Case.second(path));
            List<Http1Response> all = client.untilClosed();
            boolean cutOff = all.size() == 1 && !all.getFirst().whole();
            if (!cutOff && (all.isEmpty() || all.getFirst().status() != 502)) {
              throw client.failed("answers: " + all + " (expected: one that is cut off, or 502)");
            }
          }
        });
  }

  /** An interim response belongs to the request that it was sent for, and takes nobody's place. */
  private static Http1Case pairing() {
    return new Http1Case(
        "H1-SMUGGLE-RESP 103, 200, then the 200 of HEAD",
        (host, path) -> {
          host.backend()
              .answer(
                  path,
                  exchange -> {
                    if (exchange.line().startsWith("GET")) {
                      exchange.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
                    }
                    exchange.answer(200, exchange.target().getBytes(US_ASCII));
                  });
          try (Http1Client client = Http1Client.connect(host)) {
            String head = "HEAD {path}head HTTP/1.1\r\nHost: {host}\r\n\r\n";
            client.send(request(GET + head, path) + Http1Case.second(path));
            assertThat(client.response("GET").status()).isEqualTo(103);
            assertThat(client.response("GET").body()).isEqualTo(path);
            assertThat(client.response("HEAD").status()).isEqualTo(200);
            assertThat(client.response("GET").status()).isEqualTo(103);
            assertThat(client.response("GET").body()).isEqualTo(path + "second");
          }
        });
  }

  /** What comes behind a response is an answer to nobody. */
  private static Http1Case surplus() {
    return new Http1Case(
        "H1-SMUGGLE-RESP bytes after the response",
        (host, path) -> {
          host.backend()
              .answer(
                  path + "bad",
                  exchange -> exchange.send(OK + "Content-Length: 2\r\n\r\nok" + EVIL));
          try (Http1Client client = Http1Client.connect(host)) {
            for (int i = 0; i < 10; i++) {
              client.send(request(GET, path + "bad"));
              assertThat(client.response("GET").body()).isEqualTo("ok");
              client.send(request(GET, path + "good"));
              assertThat(client.response("GET").body()).isEmpty();
            }
          }
        });
  }

  private static Http1Case stripped() {
    return new Http1Case(
        "H1-SMUGGLE-RESP fields of the connection stay on it",
        (host, path) -> {
          host.backend()
              .answer(
                  path,
                  exchange ->
                      exchange.send(
                          OK
                              + "Connection: keep-alive, X-Private\r\nX-Private: a\r\n"
                              + "Keep-Alive: timeout=5\r\nProxy-Connection: keep-alive\r\n"
                              + "Alt-Svc: h3=\":443\"\r\nX-Public: b\r\n"
                              + "Content-Length: 0\r\n\r\n"));
          try (Http1Client client = Http1Client.connect(host)) {
            Http1Response response = client.send(request(GET, path)).response("GET");
            assertThat(response.field("X-Public")).containsExactly("b");
            assertThat(response.head())
                .doesNotContainIgnoringCase("x-private:")
                .doesNotContainIgnoringCase("keep-alive:")
                .doesNotContainIgnoringCase("proxy-connection")
                .doesNotContainIgnoringCase("alt-svc");
          }
        });
  }

  /** What is compressed stays so: nobody looks into it on the way. */
  private static Http1Case encoded() {
    return new Http1Case(
        "H1-SMUGGLE-RESP a body that is said to be compressed",
        (host, path) -> {
          host.backend()
              .answer(
                  path,
                  exchange ->
                      exchange.send(
                          OK + "Content-Encoding: br\r\nContent-Length: 5\r\n\r\n\0\1\2\3\4"));
          try (Http1Client client = Http1Client.connect(host)) {
            Http1Response response = client.send(request(GET, path)).response("GET");
            assertThat(response.field("Content-Encoding")).containsExactly("br");
            assertThat(response.body()).isEqualTo("\0\1\2\3\4");
          }
        });
  }
}
