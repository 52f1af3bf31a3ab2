package dev.gatehouse.e2e.http2;

import static dev.gatehouse.e2e.http2.ErrorCode.PROTOCOL_ERROR;
import static dev.gatehouse.e2e.http2.Frame.END_HEADERS;
import static dev.gatehouse.e2e.http2.Frame.END_STREAM;
import static dev.gatehouse.e2e.http2.Hpack.AUTHORITY;
import static dev.gatehouse.e2e.http2.Hpack.METHOD_GET;
import static dev.gatehouse.e2e.http2.Hpack.PATH;
import static dev.gatehouse.e2e.http2.Hpack.SCHEME_HTTPS;
import static dev.gatehouse.e2e.http2.Hpack.concat;
import static dev.gatehouse.e2e.http2.Hpack.indexed;
import static dev.gatehouse.e2e.http2.Hpack.literal;
import static dev.gatehouse.e2e.http2.Http2Case.rule;
import static dev.gatehouse.e2e.http2.Http2Case.unheard;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.L7Host;
import dev.gatehouse.e2e.http.Exchange;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Requests and responses: RFC 9113, section 8; what is malformed never reaches a backend. */
final class MessageRules {

  private MessageRules() {}

  static List<Http2Case> all() {
    return Stream.of(good(), translated(), bad(), pseudo(), lengths(), trailers())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Http2Case> good() {
    return List.of(
        rule("8.1 GET", client -> client.get(1).served(1, 200)),
        rule("8.1 HEAD", MessageRules::head),
        rule(
            "8.1 POST",
            client ->
                client
                    .post(1)
                    .send(Frame.data(END_STREAM, 1, "hello".getBytes(US_ASCII)))
                    .served(1, 200)),
        rule(
            "8.1 POST with trailers",
            client ->
                client
                    .post(1)
                    .send(
                        Frame.data(0, 1, "hello".getBytes(US_ASCII)),
                        Frame.headers(END_STREAM | END_HEADERS, 1, literal("x-checksum", "abc")))
                    .served(1, 200)),
        rule(
            "8.1 trailers without a body",
            client ->
                client
                    .post(1)
                    .send(Frame.headers(END_STREAM | END_HEADERS, 1, literal("x-checksum", "abc")))
                    .served(1, 200)),
        rule(
            "8.2.2 TE: trailers",
            client -> client.get(1, literal("te", "trailers")).served(1, 200)));
  }

  private static List<Http2Case> translated() {
    return List.of(
        new Http2Case("8.1 an interim response comes before the final one", MessageRules::interim),
        new Http2Case("8.1 a response that is cut off resets its stream", MessageRules::cutOff),
        new Http2Case("8.2.3 crumbs of a cookie are joined", MessageRules::crumbs),
        new Http2Case("8.3.1 the authority goes on as Host", MessageRules::authority),
        rule("8.3.2 fields of a response are lower case", MessageRules::lowerCase),
        rule(
            "8.7 many requests at once",
            client -> {
              for (int i = 0; i < 50; i++) {
                client.get(2 * i + 1);
              }
              for (int i = 0; i < 50; i++) {
                client.served(2 * i + 1, 200);
              }
            }));
  }

  private static void head(Http2Client client) {
    byte[] head =
        concat(
            literal(":method", "HEAD"),
            indexed(SCHEME_HTTPS),
            literal(PATH, client.path()),
            literal(AUTHORITY, L7Host.NAME));
    Http2Response response =
        client.send(Frame.headers(END_STREAM | END_HEADERS, 1, head)).served(1, 200);
    assertThat(response.body()).isEmpty();
  }

  private static void interim(L7Host host, String path) throws Exception {
    host.backend()
        .answer(
            path,
            exchange -> {
              exchange.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
              exchange.answer(200, new byte[0]);
            });
    try (Http2Client client = Http2Client.connect(host, path)) {
      Http2Response response = client.get(1).served(1, 200);
      assertThat(response.values(":status")).containsExactly("103", "200");
      client.get(3).served(3, 200);
    }
  }

  private static void cutOff(L7Host host, String path) throws Exception {
    host.backend()
        .answer(
            path,
            exchange -> {
              exchange.send("HTTP/1.1 200 Fine\r\nContent-Length: 10\r\n\r\nhello");
              exchange.close();
            });
    try (Http2Client client = Http2Client.connect(host, path)) {
      assertThat(client.get(1).streamError(1, ErrorCode.INTERNAL_ERROR)).as("lives on").isTrue();
    }
  }

  private static void crumbs(L7Host host, String path) throws Exception {
    try (Http2Client client = Http2Client.connect(host, path)) {
      client.get(1, literal("cookie", "a=b"), literal("cookie", "c=d")).served(1, 200);
      assertThat(host.backend().requests(path).getFirst().field("cookie"))
          .containsExactly("a=b; c=d");
    }
  }

  private static void authority(L7Host host, String path) throws Exception {
    try (Http2Client client = Http2Client.connect(host, path)) {
      client.get(1).served(1, 200);
      assertThat(host.backend().requests(path).getFirst().field("host"))
          .containsExactly(L7Host.NAME);
    }
  }

  private static void lowerCase(Http2Client client) {
    assertThat(client.get(1).served(1, 200).fields())
        .extracting(Field::name)
        .allMatch(name -> name.matches("[a-z:0-9-]+"))
        .doesNotContain("connection", "transfer-encoding", "keep-alive");
  }

  private static List<Http2Case> bad() {
    return List.of(
        field("8.2.1 a name in upper case", "X-TEST", "a"),
        field("8.2.1 one letter in upper case", "x-tesT", "a"),
        field("8.2.1 a name with a blank", "x test", "a"),
        field("8.2.1 a name with a colon", "x:test", "a"),
        field("8.2.1 a name with CRLF", "x\r\ny", "a"),
        field("8.2.1 a name with NUL", "x\0y", "a"),
        field("8.2.1 a name with DEL", "x\u007fy", "a"),
        field("8.2.1 a name above ASCII", "x\u00e9", "a"),
        field("8.2.1 an empty name", "", "a"),
        field("8.2.1 a value with CRLF", "x-a", "a\r\nx-b: c"),
        field("8.2.1 a value with LF", "x-a", "a\nb"),
        field("8.2.1 a value with CR", "x-a", "a\rb"),
        field("8.2.1 a value with NUL", "x-a", "a\0b"),
        field("8.2.1 a value that begins with a blank", "x-a", " a"),
        field("8.2.1 a value that ends with a blank", "x-a", "a "),
        field("8.2.1 a value that begins with a TAB", "x-a", "\ta"),
        field("8.2.2 connection", "connection", "keep-alive"),
        field("8.2.2 keep-alive", "keep-alive", "timeout=5"),
        field("8.2.2 proxy-connection", "proxy-connection", "keep-alive"),
        field("8.2.2 transfer-encoding", "transfer-encoding", "chunked"),
        field("8.2.2 upgrade", "upgrade", "h2c"),
        field("8.2.2 TE other than trailers", "te", "trailers, deflate"),
        field("8.3.1 a Host that is another than the authority", "host", "other.example"));
  }

  private static Http2Case field(String rule, String name, String value) {
    return malformed(rule, literal(name, value));
  }

  /** A request with more fields than the usual ones. */
  private static Http2Case malformed(String rule, byte[]... more) {
    return unheard(
        rule,
        client -> {
          if (client.get(1, more).streamError(1, PROTOCOL_ERROR)) {
            client.settled();
          }
        });
  }

  private static List<Http2Case> pseudo() {
    byte[] method = indexed(METHOD_GET);
    byte[] scheme = indexed(SCHEME_HTTPS);
    byte[] authority = literal(AUTHORITY, L7Host.NAME);
    return List.of(
        malformed("8.3 one that is not known", literal(":test", "a")),
        malformed("8.3 one of responses", literal(":status", "200")),
        malformed("8.3 one behind another field", literal("x-a", "b"), literal(":path", "/")),
        malformed("8.3.1 :method twice", method),
        malformed("8.3.1 :scheme twice", scheme),
        malformed("8.3.1 :path twice", indexed(PATH)),
        malformed("8.3.1 :authority twice", authority),
        malformed("8.5 :protocol that was not offered", literal(":protocol", "websocket")),
        whole(
            "8.3 one behind another field", method, scheme, literal("x-a", "b"), authority, path()),
        whole("8.3.1 no :method", scheme, authority, path()),
        whole("8.3.1 no :scheme", method, authority, path()),
        whole("8.3.1 no :path", method, scheme, authority),
        whole("8.3.1 an empty :path", method, scheme, authority, literal(PATH, "")),
        whole("8.3.1 :path without a slash", method, scheme, authority, literal(PATH, "x")),
        whole("8.3.1 :path * with GET", method, scheme, authority, literal(PATH, "*")),
        whole("8.3.1 :path with a blank", method, scheme, authority, literal(PATH, "/a b")),
        whole("8.3.1 :path with CRLF", method, scheme, authority, literal(PATH, "/a\r\nb")),
        whole("8.3.1 :path with #", method, scheme, authority, literal(PATH, "/a#b")),
        whole("8.3.1 :path above ASCII", method, scheme, authority, literal(PATH, "/\u00c3")),
        whole(
            "8.3.1 :method with a blank", literal(":method", "GET /x"), scheme, authority, path()),
        whole("8.3.1 an empty :method", literal(":method", ""), scheme, authority, path()),
        whole("8.3.1 :scheme http", method, indexed(6), authority, path()),
        whole("8.3.1 :scheme ftp", method, literal(":scheme", "ftp"), authority, path()),
        whole("8.3.1 no authority at all", method, scheme, path()),
        whole("8.3.1 an empty :authority", method, scheme, literal(AUTHORITY, ""), path()),
        whole(
            "8.3.1 :authority with a user",
            method,
            scheme,
            literal(AUTHORITY, "user@" + L7Host.NAME),
            path()));
  }

  /** Stands for the path of the case. */
  private static byte[] path() {
    return new byte[0];
  }

  /** A request of these fields alone; where {@link #path} stood last comes the case's own. */
  private static Http2Case whole(String rule, byte[]... fields) {
    return unheard(
        rule,
        client -> {
          byte[] end =
              fields[fields.length - 1].length == 0 ? literal(PATH, client.path()) : new byte[0];
          byte[] block = concat(concat(fields), end);
          Frame frame = Frame.headers(END_STREAM | END_HEADERS, 1, block);
          if (client.send(frame).streamError(1, PROTOCOL_ERROR)) {
            client.settled();
          }
        });
  }

  private static List<Http2Case> lengths() {
    return List.of(
        length("8.1.1 less DATA than content-length", "10", Frame.data(END_STREAM, 1, new byte[4])),
        length("8.1.1 more DATA than content-length", "2", Frame.data(END_STREAM, 1, new byte[4])),
        length(
            "8.1.1 more DATA than content-length in pieces",
            "4",
            Frame.data(0, 1, new byte[4]),
            Frame.data(END_STREAM, 1, new byte[1])),
        length(
            "8.1.1 less DATA than content-length in pieces",
            "9",
            Frame.data(0, 1, new byte[4]),
            Frame.data(END_STREAM, 1, new byte[4])),
        length(
            "8.1.1 less DATA than content-length before trailers",
            "9",
            Frame.data(0, 1, new byte[4]),
            Frame.headers(END_STREAM | END_HEADERS, 1, literal("x-checksum", "abc"))),
        field("8.1.1 content-length without DATA", "content-length", "5"),
        field("8.1.1 content-length of +5", "content-length", "+5"),
        malformed(
            "8.1.1 content-length twice",
            literal("content-length", "0"),
            literal("content-length", "0")),
        field("8.1.1 an empty content-length", "content-length", ""));
  }

  /** A body streams, so its head may be at the backend before the fault is; its end never is. */
  private static Http2Case length(String rule, String length, Frame... frames) {
    return new Http2Case(
        rule,
        (host, path) -> {
          try (Http2Client client = Http2Client.connect(host, path)) {
            client.post(1, literal("content-length", length)).send(frames);
            if (client.streamError(1, PROTOCOL_ERROR)) {
              client.settled();
            }
            int brought = Arrays.stream(frames).mapToInt(MessageRules::dataIn).sum();
            if (brought < Integer.parseInt(length)) {
              assertThat(host.backend().requests(path)).noneMatch(Exchange::isComplete);
            }
          }
        });
  }

  private static int dataIn(Frame frame) {
    return frame.is(FrameType.DATA) ? frame.length() : 0;
  }

  private static List<Http2Case> trailers() {
    return List.of(
        trailer("8.1 trailers that do not end the stream", END_HEADERS, literal("x-a", "b")),
        trailer("8.1 a pseudo-header in trailers", END_STREAM | END_HEADERS, indexed(METHOD_GET)),
        trailer("8.1 :path in trailers", END_STREAM | END_HEADERS, literal(PATH, "/")),
        trailer("8.2.1 upper case in trailers", END_STREAM | END_HEADERS, literal("X-A", "b")),
        trailer(
            "8.2.2 connection in trailers",
            END_STREAM | END_HEADERS,
            literal("connection", "close")));
  }

  private static Http2Case trailer(String rule, int flags, byte[] block) {
    return new Http2Case(
        rule,
        (host, path) -> {
          try (Http2Client client = Http2Client.connect(host, path)) {
            client
                .post(1)
                .send(Frame.data(0, 1, "hello".getBytes(US_ASCII)), Frame.headers(flags, 1, block))
                .streamError(1, PROTOCOL_ERROR);
            assertThat(host.backend().requests(path)).noneMatch(Exchange::isComplete);
          }
        });
  }
}
