package dev.gatehouse.wire.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.Bytes;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=b | b",
        "x=1&a=b | b",
        "a=b&a=c | b",
        "a=b=c | b=c",
        "a=%62 | b",
        "a=%6A%6a | jj",
        "%61=b | b",
        "a=b+c | b c",
        "a=b%2bc | b+c",
        "a=b;c=d | b;c=d",
        "a=%26%3d | &=",
        "a=%0%a | %0%a",
        "a=%zz% | %zz%",
        "a=%4 | %4",
        "a=%%41 | %A",
        "A=x&a=b | b",
        "&&a=b&& | b",
        "=x&a=b | b",
      })
  void decodesAsTargetsAre(String raw, String value) {
    assertThat(target(raw).get("a")).contains(Bytes.utf8(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a=", "b=1&a&a=x", "a&b=?"})
  void aKeyWithoutValueHasAnEmptyOne(String raw) {
    assertThat(target(raw).get("a")).contains(Bytes.utf8(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&", "=", "&=&", "aa=1", "b=a"})
  void aKeyThatIsNotThereHasNoValue(String raw) {
    assertThat(target(raw).get("a")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"A=1 | 1", "x;a=1;b=2 | 1", "a=%41+b | A b", "B=2&a=1 | 1", "x=%3b&%41=1 | 1"})
  void decodesAsUrlsInDatagramsAre(String raw, String value) {
    byte[] bytes = ("?" + raw + "?").getBytes(ISO_8859_1);
    Query query = Query.ofUrlData(bytes, 1, bytes.length - 1);
    assertThat(query.get("a")).contains(Bytes.utf8(value));
    assertThat(query.get("A")).contains(Bytes.utf8(value));
  }

  @ParameterizedTest
  @CsvSource({"%, true", "a%4, true", "%4g, true", "%g4, true", "%41, false", "'', false"})
  void seesBrokenEscapes(String raw, boolean broken) {
    byte[] bytes = (raw + "41").getBytes(ISO_8859_1);
    assertThat(Query.hasBrokenEscape(bytes, 0, raw.length())).isEqualTo(broken);
  }

  @Test
  void everyByteSurvivesEscapedAndRaw() {
    for (int i = 0; i < 256; i++) {
      byte[] value = {(byte) i, 'x'};
      assertThat(target("a=" + PlainQuery.escape(value)).get("a")).contains(Bytes.of(value));
      if (i != '&' && i != '+' && i != '%') {
        assertThat(target("a=" + (char) i + "x").get("a")).contains(Bytes.of(value));
      }
    }
  }

  @Test
  void looksAt256ParametersAndNoMore() {
    assertThat(target("x&".repeat(255) + "a=1").get("a")).contains(Bytes.utf8("1"));
    Query beyond = target("x&".repeat(256) + "a=1");
    assertThat(beyond.get("a")).isEmpty();
    assertThat(beyond.size()).isEqualTo(256);
  }

  @Test
  void anEmptyQueryHasNoParameters() {
    assertThat(Query.EMPTY.size()).isZero();
    assertThat(Query.EMPTY.get("a")).isEmpty();
  }

  @Test
  void agreesWithAPlainReader() {
    Random random = new Random(5);
    for (int round = 0; round < 5_000; round++) {
      StringBuilder raw = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        raw.append("aAbB=&;%41+?\u00ff".charAt(random.nextInt(12)));
      }
      assertSame(raw.toString(), target(raw.toString()), false);
      byte[] bytes = raw.toString().getBytes(ISO_8859_1);
      assertSame(raw.toString(), Query.ofUrlData(bytes, 0, bytes.length), true);
    }
  }

  static void assertSame(String raw, Query query, boolean urlData) {
    List<Map.Entry<String, String>> plain = PlainQuery.read(raw, urlData);
    assertThat(query.size()).as(raw).isEqualTo(plain.size());
    Map<String, String> first = new HashMap<>();
    plain.forEach(entry -> first.putIfAbsent(entry.getKey(), entry.getValue()));
    first.forEach(
        (key, value) -> {
          int parameter = query.find(key.getBytes(ISO_8859_1), 0);
          assertThat(parameter).as(raw).isNotEqualTo(Query.NONE);
          int from = query.from(parameter);
          assertThat(new String(query.bytes(), from, query.to(parameter) - from, ISO_8859_1))
              .as(raw)
              .isEqualTo(value);
        });
  }

  static Query target(String raw) {
    return Query.ofTarget(Unpooled.wrappedBuffer(raw.getBytes(ISO_8859_1)));
  }
}
