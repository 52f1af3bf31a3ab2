package dev.gatehouse.wire.http;

import static dev.gatehouse.wire.http.Texts.bytes;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Incomplete;
import dev.gatehouse.wire.Decoded.Malformed;
import dev.gatehouse.wire.http.ChunkedBodyDecoder.Part;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The notation is that of {@link Texts}. */
class ChunkedBodyDecoderTest {

  /** A body as text, its trailer behind a bar; or the fault that ended it, or dots for more. */
  private static String read(ChunkedBodyDecoder decoder, ByteBuf in) {
    StringBuilder body = new StringBuilder();
    while (true) {
      switch (decoder.decode(in)) {
        case Incomplete<Part>() -> {
          return body.append("...").toString();
        }
        case Malformed<Part>(Decoded.Fault fault) -> {
          return fault.label();
        }
        case Complete<Part>(Part.Data(ByteBuf data)) -> {
          body.append(data.toString(ISO_8859_1));
          data.release();
        }
        case Complete<Part>(Part.End(Fields trailer)) -> {
          trailer.forEach(field -> body.append('|').append(field.name()).append(field.value()));
          return body.toString();
        }
      }
    }
  }

  private static String read(String text) {
    return read(new ChunkedBodyDecoder(Texts.LIMITS), bytes(text));
  }

  @ParameterizedTest(name = "H1-CHUNK-OK {0}")
  @CsvSource({
    "A$0123456789$0$$, 0123456789",
    "a$0123456789$0$$, 0123456789",
    "5$hello$6$·world$0$$, hello·world",
    "0$$, ''",
    "000$$, ''",
    "005$hello$0$$, hello",
    "5;ext=value$hello$0;last$$, hello",
    "5;a;b=c;d=\"x;·\\\"y\"$hello$0$$, hello",
    "5$hello$0$X-Checksum:·1$$, hello|X-Checksum1",
    "000000000000005$hello$0$$, hello",
  })
  void readsTheDataOfAllChunks(String text, String body) {
    assertThat(read(text)).isEqualTo(body.replace('·', ' '));
  }

  @ParameterizedTest(name = "H1-CHUNK {0}")
  @CsvSource({
    "0x5$hello$0$$, chunk_size",
    "+5$hello$0$$, chunk_size",
    "-1$hello$0$$, chunk_size",
    "+0$$, chunk_size",
    "1_0$hello$0$$, chunk_size",
    "5·$hello$0$$, chunk_size",
    "·5$hello$0$$, chunk_size",
    "'5\t$hello$0$$', chunk_size",
    "00000000000000005$hello$0$$, chunk_size",
    "fffffffffffffffff$hello$0$$, chunk_size",
    "0000000000000005$hello$0$$, chunk_size",
    "$hello$0$$, chunk_size",
    "g$hello$0$$, chunk_size",
    "٥$hello$0$$, chunk_size",
    "5$hello0$$, chunk_end",
    "5$hello12$0$$, chunk_end",
    "'5\nhello$0$$', chunk_size",
    "'5\rhello$0$$', chunk_size",
    "'5$hello\n0$$', chunk_end",
    "'5$hello\rx0$$', chunk_end",
    "'5$hello$0$\n', field",
    "'5$hello$0\n$', chunk_size",
    "5;$hello$0$$, chunk_extension",
    "5;·a$hello$0$$, chunk_extension",
    "5·;a$hello$0$$, chunk_size",
    "5;a=$hello$0$$, chunk_extension",
    "5;bad[=x$hello$0$$, chunk_extension",
    "5;a=b=c$hello$0$$, chunk_extension",
    "'5;a=\nb$hello$0$$', chunk_size",
    "'5;a=\rb$hello$0$$', chunk_size",
    "'5;a=\0b$hello$0$$', chunk_size",
    "'5;a=\1b$hello$0$$', chunk_size",
    "5;a=\"$\"$hello$0$$, chunk_extension",
    "5;a=\"b$hello$0$$, chunk_extension",
    "5;a=\"ä\"$hello$0$$, chunk_extension",
    "5$hello$0$·X:·folded$$, field",
    "5$hello$0$no-colon$$, field",
  })
  void refusesAChunkThatReadersReadDifferently(String text, String fault) {
    assertThat(read(text)).isEqualTo(fault);
  }

  @Test
  void extensionsOfAChunkHaveALimit() {
    String most = ";" + "e".repeat(ChunkedBodyDecoder.MAX_EXTENSION_LENGTH - 1);
    assertThat(read("5" + most + "$hello$0$$")).isEqualTo("hello");
    assertThat(read("5" + most + "e$hello$0$$")).isEqualTo("chunk_extension");
    assertThat(read("5;" + "e".repeat(65536))).isEqualTo("chunk_extension");
  }

  @Test
  void extensionsOfABodyHaveALimit() {
    String chunk = "1;" + "e".repeat(ChunkedBodyDecoder.MAX_EXTENSION_LENGTH - 1) + "$x$";
    assertThat(read(chunk.repeat(16) + "0$$")).isEqualTo("x".repeat(16));
    assertThat(read(chunk.repeat(16) + "0;e$$")).isEqualTo("chunk_extension");
  }

  @Test
  void aTrailerHasTheLimitsOfAHead() {
    String most = "A:·b$".repeat(Texts.LIMITS.maxFields());
    assertThat(read("0$" + most + "$")).isEqualTo("|Ab".repeat(Texts.LIMITS.maxFields()));
    assertThat(read("0$" + most + "A:·b$$")).isEqualTo("field_count");
    assertThat(read("0$A:" + "a".repeat(70_000))).isEqualTo("header_size");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5;x$hello$6$·world$0$A:·b$C:·d$$", "0$$"})
  void everyProperPrefixWantsMore(String text) {
    ByteBuf whole = bytes(text);
    for (int length = 0; length < whole.readableBytes(); length++) {
      ByteBuf in = whole.slice(0, length);
      assertThat(read(new ChunkedBodyDecoder(Texts.LIMITS), in)).as("%d", length).endsWith("...");
    }
    assertThat(read(new ChunkedBodyDecoder(Texts.LIMITS), whole)).doesNotEndWith("...");
    assertThat(whole.isReadable()).isFalse();
  }

  @Test
  void aBodySplitAnywhereIsTheSameBody() {
    ByteBuf whole = bytes("5;x$hello$6$·world$0$A:·b$C:·d$$");
    for (int cut = 0; cut < whole.readableBytes(); cut++) {
      ChunkedBodyDecoder decoder = new ChunkedBodyDecoder(Texts.LIMITS);
      ByteBuf in = Unpooled.buffer().writeBytes(whole, 0, cut);
      String first = read(decoder, in);
      in.writeBytes(whole, cut, whole.readableBytes() - cut);
      assertThat(first.replace("...", "") + read(decoder, in)).isEqualTo("hello world|Ab|Cd");
    }
  }

  @Test
  void dataIsHandedOnAsItArrivesAndWhateverFollowsStays() {
    ChunkedBodyDecoder decoder = new ChunkedBodyDecoder(Texts.LIMITS);
    assertThat(read(decoder, bytes("fffffff$first"))).isEqualTo("first...");
    ByteBuf in = bytes("0$$GET·/");
    assertThat(read(new ChunkedBodyDecoder(Texts.LIMITS), in)).isEmpty();
    assertThat(in).isEqualTo(bytes("GET·/"));
  }

  @Test
  void theReceiverOfDataOwnsItsShareOfTheBuffer() {
    ByteBuf in = ByteBufAllocator.DEFAULT.buffer().writeBytes(bytes("5$hello$"));
    Decoded<Part> part = new ChunkedBodyDecoder(Texts.LIMITS).decode(in);
    assertThat(in.refCnt()).isEqualTo(2);
    assertThat(((Part.Data) ((Complete<Part>) part).value()).bytes().release()).isFalse();
    assertThat(in.release()).isTrue();
  }
}
