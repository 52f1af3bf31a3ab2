package dev.gatehouse.e2e.http1;

import static dev.gatehouse.e2e.http1.Http1Case.refused;
import static dev.gatehouse.e2e.http1.Http1Case.served;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.http1.Http1Case.Heard;
import java.util.stream.Stream;

/** Bodies in chunks, and what may follow them: the rows H1-CHUNK and H1-TRAILER. */
final class ChunkRows {

  private static final String LAST = "0\r\n\r\n";

  private ChunkRows() {}

  static Stream<Http1Case> all() {
    return Stream.of(sizes(), ends(), extensions(), good(), trailers()).flatMap(rows -> rows);
  }

  private static Stream<Http1Case> sizes() {
    return Stream.of(
            "0x5",
            "+5",
            "-1",
            "+0",
            "-0",
            "1_0",
            "5 ",
            " 5",
            "5\t",
            "\t5",
            "",
            "g",
            "5g",
            "00000000000000005",
            "ffffffffffffffff5",
            "FFFFFFFFFFFFFFFF",
            "\u00b2")
        .flatMap(size -> bad("size " + Printable.of(size), size + "\r\nhello\r\n" + LAST));
  }

  private static Stream<Http1Case> ends() {
    return Stream.of(
            bad("size ends in LF", "5\nhello\r\n" + LAST),
            bad("size ends in CR", "5\rhello\r\n" + LAST),
            bad("size ends in CR and another", "5\rX\nhello\r\n" + LAST),
            bad("size ends in CR CR LF", "5\r\r\nhello\r\n" + LAST),
            bad("data without an end", "5\r\nhello" + LAST),
            bad("data ends in LF", "5\r\nhello\n" + LAST),
            bad("data ends in CR", "5\r\nhello\r" + LAST),
            bad("two bytes too many", "5\r\nhelloXX\r\n" + LAST),
            bad("two bytes too few", "5\r\nhel\r\n" + LAST),
            bad("last chunk ends in LF", "5\r\nhello\r\n0\n\r\n"),
            bad("empty line is LF", "5\r\nhello\r\n0\r\n\n"),
            bad("both are LF", "5\r\nhello\r\n0\n\n"))
        .flatMap(rows -> rows);
  }

  private static Stream<Http1Case> extensions() {
    return Stream.of(
            ";",
            ";;a=b",
            ";=b",
            ";a=",
            ";bad[=x",
            ";a=b c",
            ";a=\"b",
            ";a=b\n",
            ";a\n=b",
            ";a=b\rX",
            ";a=b\0",
            ";a=\u0007",
            ";a=\"\u0001\"",
            ";a=\"\r\n0\r\n\r\n\"",
            ";a=\"\n\"",
            ";a=" + "b".repeat(64 * 1024),
            ";a=" + "b".repeat(1025))
        .flatMap(ext -> bad("extension " + Printable.of(ext), "5" + ext + "\r\nhello\r\n" + LAST));
  }

  private static Stream<Http1Case> good() {
    String ten = "0123456789";
    return Stream.of(
            good("upper case", "A\r\n" + ten + "\r\n" + LAST, ten),
            good("lower case", "a\r\n" + ten + "\r\n" + LAST, ten),
            good("leading zeros", "005\r\nhello\r\n" + LAST, "hello"),
            good("several", "5\r\nhello\r\n1\r\n,\r\n5\r\nworld\r\n" + LAST, "hello,world"),
            good("none", LAST, ""),
            good("extension", "5;ext=value\r\nhello\r\n" + LAST, "hello"),
            good("extension without value", "5;ext\r\nhello\r\n" + LAST, "hello"),
            good("quoted extension", "5;a=\"b c\"\r\nhello\r\n" + LAST, "hello"),
            served(
                "H1-CHUNK-OK extension is not passed on",
                "POST",
                post("5;secret=value\r\nhello\r\n" + LAST),
                (response, received) -> {
                  Http1Case.body("hello").at(response, received);
                  assertThat(received.head()).doesNotContain("secret");
                }),
            good("trailer", "5\r\nhello\r\n0\r\nX-Checksum: abc\r\n\r\n", "hello"))
        .flatMap(rows -> rows);
  }

  private static Stream<Http1Case> trailers() {
    return Stream.of(
            "Content-Length: 5",
            "Transfer-Encoding: chunked",
            "Host: evil.example",
            "Authorization: Basic YTpi",
            "Content-Type: text/html",
            "Content-Encoding: gzip",
            "Connection: close",
            "TE: trailers",
            "Trailer: X-More",
            "Cookie: a=b",
            "Bad[Name: x",
            "No-Colon",
            " X-Folded: x",
            "X-Space : x",
            "X-Null: a\0b")
        .flatMap(
            trailer ->
                refused(
                    "H1-TRAILER " + Printable.of(trailer),
                    Heard.HEAD,
                    post("5\r\nhello\r\n0\r\n" + trailer + "\r\n\r\n"),
                    400));
  }

  private static Stream<Http1Case> bad(String what, String body) {
    return refused("H1-CHUNK " + what, Heard.HEAD, post(body), 400);
  }

  private static Stream<Http1Case> good(String what, String body, String content) {
    return served("H1-CHUNK-OK " + what, "POST", post(body), Http1Case.body(content));
  }

  private static String post(String body) {
    return "POST {path} HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
  }
}
