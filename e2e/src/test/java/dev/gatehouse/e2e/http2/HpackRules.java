package dev.gatehouse.e2e.http2;

import static dev.gatehouse.e2e.http2.ErrorCode.COMPRESSION_ERROR;
import static dev.gatehouse.e2e.http2.Hpack.FIRST_DYNAMIC;
import static dev.gatehouse.e2e.http2.Hpack.bytes;
import static dev.gatehouse.e2e.http2.Hpack.coded;
import static dev.gatehouse.e2e.http2.Hpack.concat;
import static dev.gatehouse.e2e.http2.Hpack.huffman;
import static dev.gatehouse.e2e.http2.Hpack.indexed;
import static dev.gatehouse.e2e.http2.Hpack.indexing;
import static dev.gatehouse.e2e.http2.Hpack.literal;
import static dev.gatehouse.e2e.http2.Hpack.never;
import static dev.gatehouse.e2e.http2.Hpack.string;
import static dev.gatehouse.e2e.http2.Hpack.tableSize;
import static dev.gatehouse.e2e.http2.Http2Case.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.L7Host;
import java.util.List;
import java.util.stream.Stream;

/** Header compression: RFC 7541, by its sections. */
final class HpackRules {

  private static final int USER_AGENT = 58;
  private static final byte[] NEW_NAME = {0};

  private HpackRules() {}

  static List<Http2Case> all() {
    return Stream.of(good(), tables(), strings(), integers()).flatMap(List::stream).toList();
  }

  private static List<Http2Case> good() {
    return List.of(
        passed("6.1 a field of the static table", "accept-encoding", "gzip, deflate", indexed(16)),
        passed("6.2.1 a new field that is kept", "x-a", "b", indexing("x-a", "b")),
        passed("6.2.1 a known name that is kept", "user-agent", "b", indexing(USER_AGENT, "b")),
        passed("6.2.2 a new field that is not kept", "x-a", "b", literal("x-a", "b")),
        passed("6.2.2 a known name that is not kept", "user-agent", "b", literal(USER_AGENT, "b")),
        passed("6.2.3 a new field that nobody keeps", "x-a", "b", never("x-a", "b")),
        passed("6.2.3 a known name that nobody keeps", "user-agent", "b", never(USER_AGENT, "b")),
        passed(
            "6.1 a field that was kept", "x-a", "b", indexing("x-a", "b"), indexed(FIRST_DYNAMIC)),
        passed(
            "6.2.2 a name that was kept",
            "x-a",
            "c",
            indexing("x-a", "b"),
            literal(FIRST_DYNAMIC, "c")),
        passed(
            "5.2 strings in Huffman's code",
            "x-a",
            "some value!",
            concat(NEW_NAME, huffman("x-a"), huffman("some value!"))),
        passed(
            "5.2 every character in Huffman's code",
            "x-a",
            HpackRules.visible(),
            concat(NEW_NAME, huffman("x-a"), huffman(HpackRules.visible()))),
        passed("5.2 an empty string", "x-a", "", concat(NEW_NAME, string("x-a"), huffman(""))),
        new Http2Case("2.3.2 fields are kept from one request to the next", HpackRules::kept),
        new Http2Case("6.3 the table may be emptied and filled again", HpackRules::resized));
  }

  private static String visible() {
    StringBuilder all = new StringBuilder();
    for (char character = '!'; character <= '~'; character++) {
      all.append(character);
    }
    return all.toString();
  }

  private static Http2Case passed(String rule, String name, String value, byte[]... block) {
    return new Http2Case(
        rule,
        (host, path) -> {
          try (Http2Client client = Http2Client.connect(host, path)) {
            client.get(1, block).served(1, 200);
            assertThat(host.backend().requests(path).getFirst().field(name)).contains(value);
          }
        });
  }

  private static void kept(L7Host host, String path) throws Exception {
    try (Http2Client client = Http2Client.connect(host, path)) {
      client.get(1, indexing("x-a", "b"), indexing("x-c", "d")).served(1, 200);
      client.get(3, indexed(FIRST_DYNAMIC), indexed(FIRST_DYNAMIC + 1)).served(3, 200);
      var second = host.backend().requests(path).getLast();
      assertThat(second.field("x-a")).containsExactly("b");
      assertThat(second.field("x-c")).containsExactly("d");
    }
  }

  /** An update of the size stands first in a block. */
  private static void resized(L7Host host, String path) throws Exception {
    try (Http2Client client = Http2Client.connect(host, path)) {
      client.get(1, indexing("x-a", "b")).served(1, 200);
      byte[] sizes = concat(tableSize(0), tableSize(4096));
      byte[] block = concat(sizes, client.block(Hpack.METHOD_GET, indexing("x-c", "d")));
      client.send(Frame.headers(Frame.END_STREAM | Frame.END_HEADERS, 3, block)).served(3, 200);
      client.get(5, indexed(FIRST_DYNAMIC)).served(5, 200);
      assertThat(host.backend().requests(path).getLast().field("x-c")).containsExactly("d");
      client.get(7, indexed(FIRST_DYNAMIC + 1)).connectionError(COMPRESSION_ERROR);
    }
  }

  private static List<Http2Case> tables() {
    return List.of(
        broken("2.3.3 a field beyond both tables", indexed(FIRST_DYNAMIC)),
        broken("2.3.3 a field far beyond both tables", indexed(1000)),
        broken("2.3.3 a name beyond both tables", literal(FIRST_DYNAMIC, "b")),
        broken("2.3.3 a name beyond both tables, to be kept", indexing(FIRST_DYNAMIC, "b")),
        broken("6.1 index 0", bytes(0x80)),
        broken("4.2 a size at the end of a block", literal("x-a", "b"), tableSize(1)),
        broken("4.2 a size between fields", literal("x-a", "b"), tableSize(1), literal("x-c", "d")),
        first("6.3 a size above the one that was allowed", tableSize(4097)),
        first("6.3 a size far above it", tableSize(0x0fffffff)),
        rule(
            "4.4 a field that is larger than the table empties it",
            client -> {
              client.get(1, indexing("x-a", "b")).served(1, 200);
              client.get(3, indexing("x-c", "d".repeat(5000))).served(3, 200);
              client.get(5, indexed(FIRST_DYNAMIC)).connectionError(COMPRESSION_ERROR);
            }));
  }

  private static List<Http2Case> strings() {
    byte[] name = concat(NEW_NAME, string("x-a"));
    String letter = Huffman.bits('a');
    return List.of(
        broken("5.2 padding of more than 7 bits", name, coded(bytes(0x1f, 0xff))),
        broken("5.2 padding of zeros", name, coded(Huffman.pack(letter + "000"))),
        broken("5.2 padding that is not all ones", name, coded(Huffman.pack(letter + "110"))),
        broken("5.2 EOS in a string", name, coded(Huffman.pack(Huffman.bits(Huffman.EOS) + "11"))),
        broken(
            "5.2 EOS between letters",
            name,
            coded(Huffman.pack(letter + Huffman.bits(Huffman.EOS) + letter))),
        broken("5.2 a string longer than its block", name, bytes(0x7e, 'a')),
        broken("5.2 a name longer than its block", NEW_NAME, bytes(0x7e, 'a')),
        broken("6.2 a field without a value", name));
  }

  private static List<Http2Case> integers() {
    return List.of(
        broken("5.1 an index without end", bytes(0xff, 0x80, 0x80, 0x80)),
        broken(
            "5.1 an index that overflows",
            bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f)),
        broken(
            "5.1 a length that overflows",
            concat(NEW_NAME, string("x-a"), bytes(0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f))),
        broken(
            "5.1 a length of 2^31-1",
            concat(NEW_NAME, string("x-a"), bytes(0x7f, 0x80, 0xff, 0xff, 0xff, 0x07))));
  }

  /** What spoils the compression spoils the connection. */
  private static Http2Case broken(String rule, byte[]... block) {
    return rule(rule, client -> client.get(1, block).connectionError(COMPRESSION_ERROR));
  }

  private static Http2Case first(String rule, byte[] update) {
    return rule(
        rule,
        client ->
            client
                .send(
                    Frame.headers(
                        Frame.END_STREAM | Frame.END_HEADERS,
                        1,
                        concat(update, client.block(Hpack.METHOD_GET))))
                .connectionError(COMPRESSION_ERROR));
  }
}
