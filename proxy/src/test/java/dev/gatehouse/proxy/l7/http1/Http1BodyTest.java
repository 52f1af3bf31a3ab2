package dev.gatehouse.proxy.l7.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.http.Framing;
import dev.gatehouse.proxy.http.Messages;
import dev.gatehouse.proxy.http.guard.RefusalReason;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.wire.http.Fields;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakGuard.class)
class Http1BodyTest {

  private static final Framing STREAMED = new Framing.Streamed();

  @Test
  void aBodyOfKnownLengthEndsThereAndLeavesWhatFollows() {
    Http1Body body = Http1Body.of(new Framing.Length(5), Messages.LIMITS);
    ByteBuf in = Messages.bytes("helloGET");
    assertThat(read(body, in)).isEqualTo("hello.");
    assertThat(in.toString(ISO_8859_1)).isEqualTo("GET");
    in.release();
  }

  @Test
  void aBodyOfKnownLengthComesInWhateverPieces() {
    Http1Body body = Http1Body.of(new Framing.Length(5), Messages.LIMITS);
    assertThat(readOnce(body, "he")).isEqualTo("he");
    assertThat(readOnce(body, "")).isEmpty();
    assertThat(readOnce(body, "llo")).isEqualTo("llo.");
  }

  @Test
  void aLengthBeyondAnIntIsCountedToItsEnd() {
    Http1Body body = Http1Body.of(new Framing.Length(1L << 40), Messages.LIMITS);
    assertThat(readOnce(body, "much more to come")).isEqualTo("much more to come");
  }

  @Test
  void chunksAreJoinedAndTheirTrailerIsKept() {
    Http1Body body = Http1Body.of(STREAMED, Messages.LIMITS);
    ByteBuf in = Messages.bytes("3$abc$2;x=y$de$0$X-Sum: 1$$GET");
    assertThat(read(body, in)).isEqualTo("abcde.X-Sum=1");
    assertThat(in.toString(ISO_8859_1)).isEqualTo("GET");
    in.release();
  }

  @Test
  void chunksMaySplitAnywhere() {
    String whole = "3$abc$2$de$0$X-Sum: 1$$".replace("$", "\r\n");
    for (int at = 1; at < whole.length(); at++) {
      Http1Body body = Http1Body.of(STREAMED, Messages.LIMITS);
      ByteBuf in = Messages.bytes(whole.substring(0, at));
      String read = read(body, in);
      in.writeCharSequence(whole.substring(at), ISO_8859_1);
      assertThat(read + read(body, in)).as("split at %d", at).isEqualTo("abcde.X-Sum=1");
      in.release();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz$", "-1$", "0x1$", "1·$", "3$abcd", "1\na"})
  void whatIsNoChunkIsBroken(String text) {
    assertThat(readOnce(Http1Body.of(STREAMED, Messages.LIMITS), text)).contains("!FRAMING");
  }

  @ParameterizedTest
  @CsvSource({"Content-Length", "Transfer-Encoding", "Host", "Cookie", "TE", "Trailer"})
  void aTrailerThatFramesOrRoutesIsBroken(String name) {
    String text = "0$" + name + ": 1$$";
    assertThat(readOnce(Http1Body.of(STREAMED, Messages.LIMITS), text)).isEqualTo("!HEADER");
  }

  @Test
  void aTrailerThatPassesForTheProxysOwnIsLeftOut() {
    String text = "0$X-Forwarded-For: 1$X-Sum: 2$$";
    assertThat(readOnce(Http1Body.of(STREAMED, Messages.LIMITS), text)).isEqualTo(".X-Sum=2");
  }

  private static String readOnce(Http1Body body, String text) {
    ByteBuf in = Messages.bytes(text);
    String read = read(body, in);
    in.release();
    return read;
  }

  /** The bytes, then a dot and the trailer, or an exclamation mark and the fault. */
  private static String read(Http1Body body, ByteBuf in) {
    return switch (body.next(in)) {
      case Http1Body.Next.Nothing() -> "";
      case Http1Body.Next.Broken(RefusalReason reason) -> "!" + reason;
      case Http1Body.Next.End(Fields trailer) -> "." + text(trailer);
      case Http1Body.Next.Data(ByteBuf bytes) -> {
        String text = bytes.toString(ISO_8859_1);
        bytes.release();
        yield text + read(body, in);
      }
    };
  }

  private static String text(Fields trailer) {
    StringBuilder text = new StringBuilder();
    trailer.stream().forEach(field -> text.append(field.name()).append('=').append(field.value()));
    return text.toString();
  }
}
