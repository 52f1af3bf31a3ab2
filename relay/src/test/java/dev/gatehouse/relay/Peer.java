package dev.gatehouse.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.testkit.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A binary or a phone, played by the WebSocket client of the JDK. */
final class Peer implements WebSocket.Listener {

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private @Nullable WebSocket socket;

  static Peer open(HttpClient http, URI uri, String... fields) {
    Peer peer = new Peer();
    WebSocket.Builder builder = http.newWebSocketBuilder();
    builder.header("user-agent", "test/1");
    for (int i = 0; i < fields.length; i += 2) {
      builder.header(fields[i], fields[i + 1]);
    }
    peer.socket = builder.buildAsync(uri, peer).join();
    return peer;
  }

  void send(String text) {
    WebSocket _ = socket().sendText(text, true).join();
  }

  /** As {@link #send}, for a connection that may have ended. */
  void trySend(String text) {
    socket().sendText(text, true).exceptionally(_ -> null).join();
  }

  void sendPart(String text, boolean last) {
    WebSocket _ = socket().sendText(text, last).join();
  }

  void sendBytes(byte[] bytes) {
    WebSocket _ = socket().sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  void ping() {
    WebSocket _ = socket().sendPing(ByteBuffer.allocate(1)).join();
  }

  void close(int code) {
    WebSocket _ = socket().sendClose(code, "").join();
  }

  /** Goes without a word. */
  void drop() {
    socket().abort();
  }

  String next() {
    try {
      return Objects.requireNonNull(
          messages.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS), "no message came");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean hasNothing() {
    return messages.isEmpty();
  }

  /** The code and the reason with which it was closed. */
  String closed() {
    return closed.orTimeout(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  boolean isOpen() {
    return !closed.isDone();
  }

  private WebSocket socket() {
    return Objects.requireNonNull(socket);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    return take(from, data, last);
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    return take(from, UTF_8.decode(data), last);
  }

  private @Nullable CompletionStage<?> take(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      messages.add(partial.toString());
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete((code + " " + reason).strip());
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.complete("error " + error.getMessage());
  }
}
