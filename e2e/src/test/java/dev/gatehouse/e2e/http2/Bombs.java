package dev.gatehouse.e2e.http2;

import static dev.gatehouse.e2e.http2.Abuse.borne;
import static dev.gatehouse.e2e.http2.Abuse.ended;
import static dev.gatehouse.e2e.http2.Frame.END_HEADERS;
import static dev.gatehouse.e2e.http2.Frame.END_STREAM;
import static dev.gatehouse.e2e.http2.Hpack.FIRST_DYNAMIC;
import static dev.gatehouse.e2e.http2.Hpack.concat;
import static dev.gatehouse.e2e.http2.Hpack.indexed;
import static dev.gatehouse.e2e.http2.Hpack.indexing;
import static dev.gatehouse.e2e.http2.Hpack.literal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.L7Host;
import java.util.Arrays;
import java.util.List;

/** Requests whose fields are many or large, though few bytes brought them. */
final class Bombs {

  private static final int MAX_HEADER_LIST_SIZE = 6;

  /** What such a field counts for, whose name has one letter. */
  private static final int FIELD = 4000;

  private Bombs() {}

  static List<Abuse> all() {
    return List.of(
        ended(
            "200 fields", "header_fields", client -> client.get(1, times(200, literal("a", "b")))),
        ended(
            "200 crumbs of a cookie",
            "header_fields",
            client -> client.get(1, times(200, literal("cookie", "a=b")))),
        ended(
            "200 fields by reference",
            "header_fields",
            client -> client.get(1, indexing("a", "b"), times(200, indexed(FIRST_DYNAMIC)))),
        ended(
            "200 fields in trailers",
            "header_fields",
            client ->
                client
                    .post(1)
                    .send(
                        Frame.headers(END_STREAM | END_HEADERS, 1, times(200, literal("a", "b"))))),
        ended("200 KiB of fields by reference", "header_list", client -> bomb(client, 50)),
        borne("80 KiB of fields are answered with 431", Bombs::tooLarge),
        borne("110 KiB of fields reset their stream", Bombs::muchTooLarge),
        borne("60 KiB of fields do no harm", Bombs::large),
        borne("a peer that wants no fields gets them all the same", Bombs::advisory));
  }

  private static byte[] times(int count, byte[] field) {
    byte[][] all = new byte[count][];
    Arrays.fill(all, field);
    return concat(all);
  }

  private static void bomb(Http2Client client, int fields) {
    client.get(1, indexing("a", "b".repeat(FIELD - 33)), times(fields - 1, indexed(FIRST_DYNAMIC)));
  }

  private static void tooLarge(L7Host host, String path) throws Exception {
    try (Http2Client client = Http2Client.connect(host, path)) {
      bomb(client, 20);
      client.served(1, 431);
      client.get(3).served(3, 200);
      assertThat(host.backend().requests(path)).hasSize(1);
    }
  }

  private static void muchTooLarge(L7Host host, String path) throws Exception {
    try (Http2Client client = Http2Client.connect(host, path)) {
      bomb(client, 28);
      assertThat(client.streamError(1, ErrorCode.values())).as("lives on").isTrue();
      client.get(3).served(3, 200);
      assertThat(host.backend().requests(path)).hasSize(1);
    }
  }

  private static void large(L7Host host, String path) throws Exception {
    try (Http2Client client = Http2Client.connect(host, path)) {
      bomb(client, 15);
      client.served(1, 200);
    }
  }

  private static void advisory(L7Host host, String path) throws Exception {
    try (Http2Client client = Http2Client.connect(host, path, MAX_HEADER_LIST_SIZE, 1)) {
      client.get(1).served(1, 200);
      client.get(3).served(3, 200);
    }
  }
}
