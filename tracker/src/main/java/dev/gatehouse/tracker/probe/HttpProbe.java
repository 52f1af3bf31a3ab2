package dev.gatehouse.tracker.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.bencode.BencodeLimits;
import dev.gatehouse.wire.bencode.BencodeReader;
import dev.gatehouse.wire.bencode.BencodeValue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Asks by HTTP or HTTPS. */
final class HttpProbe implements ProbePeer {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MAX_BYTES = 64 * 1024;
  private static final BencodeLimits LIMITS = new BencodeLimits(MAX_BYTES, 8);
  private static final HexFormat ESCAPES = HexFormat.of().withUpperCase().withPrefix("%");
  private static final int OK = 200;
  private static final int IPV4_ENDPOINT = 6;
  private static final int IPV6_ENDPOINT = 18;

  private final String url;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  HttpProbe(String url) {
    this.url = url;
  }

  @Override
  public List<Integer> announce(Announcement asked) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(target(asked)).timeout(PATIENCE).build();
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(MAX_BYTES);
      if (response.statusCode() != OK) {
        throw new IOException("status: " + response.statusCode() + " (expected: " + OK + ")");
      }
      return peers(bytes);
    }
  }

  private URI target(Announcement asked) {
    return URI.create(
        url
            + (url.contains("?") ? "&" : "?")
            + "info_hash="
            + ESCAPES.formatHex(asked.hash())
            + "&peer_id="
            + ESCAPES.formatHex(asked.id())
            + "&port=%d&uploaded=0&downloaded=0&left=%d&numwant=%d&compact=1&event=%s"
                .formatted(asked.port(), LEFT, NUM_WANT, asked.event().label()));
  }

  private static List<Integer> peers(byte[] body) throws IOException {
    if (!(BencodeReader.read(Unpooled.wrappedBuffer(body), LIMITS)
            instanceof Decoded.Complete<BencodeValue>(BencodeValue value))
        || !(value instanceof BencodeValue.Dictionary answer)) {
      throw new IOException("an answer that is no dictionary");
    }
    Optional<ByteBuf> failure = text(answer, "failure reason");
    if (failure.isPresent()) {
      throw new IOException("refused: " + failure.get().toString(UTF_8));
    }
    List<Integer> ports = new ArrayList<>();
    text(answer, "peers").ifPresent(peers -> add(peers, IPV4_ENDPOINT, ports));
    text(answer, "peers6").ifPresent(peers -> add(peers, IPV6_ENDPOINT, ports));
    return ports;
  }

  private static Optional<ByteBuf> text(BencodeValue.Dictionary answer, String key) {
    return answer.get(Bytes.of(key.getBytes(US_ASCII))).stream()
        .filter(BencodeValue.Text.class::isInstance)
        .map(value -> ((BencodeValue.Text) value).content())
        .findFirst();
  }

  private static void add(ByteBuf peers, int length, List<Integer> ports) {
    for (int at = length; at <= peers.readableBytes(); at += length) {
      ports.add(peers.getUnsignedShort(peers.readerIndex() + at - Short.BYTES));
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
