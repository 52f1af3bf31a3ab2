package dev.gatehouse.watch.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextCursorTest {

  @Test
  void walksOverLinesAndTheirWords() {
    TextCursor cursor = cursor("a 1\n\n  b\t2 \nc");
    List<String> words = new ArrayList<>();
    while (cursor.nextLine()) {
      words.add(cursor.word() + ":" + cursor.number());
    }
    assertThat(words).containsExactly("a:1", ":-1", "b:2", "c:-1");
    assertThat(cursor.nextLine()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "007,7",
    "9223372036854775807,9223372036854775807",
    "9223372036854775808,9223372036854775807",
    "18446744073709551615,9223372036854775807",
    "-1,-1",
    "+1,-1",
    "1x,-1",
    "1.5,-1",
    "unlimited,-1",
  })
  void readsANumberOrPassesOverWhatIsNone(String word, long expected) {
    TextCursor cursor = cursor(word + " 42");
    cursor.nextLine();
    assertThat(cursor.number()).isEqualTo(expected);
    assertThat(cursor.number()).isEqualTo(42);
    assertThat(cursor.number()).isEqualTo(TextCursor.ABSENT);
  }

  @ParameterizedTest
  @CsvSource({"0.72,0.72", "12,12", "3.05,3.05", "1.,NaN", ".5,NaN", "x,NaN", "-1.0,NaN"})
  void readsADecimal(String word, double expected) {
    TextCursor cursor = cursor(word);
    cursor.nextLine();
    double value = cursor.decimal();
    if (Double.isNaN(expected)) {
      assertThat(value).isNaN();
    } else {
      assertThat(value).isEqualTo(expected, within(1e-9));
    }
  }

  @Test
  void aWordIsAcceptedWholeOnly() {
    TextCursor cursor = cursor("MemTotal: 5");
    cursor.nextLine();
    assertThat(cursor.accept("MemTotal")).isFalse();
    assertThat(cursor.accept("MemTotal:")).isTrue();
    assertThat(cursor.number()).isEqualTo(5);
    assertThat(cursor.accept("")).isTrue();
    assertThat(cursor.accept("more")).isFalse();
  }

  @Test
  void aPrefixIsAcceptedWithWhateverFollows() {
    TextCursor cursor = cursor(" total=77");
    cursor.nextLine();
    assertThat(cursor.acceptPrefix("total=778")).isFalse();
    assertThat(cursor.acceptPrefix("some")).isFalse();
    assertThat(cursor.acceptPrefix("total=")).isTrue();
    assertThat(cursor.number()).isEqualTo(77);
  }

  @Test
  void textBeforeADelimiterNeedsTheDelimiterOnTheSameLine() {
    TextCursor cursor = cursor("eth0:12\nlo 3\nx: 4");
    cursor.nextLine();
    assertThat(cursor.before(':')).isEqualTo("eth0");
    assertThat(cursor.number()).isEqualTo(12);
    cursor.nextLine();
    assertThat(cursor.before(':')).isEmpty();
    assertThat(cursor.word()).isEqualTo("lo");
  }

  @Test
  void theRestOfALineHasNoBlanksAround() {
    TextCursor cursor = cursor("key  a b \r\nnext");
    cursor.nextLine();
    cursor.skip(1);
    assertThat(cursor.rest()).isEqualTo("a b");
    assertThat(cursor.hasWord()).isFalse();
    assertThat(cursor.lineOf("next")).isTrue();
  }

  @Test
  void aCursorOfOneLineEndsWithIt() {
    TextCursor cursor = cursor("Tcp: a b\nTcp: 1 2\n");
    assertThat(cursor.lineOf("Tcp:")).isTrue();
    TextCursor heading = cursor.line();
    assertThat(cursor.lineOf("Tcp:")).isTrue();
    assertThat(heading.word()).isEqualTo("a");
    assertThat(cursor.number()).isOne();
    assertThat(heading.word()).isEqualTo("b");
    assertThat(heading.hasWord()).isFalse();
    assertThat(heading.nextLine()).isFalse();
  }

  @Test
  void startsAgainAfterRewinding() {
    TextCursor cursor = cursor("a\nb");
    assertThat(cursor.lineOf("b")).isTrue();
    cursor.rewind();
    assertThat(cursor.lineOf("a")).isTrue();
    assertThat(cursor("").isEmpty()).isTrue();
    assertThat(cursor("").nextLine()).isFalse();
  }

  @Test
  void malformedUtf8IsReplacedNotRefused() {
    TextCursor cursor = TextCursor.of(new byte[] {'a', (byte) 0xff, 'b'});
    cursor.nextLine();
    assertThat(cursor.word()).isEqualTo("a\ufffdb");
  }

  private static TextCursor cursor(String text) {
    return TextCursor.of(text.getBytes(UTF_8));
  }
}
