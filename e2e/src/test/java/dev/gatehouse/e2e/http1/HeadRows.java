package dev.gatehouse.e2e.http1;

import static dev.gatehouse.e2e.http1.Http1Case.refused;
import static dev.gatehouse.e2e.http1.Http1Case.served;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.http1.Http1Case.Heard;
import java.util.stream.Stream;

/** Request lines and fields: the rows from H1-LINE to H1-METHOD, and H1-COOKIE. */
final class HeadRows {

  private static final String GET = "GET {path} HTTP/1.1\r\n";
  private static final String HOST = "Host: {host}\r\n";
  private static final String END = "\r\n";

  private HeadRows() {}

  static Stream<Http1Case> all() {
    return Stream.of(
            lines(),
            versions(),
            hosts(),
            targets(),
            plainTargets(),
            fields(),
            sizes(),
            methods(),
            cookies())
        .flatMap(rows -> rows);
  }

  private static Stream<Http1Case> lines() {
    return Stream.of(
            bad("H1-LINE", "LF after the request line", "GET {path} HTTP/1.1\n" + HOST + END),
            bad("H1-LINE", "LF after a field", GET + HOST + "X-A: b\n" + END),
            bad("H1-LINE", "LF for the empty line", GET + HOST + "\n"),
            bad("H1-LINE", "all LF", "GET {path} HTTP/1.1\nHost: {host}\n\n"),
            bad("H1-LINE", "CR only", "GET {path} HTTP/1.1\rHost: {host}\r\r"),
            bad("H1-LINE", "CR CR LF", "GET {path} HTTP/1.1\r\r\n" + HOST + END),
            bad("H1-LINE", "two spaces before the target", "GET  {path} HTTP/1.1\r\n" + HOST + END),
            bad("H1-LINE", "two spaces after the target", "GET {path}  HTTP/1.1\r\n" + HOST + END),
            bad("H1-LINE", "space at the end", "GET {path} HTTP/1.1 \r\n" + HOST + END),
            bad("H1-LINE", "space at the begin", " GET {path} HTTP/1.1\r\n" + HOST + END),
            bad("H1-LINE", "TAB before the target", "GET\t{path} HTTP/1.1\r\n" + HOST + END),
            bad("H1-LINE", "TAB after the target", "GET {path}\tHTTP/1.1\r\n" + HOST + END),
            bad("H1-LINE", "no target", "GET HTTP/1.1\r\n" + HOST + END),
            bad("H1-LINE", "empty target", "GET  HTTP/1.1\r\n" + HOST + END),
            bad("H1-LINE", "no method", "{path} HTTP/1.1\r\n" + HOST + END),
            bad("H1-LINE", "HTTP/1", "GET {path} HTTP/1\r\n" + HOST + END),
            bad("H1-LINE", "HTTP/01.01", "GET {path} HTTP/01.01\r\n" + HOST + END),
            bad("H1-LINE", "HTTP/ 1.1", "GET {path} HTTP/ 1.1\r\n" + HOST + END),
            bad("H1-LINE", "HTTP/1.10", "GET {path} HTTP/1.10\r\n" + HOST + END),
            bad("H1-LINE", "http/1.1", "GET {path} http/1.1\r\n" + HOST + END),
            bad("H1-LINE", "HTTPS/1.1", "GET {path} HTTPS/1.1\r\n" + HOST + END),
            bad("H1-LINE", "0.9", "GET {path}\r\n" + END),
            bad("H1-LINE", "leading CRLF", "\r\n" + GET + HOST + END),
            bad("H1-LINE", "leading LF", "\n" + GET + HOST + END),
            bad("H1-LINE", "leading CR", "\r" + GET + HOST + END),
            bad("H1-LINE", "leading NUL", "\0" + GET + HOST + END),
            bad("H1-LINE", "leading SOH", "\1" + GET + HOST + END),
            bad("H1-LINE", "a line of white space", "  \r\n" + GET + HOST + END),
            bad("H1-LINE", "space before the first field", GET + " X-A: b\r\n" + HOST + END),
            bad("H1-LINE", "TAB before the first field", GET + "\tX-A: b\r\n" + HOST + END))
        .flatMap(rows -> rows);
  }

  private static Stream<Http1Case> versions() {
    return Stream.of(
            "GET {path} HTTP/1.2",
            "GET {path} HTTP/1.9",
            "GET {path} HTTP/2.0",
            "GET {path} HTTP/3.0",
            "GET {path} HTTP/9.9",
            "PRI * HTTP/2.0")
        .flatMap(
            line ->
                refused(
                    "H1-VERSION " + Printable.of(line),
                    Heard.NOTHING,
                    line + "\r\n" + HOST + END,
                    505));
  }

  private static Stream<Http1Case> hosts() {
    Stream<Http1Case> bad =
        Stream.of(
                "",
                "Host:\r\n",
                "Host: \r\n",
                HOST + "Host: other.example\r\n",
                HOST + HOST,
                "Host: {host}, other.example\r\n",
                "Host: {host} other.example\r\n",
                "Host: user@{host}\r\n",
                "Host: {host}/path\r\n",
                "Host: {host}?q\r\n",
                "Host: {host}#f\r\n",
                "Host: {host}:port\r\n",
                "Host: {host}:99999\r\n",
                "Host: {host}:-1\r\n",
                "Host: https://{host}\r\n",
                "Host: [::1\r\n")
            .flatMap(host -> bad("H1-HOST", Printable.of(host), GET + host + END));
    Stream<Http1Case> others =
        Stream.of(
                bad(
                    "H1-HOST",
                    "absolute target of another name",
                    "GET https://other.example{path} HTTP/1.1\r\n" + HOST + END),
                refused(
                    "H1-HOST another name",
                    Heard.NOTHING,
                    GET + "Host: other.example\r\nConnection: close\r\n" + END,
                    421))
            .flatMap(rows -> rows);
    return Stream.of(bad, others).flatMap(rows -> rows);
  }

  private static Stream<Http1Case> targets() {
    return Stream.of(
            "*",
            "{path}#frag",
            "{path}a b",
            "{path}\0",
            "{path}\u0001",
            "{path}\u007f",
            "{path}\u00c3",
            "{path}\u00c0\u00af",
            "noslash{path}",
            "http:{path}",
            "ftp://{host}{path}",
            "https://user@{host}{path}",
            "https://{path}",
            "{host}:443")
        .flatMap(
            target ->
                bad(
                    "H1-TARGET",
                    Printable.of(target),
                    "GET " + target + " HTTP/1.1\r\nX-Case: {path}\r\n" + HOST + END));
  }

  private static Stream<Http1Case> plainTargets() {
    return Stream.of(
            passed("GET", "{path}%00", "{path}%00"),
            passed("GET", "{path}%0d%0aX:%20y", "{path}%0d%0aX:%20y"),
            passed("GET", "{path}a\\b", "{path}a\\b"),
            passed("GET", "//{path}", "//{path}"),
            passed("GET", "{path}/../x", "{path}/../x"),
            passed("GET", "{path}%2e%2e%2f", "{path}%2e%2e%2f"),
            passed("GET", "{path}?a=b?c&d=%", "{path}?a=b?c&d=%"),
            passed("GET", "{path}" + "a".repeat(8000), "{path}" + "a".repeat(8000)),
            passed("OPTIONS", "*", "*"),
            passed("GET", "https://{host}{path}", "{path}"),
            passed("GET", "http://{host}{path}", "{path}"))
        .flatMap(rows -> rows);
  }

  /** An absolute form may go on as it is, or as the origin form that says the same. */
  private static Stream<Http1Case> passed(String method, String target, String expected) {
    String request = method + " " + target + " HTTP/1.1\r\nX-Case: {path}\r\n" + HOST + END;
    return served(
        "H1-TARGET-OK " + method + " " + Printable.of(target),
        method,
        request,
        (response, received) -> {
          String path = received.field("X-Case").getFirst();
          assertThat(response.status()).isEqualTo(200);
          assertThat(received.target())
              .isIn(Http1Case.request(expected, path), Http1Case.request(target, path));
        });
  }

  private static Stream<Http1Case> fields() {
    return Stream.of(
            ": value",
            " : value",
            "NoColon",
            "Bad[Name: x",
            "Bad(Name: x",
            "Bad\"Name: x",
            "Bad Name: x",
            "Bad\tName: x",
            "X-Space : x",
            "X-Tab\t: x",
            "X-\u00e9: x",
            "X-A: b\r\n folded",
            "X-A: b\r\n\tfolded",
            "X-A: b\rc",
            "X-A: b\nc",
            "X-A: b\0c",
            "X-A: b\u0007c",
            "X-A: b\bc",
            "X-A: b\u000bc",
            "X-A: b\u007fc",
            "\0X-A: b",
            "Connection: Host",
            "Connection: Content-Length",
            "Connection: Authorization",
            "Connection: X-Forwarded-For",
            "Connection: Cookie")
        .flatMap(field -> bad("H1-FIELD", Printable.of(field), GET + HOST + field + "\r\n" + END));
  }

  private static Stream<Http1Case> sizes() {
    String big = "a".repeat(100 * 1024);
    return Stream.of(
            sized("100 KiB target", "GET {path}" + big + " HTTP/1.1\r\n" + HOST + END, 414),
            sized(
                "9 KiB target",
                "GET {path}" + "a".repeat(9000) + " HTTP/1.1\r\n" + HOST + END,
                414),
            sized("a field of 64 KiB", GET + HOST + "X-A: " + "b".repeat(65536) + END + END, 431),
            sized("a name of 64 KiB", GET + HOST + "X" + "b".repeat(65536) + ": c\r\n" + END, 431),
            sized("129 fields", GET + HOST + "X-A: b\r\n".repeat(128) + END, 431),
            sized(
                "40 fields of 2 KiB",
                GET + HOST + ("X-A: " + "b".repeat(2048) + END).repeat(40) + END,
                431),
            sized(
                "a method of 33 bytes", "M".repeat(33) + " {path} HTTP/1.1\r\n" + HOST + END, 400),
            sized(
                "a method of 64 KiB",
                "M".repeat(65536) + " {path} HTTP/1.1\r\n" + HOST + END,
                400,
                414),
            served(
                "H1-SIZE 128 fields",
                "GET",
                GET + HOST + "X-A: b\r\n".repeat(127) + END,
                Http1Case.body("")))
        .flatMap(rows -> rows);
  }

  private static Stream<Http1Case> sized(String what, String request, Integer... statuses) {
    return refused("H1-SIZE " + what, Heard.NOTHING, request, statuses);
  }

  private static Stream<Http1Case> methods() {
    String connect = "CONNECT {host}:443 HTTP/1.1\r\nX-Case: {path}\r\n" + HOST + END;
    String body = "Content-Length: 5\r\n" + END + "hello";
    return Stream.of(
            refused("H1-METHOD CONNECT", Heard.NOTHING, connect, 501),
            refused(
                "H1-METHOD TRACE",
                Heard.NOTHING,
                "TRACE {path} HTTP/1.1\r\nConnection: close\r\n" + HOST + END,
                405),
            refused(
                "H1-METHOD TRACE with a body",
                Heard.NOTHING,
                "TRACE {path} HTTP/1.1\r\nConnection: close\r\n" + HOST + body,
                405,
                400),
            refused(
                "H1-METHOD TRACE with Authorization",
                Heard.NOTHING,
                "TRACE {path} HTTP/1.1\r\nConnection: close\r\nAuthorization: Basic YTpi\r\n"
                    + HOST
                    + END,
                405),
            bad("H1-METHOD", "no token", "G{T {path} HTTP/1.1\r\n" + HOST + END),
            asked("get"),
            asked("PROPFIND"),
            asked("M".repeat(32)))
        .flatMap(rows -> rows);
  }

  private static Stream<Http1Case> asked(String method) {
    return served(
        "H1-METHOD " + Printable.of(method),
        method,
        method + " {path} HTTP/1.1\r\n" + HOST + END,
        (response, received) -> {
          assertThat(response.status()).isEqualTo(200);
          assertThat(received.line()).startsWith(method + " ");
        });
  }

  private static Stream<Http1Case> cookies() {
    return Stream.of(
            sized(
                "a cookie of 64 KiB",
                GET + HOST + "Cookie: a=" + "b".repeat(65536) + END + END,
                431),
            bad("H1-COOKIE", "NUL", GET + HOST + "Cookie: a=\0\r\n" + END),
            bad("H1-COOKIE", "control", GET + HOST + "Cookie: a=\u0001\r\n" + END),
            cookie("", ""),
            cookie("===;;;", "===;;;"),
            cookie("a=b; ".repeat(999) + "c=d", "a=b; ".repeat(999) + "c=d"),
            served(
                "H1-COOKIE two fields",
                "GET",
                GET + HOST + "Cookie: a=b\r\nCookie: c=d\r\n" + END,
                (response, received) -> {
                  assertThat(response.status()).isEqualTo(200);
                  assertThat(String.join("; ", received.field("Cookie"))).isEqualTo("a=b; c=d");
                }))
        .flatMap(rows -> rows);
  }

  private static Stream<Http1Case> cookie(String value, String expected) {
    return served(
        "H1-COOKIE " + Printable.of(value),
        "GET",
        GET + HOST + "Cookie: " + value + "\r\n" + END,
        (response, received) -> {
          assertThat(response.status()).isEqualTo(200);
          assertThat(String.join("", received.field("Cookie"))).isEqualTo(expected);
        });
  }

  private static Stream<Http1Case> bad(String id, String what, String request) {
    return refused(id + " " + what, Heard.NOTHING, request, 400);
  }
}
