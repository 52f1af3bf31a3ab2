package dev.gatehouse.e2e.http1;

import static dev.gatehouse.e2e.http1.Http1Case.refused;
import static dev.gatehouse.e2e.http1.Http1Case.served;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.http1.Http1Case.Heard;
import java.util.List;
import java.util.stream.Stream;

/** How a request says where its body ends: the rows H1-CL to H1-ALIAS. */
final class LengthRows {

  private static final String CHUNKED = "5\r\nhello\r\n0\r\n\r\n";

  private static final List<String> BAD_LENGTHS =
      List.of(
          "5, 5",
          "5, 10",
          "5, 5, 5",
          "+5",
          "-1",
          "-0",
          "0x5",
          "0o5",
          "1_0",
          "1 0",
          "005",
          "00",
          "0200",
          "abc",
          "",
          "5;",
          "5.0",
          "\u00b2",
          "12345678901234567890",
          "1234567890123456789");

  private static final List<String> BAD_CODINGS =
      List.of(
          "xchunked",
          "gzip",
          "identity",
          "chunked, chunked",
          "chunked, gzip",
          "gzip, chunked",
          "chunked, identity",
          "identity, chunked",
          "chunked, xchunked",
          ", chunked",
          "chunked,",
          "chunked;ext=val",
          "\"chunked\"",
          "chunked chunked",
          "",
          "\u000bchunked",
          "chunked\u000b",
          "\u000cchunked",
          "chunked\u000c",
          "\0chunked",
          "chunked\0",
          "chun\u00ebed",
          "\r\n chunked",
          "chunked\r\n ,gzip");

  private LengthRows() {}

  static Stream<Http1Case> all() {
    return Stream.of(lengths(), codings(), both(), aliases()).flatMap(rows -> rows);
  }

  private static Stream<Http1Case> lengths() {
    Stream<Http1Case> bad =
        BAD_LENGTHS.stream().flatMap(value -> bad("H1-CL", quoted(value), length(value), "hello"));
    Stream<Http1Case> repeated =
        Stream.of(
                bad("H1-CL", "5 and 10", length("5") + length("10"), "hello"),
                bad("H1-CL", "10 and 5", length("10") + length("5"), "hellohello"),
                bad("H1-CL", "5 and 5", length("5") + length("5"), "hello"),
                bad("H1-CL", "5 and nothing", length("5") + length(""), "hello"),
                bad("H1-CL", "space before the colon", "Content-Length : 5\r\n", "hello"),
                bad("H1-CL", "folded", "Content-Length:\r\n 5\r\n", "hello"))
            .flatMap(rows -> rows);
    Stream<Http1Case> good =
        Stream.of(
                "Content-Length:5",
                "Content-Length:  5",
                "Content-Length: 5 ",
                "Content-Length:\t5")
            .flatMap(line -> good("H1-CL-OK", quoted(line), line + "\r\n", "hello"));
    return Stream.of(bad, repeated, good).flatMap(rows -> rows);
  }

  private static Stream<Http1Case> codings() {
    Stream<Http1Case> bad =
        BAD_CODINGS.stream().flatMap(value -> bad("H1-TE", quoted(value), coding(value), CHUNKED));
    Stream<Http1Case> framed =
        Stream.of(
                bad("H1-TE", "two fields", coding("chunked") + coding("chunked"), CHUNKED),
                bad("H1-TE", "two fields, one odd", coding("chunked") + coding("x"), CHUNKED),
                bad("H1-TE", "space before the colon", "Transfer-Encoding : chunked\r\n", CHUNKED),
                bad("H1-TE", "space before the name", " Transfer-Encoding: chunked\r\n", CHUNKED),
                bad("H1-TE", "NUL in the name", "Transfer-Encoding\0: chunked\r\n", CHUNKED),
                refused(
                    "H1-TE HTTP/1.0",
                    Heard.NOTHING,
                    post("HTTP/1.0", coding("chunked"), CHUNKED),
                    400))
            .flatMap(rows -> rows);
    Stream<Http1Case> good =
        Stream.of(
                "Transfer-Encoding: Chunked",
                "Transfer-Encoding: CHUNKED",
                "Transfer-Encoding: chunked ",
                "Transfer-Encoding:\tchunked",
                "transfer-encoding:chunked")
            .flatMap(line -> good("H1-TE-OK", quoted(line), line + "\r\n", CHUNKED));
    return Stream.of(bad, framed, good).flatMap(rows -> rows);
  }

  private static Stream<Http1Case> both() {
    Stream<Http1Case> ordered =
        Stream.of(
                bad("H1-CLTE", "CL, TE", length("5") + coding("chunked"), CHUNKED),
                bad("H1-CLTE", "TE, CL", coding("chunked") + length("5"), CHUNKED),
                bad("H1-CLTE", "CL of it all", length("15") + coding("chunked"), CHUNKED),
                bad("H1-CLTE", "CL 0", length("0") + coding("chunked"), CHUNKED),
                bad(
                    "H1-CLTE",
                    "CL, TE, CL",
                    length("5") + coding("chunked") + length("5"),
                    CHUNKED),
                bad(
                    "H1-CLTE",
                    "with Connection: close",
                    length("5") + coding("chunked") + "Connection: close\r\n",
                    CHUNKED),
                bad(
                    "H1-CLTE",
                    "Connection names TE",
                    length("5") + coding("chunked") + "Connection: Transfer-Encoding\r\n",
                    CHUNKED),
                smuggled("GET"),
                smuggled("HEAD"),
                refused(
                    "H1-CLTE HTTP/1.0",
                    Heard.NOTHING,
                    post("HTTP/1.0", length("5") + coding("chunked"), CHUNKED),
                    400))
            .flatMap(rows -> rows);
    return Stream.concat(ordered, oddOnes());
  }

  private static Stream<Http1Case> oddOnes() {
    Stream<Http1Case> oddCodings =
        BAD_CODINGS.stream()
            .flatMap(
                te -> bad("H1-CLTE", "5 and " + quoted(te), length("5") + coding(te), CHUNKED));
    Stream<Http1Case> oddLengths =
        BAD_LENGTHS.stream()
            .flatMap(
                cl ->
                    bad(
                        "H1-CLTE",
                        "chunked and " + quoted(cl),
                        coding("chunked") + length(cl),
                        CHUNKED));
    return Stream.concat(oddCodings, oddLengths);
  }

  private static Stream<Http1Case> smuggled(String method) {
    String inner = method + " {path}inner HTTP/1.1\r\nHost: {host}\r\n\r\n";
    return bad(
        "H1-CLTE", "smuggled " + method, length("6") + coding("chunked"), "0\r\n\r\n" + inner);
  }

  private static Stream<Http1Case> aliases() {
    return Stream.of("Transfer_Encoding: chunked\r\n", "Content_Length: 99\r\n")
        .flatMap(
            line ->
                served(
                    "H1-ALIAS " + quoted(line.strip()),
                    "POST",
                    post("HTTP/1.1", length("5") + line, "hello"),
                    (response, received) -> {
                      Http1Case.body("hello").at(response, received);
                      assertThat(received.head()).doesNotContain("r_E", "t_L");
                    }));
  }

  private static Stream<Http1Case> bad(String id, String what, String fields, String body) {
    return refused(id + " " + what, Heard.NOTHING, post("HTTP/1.1", fields, body), 400);
  }

  private static Stream<Http1Case> good(String id, String what, String fields, String body) {
    return served(id + " " + what, "POST", post("HTTP/1.1", fields, body), Http1Case.body("hello"));
  }

  private static String post(String version, String fields, String body) {
    return "POST {path} " + version + "\r\nHost: {host}\r\n" + fields + "\r\n" + body;
  }

  private static String length(String value) {
    return "Content-Length: " + value + "\r\n";
  }

  private static String coding(String value) {
    return "Transfer-Encoding: " + value + "\r\n";
  }

  private static String quoted(String value) {
    return Printable.of(value);
  }
}
