package dev.gatehouse.e2e.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.Hex;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the tests read by is itself read against the examples of RFC 7541, appendix C. */
class HpackDecoderTest {

  private final HpackDecoder decoder = new HpackDecoder();

  @Test
  void requestsBuildOnEachOther() throws IOException {
    assertThat(decode("8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff")) // C.4.1
        .containsExactly(
            new Field(":method", "GET"),
            new Field(":scheme", "http"),
            new Field(":path", "/"),
            new Field(":authority", "www.example.com"));
    assertThat(decode("8286 84be 5886 a8eb 1064 9cbf")) // C.4.2
        .endsWith(
            new Field(":authority", "www.example.com"), new Field("cache-control", "no-cache"));
    assertThat(decode("8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf")) // C.4.3
        .endsWith(
            new Field(":authority", "www.example.com"), new Field("custom-key", "custom-value"));
  }

  @Test
  void stringsWithoutACodeAreRead() throws IOException {
    assertThat(decode("400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572")) // C.2.1
        .containsExactly(new Field("custom-key", "custom-header"));
    assertThat(decode("be")).containsExactly(new Field("custom-key", "custom-header"));
  }

  @Test
  void aSmallerTableForgetsWhatDoesNotFit() throws IOException {
    decode("4003 782d 6101 62");
    assertThat(decode("3f05 be")).containsExactly(new Field("x-a", "b"));
    assertThatThrownBy(() -> decode("20 be")).hasMessageContaining("index 62");
  }

  @Test
  void whatTheWriterWritesIsRead() throws IOException {
    String value = "v".repeat(300);
    byte[] block =
        Hpack.concat(
            Hpack.indexed(2),
            Hpack.indexing("x-a", value),
            Hpack.literal("x-b", value),
            Hpack.never(Hpack.PATH, "/"),
            Hpack.bytes(0),
            Hpack.huffman("x-c"),
            Hpack.huffman(value),
            Hpack.indexed(Hpack.FIRST_DYNAMIC));
    assertThat(decoder.decode(block))
        .containsExactly(
            new Field(":method", "GET"),
            new Field("x-a", value),
            new Field("x-b", value),
            new Field(":path", "/"),
            new Field("x-c", value),
            new Field("x-a", value));
  }

  @Test
  void everyByteHasACodeThatLeadsBackToIt() throws IOException {
    for (int octet = 0; octet < 256; octet++) {
      byte[] text = {(byte) octet, 'a', (byte) octet};
      assertThat(Huffman.decode(Huffman.encode(text))).as("byte %d", octet).isEqualTo(text);
    }
    assertThat(Huffman.encode("www.example.com".getBytes(US_ASCII))) // C.4.1
        .isEqualTo(Hex.bytes("f1e3 c2e5 f23a 6ba0 ab90 f4ff"));
  }

  @Test
  void paddingThatIsWrongIsRefused() {
    assertThatThrownBy(() -> Huffman.decode(Hex.bytes("18"))).hasMessageContaining("padding");
    assertThatThrownBy(() -> Huffman.decode(Hex.bytes("1fff"))).hasMessageContaining("padding");
  }

  private List<Field> decode(String hex) throws IOException {
    return decoder.decode(Hex.bytes(hex));
  }
}
