package dev.gatehouse.wire.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 7.3 of the relay's specification, and the traps of RFC 8259. */
class JsonTextTest {

  private final JsonText json = new JsonText();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"v\":2,\"type\":\"noise_init\",\"data\":\"AA==\"}",
        "[1, 2]",
        "\"x\"",
        "0",
        "null",
        "true",
        "false",
        "{}",
        "[]",
        "[ ]",
        "{ }",
        "[[],{},[{}]]",
        "{\"a\" : [1 , {\"b\":null}] , \"\":\"\"}",
        "-0.5e+10",
        "1E5",
        "\"<>&\u2028\"",
        "\"\\u0041\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\ud800\"",
        "\"é 😀 \uFFFF\"",
      })
  void findsOneValueWhateverIsAroundIt(String value) {
    assertThat(read(value)).isEqualTo(value);
    assertThat(read(" \t\r\n" + value + "\n ")).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~|TRUNCATED",
        "~ ~|TRUNCATED",
        "{|TRUNCATED",
        "[1,|TRUNCATED",
        "{\"a\":1}{\"b\":2}|SYNTAX",
        "'x'|SYNTAX",
        "x|SYNTAX",
        "{\"a\":}|SYNTAX",
        "{\"a\":1,}|SYNTAX",
        "{\"a\",1}|SYNTAX",
        "{a:1}|SYNTAX",
        "{1:1}|SYNTAX",
        "{,}|SYNTAX",
        "[1,]|SYNTAX",
        "[,1]|SYNTAX",
        "[1 2]|SYNTAX",
        "[1}|SYNTAX",
        "{\"a\":1]|SYNTAX",
        "]|SYNTAX",
        "01|SYNTAX",
        "+1|SYNTAX",
        "-|TRUNCATED",
        "-x|SYNTAX",
        ".5|SYNTAX",
        "1.|TRUNCATED",
        "1.x|SYNTAX",
        "1e|TRUNCATED",
        "1e+|TRUNCATED",
        "1ex|SYNTAX",
        "NaN|SYNTAX",
        "Infinity|SYNTAX",
        "tru|TRUNCATED",
        "trux|SYNTAX",
        "nulll|SYNTAX",
        "\"\\x\"|ESCAPE",
        "\"\\u12g4\"|ESCAPE",
        "\"\\u12\"|ESCAPE",
        "\"\\|TRUNCATED",
        "/* */1|SYNTAX",
      })
  void refuses(String text, JsonFault fault) {
    assertThat(read(text)).isEqualTo("refused: " + fault);
  }

  @ParameterizedTest
  @CsvSource({
    "22 00 22, CONTROL_CHARACTER",
    "22 0a 22, CONTROL_CHARACTER",
    "22 1f 22, CONTROL_CHARACTER",
    "31 00, SYNTAX",
    "ef bb bf 31, SYNTAX",
    "22 80 22, UTF8",
    "22 c0 80 22, UTF8",
    "22 c1 bf 22, UTF8",
    "22 c3 22, UTF8",
    "22 e0 9f bf 22, UTF8",
    "22 ed a0 80 22, UTF8",
    "22 e2 80 22, UTF8",
    "22 f0 8f bf bf 22, UTF8",
    "22 f4 90 80 80 22, UTF8",
    "22 f5 80 80 80 22, UTF8",
    "22 ff 22, UTF8",
    "22 e2 80, TRUNCATED",
  })
  void refusesBytesThatAreNoText(String hex, JsonFault fault) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThat(json.read(Texts.message(bytes))).isFalse();
    assertThat(json.fault()).isEqualTo(fault);
  }

  @Test
  void aSpecialByteIsFoundAtEveryPlaceOfALongString() {
    for (int place = 0; place < 24; place++) {
      byte[] text = ("\"" + "A".repeat(24) + "\"").getBytes(UTF_8);
      for (byte special : new byte[] {0, 0x1f, '\\', (byte) 0x80, (byte) 0xff}) {
        byte[] spoiled = text.clone();
        spoiled[place + 1] = special;
        assertThat(json.read(Texts.message(spoiled))).as("%d at %d", special, place).isFalse();
      }
      text[place + 1] = '"';
      assertThat(json.read(Texts.message(Arrays.copyOf(text, place + 2)))).isTrue();
    }
  }

  @Test
  void everyProperPrefixOfAContainerIsTruncated() {
    String text = "{\"é\\u00e9😀\":[1.5e-3,true,null,{\"a\":\"\\\"\"}],\"b\":-12}";
    byte[] bytes = text.getBytes(UTF_8);
    for (int length = 0; length < bytes.length; length++) {
      assertThat(json.read(Texts.message(Arrays.copyOf(bytes, length)))).as("%d", length).isFalse();
      assertThat(json.fault()).as("%d bytes", length).isEqualTo(JsonFault.TRUNCATED);
    }
    assertThat(json.read(Texts.message(bytes))).isTrue();
  }

  @Test
  void nestsAsDeepAsTheLimitAndNoDeeper() {
    assertThat(json.read(Texts.message(Texts.nested(JsonScanner.MAX_DEPTH)))).isTrue();
    assertThat(json.read(Texts.message(Texts.nested(JsonScanner.MAX_DEPTH + 1)))).isFalse();
    assertThat(json.fault()).isEqualTo(JsonFault.DEPTH);
    assertThat(json.read(Texts.message("[".repeat(250_000)))).isFalse();
    assertThat(json.fault()).isEqualTo(JsonFault.DEPTH);
  }

  @Test
  void remembersTheKindOfEveryLevel() {
    String text = "{\"a\":[".repeat(500) + "0" + "]}".repeat(500);
    assertThat(read(text)).isEqualTo(text);
    assertThat(read(text.substring(0, text.length() - 1) + "]")).isEqualTo("refused: SYNTAX");
  }

  @Test
  void leavesTheMessageAsItIs() {
    ByteBuf message = Texts.message(" 1 ");
    int index = message.readerIndex();
    assertThat(json.read(message)).isTrue();
    assertThat(message.readerIndex()).isEqualTo(index);
    assertThat(message.readableBytes()).isEqualTo(3);
  }

  private String read(String text) {
    ByteBuf message = Texts.message(text);
    return json.read(message)
        ? Texts.between(message, json.from(), json.to())
        : "refused: " + json.fault();
  }
}
