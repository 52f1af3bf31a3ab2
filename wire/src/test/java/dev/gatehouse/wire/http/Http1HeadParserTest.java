package dev.gatehouse.wire.http;

import static dev.gatehouse.wire.http.Texts.bytes;
import static dev.gatehouse.wire.http.Texts.raw;
import static dev.gatehouse.wire.http.Texts.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Incomplete;
import dev.gatehouse.wire.Decoded.Malformed;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The notation is that of {@link Texts}. */
class Http1HeadParserTest {

  private static final String PLAIN = "GET·/·HTTP/1.1$Host:·a.example$$";

  static Stream<String> valid() {
    return Stream.of(
        PLAIN,
        "GET·/·HTTP/1.0$$",
        "POST·/a?b=c·HTTP/1.1$Host:a.example$Content-Length:··5·$Empty:$$",
        "OPTIONS·*·HTTP/1.1$Host:·a$$",
        "x!#%&'*+-.^_`|~Z·http://a/·HTTP/1.1$Host:·a$Set:·1$Set:·2$$");
  }

  @Test
  void readsTheThreePartsAndTheFieldsInTheirOrder() {
    ByteBuf in = bytes("POST·/a%20b?c·HTTP/1.1$Host:·a.example$X-One:1$x-one:\t2·$E:$$rest");
    assertThat(request(in))
        .isEqualTo(
            new Complete<>(
                new Head<>(
                    new RequestLine("POST", "/a%20b?c", HttpVersion.HTTP_1_1),
                    new Fields(
                        List.of(
                            new Field("Host", "a.example"),
                            new Field("X-One", "1"),
                            new Field("x-one", "2"),
                            new Field("E", ""))))));
    assertThat(in).isEqualTo(bytes("rest"));
  }

  @ParameterizedTest
  @MethodSource("valid")
  void everyProperPrefixIsIncompleteAndConsumesNothing(String text) {
    ByteBuf whole = bytes(text);
    for (int length = 0; length < whole.readableBytes(); length++) {
      ByteBuf in = whole.slice(0, length);
      assertThat(request(in)).as("%d bytes", length).isInstanceOf(Incomplete.class);
      assertThat(in.readerIndex()).isZero();
    }
    assertThat(request(whole)).isInstanceOf(Complete.class);
    assertThat(whole.isReadable()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("valid")
  void byteByByteIsTheSameAsAllAtOnce(String text) {
    ByteBuf whole = bytes("x" + text).skipBytes(1);
    Http1HeadParser<RequestLine> parser = Http1HeadParser.ofRequest(Texts.LIMITS);
    for (int length = 0; length < whole.readableBytes(); length++) {
      assertThat(parser.decode(whole.duplicate().writerIndex(1 + length)))
          .isInstanceOf(Incomplete.class);
    }
    assertThat(parser.decode(whole)).isEqualTo(request(bytes(text)));
  }

  @ParameterizedTest(name = "H1-LINE {0}")
  @ValueSource(
      strings = {
        "GET·/·HTTP/1.1\nHost:·a$$",
        "GET·/·HTTP/1.1\rHost:·a$$",
        "GET··/·HTTP/1.1$Host:·a$$",
        "GET·/··HTTP/1.1$Host:·a$$",
        "GET·/·HTTP/1.1·$Host:·a$$",
        "·GET·/·HTTP/1.1$Host:·a$$",
        "GET\t/·HTTP/1.1$Host:·a$$",
        "GET·/\tHTTP/1.1$Host:·a$$",
        "GET·HTTP/1.1$Host:·a$$",
        "GET··HTTP/1.1$Host:·a$$",
        "·/·HTTP/1.1$Host:·a$$",
        "GET·/·HTTP/1$Host:·a$$",
        "GET·/·HTTP/01.01$Host:·a$$",
        "GET·/·HTTP/·1.1$Host:·a$$",
        "GET·/·http/1.1$Host:·a$$",
        "GET·/·HTTP/1.1x$Host:·a$$",
        "GET·/·HTTP/١.1$Host:·a$$",
        "GET·/$$",
        "GET$$",
        "$GET·/·HTTP/1.1$Host:·a$$",
        "\nGET·/·HTTP/1.1$Host:·a$$",
        "\rGET·/·HTTP/1.1$Host:·a$$",
        "\0GET·/·HTTP/1.1$Host:·a$$",
        "\1GET·/·HTTP/1.1$Host:·a$$",
        "\u007fGET·/·HTTP/1.1$Host:·a$$",
        "···$GET·/·HTTP/1.1$$",
      })
  void refusesALineThatIsNotTheGrammar(String text) {
    assertFault(text, Set.of(Http1Fault.START_LINE, Http1Fault.METHOD));
  }

  @ParameterizedTest(name = "H1-LINE {0}")
  @ValueSource(
      strings = {
        "GET·/·HTTP/1.1$Host:·a\nX:·y$$",
        "GET·/·HTTP/1.1$Host:·a\rX:·y$$",
        "GET·/·HTTP/1.1$Host:·a$\n",
        "GET·/·HTTP/1.1$Host:·a$\r\r\n",
        "GET·/·HTTP/1.1$·Host:·a$$",
        "GET·/·HTTP/1.1$\tHost:·a$$",
        "GET·/·HTTP/1.1$·$Host:·a$$",
      })
  void refusesABareEndOfLineAndABlankBeforeTheFirstField(String text) {
    assertFault(text, Set.of(Http1Fault.FIELD));
  }

  @ParameterizedTest(name = "H1-TARGET {0}")
  @ValueSource(strings = {"/#a", "#", "/a·b", "/\0", "/\u007f", "/Ã", "/À¯", "/\t"})
  void refusesATargetWithWhatNoTargetHolds(String target) {
    assertFault("GET·" + target + "·HTTP/1.1$Host:·a$$", Set.of(Http1Fault.START_LINE));
  }

  @ParameterizedTest(name = "H1-TARGET-OK {0}")
  @ValueSource(
      strings = {"/%00", "/%0d%0a", "/a\\b", "//", "/../", "*", "http://a/b", "/\"<>{}|^`'", "a:1"})
  void takesATargetByteByByte(String target) {
    assertThat(request(bytes("OPTIONS·" + target + "·HTTP/1.1$$")))
        .isEqualTo(
            new Complete<>(
                new Head<>(new RequestLine("OPTIONS", target, HttpVersion.HTTP_1_1), Fields.NONE)));
  }

  @ParameterizedTest(name = "H1-VERSION {0}")
  @ValueSource(strings = {"GET·/·HTTP/1.2", "GET·/·HTTP/9.9", "PRI·*·HTTP/2.0", "GET·/·HTTP/0.9"})
  void tellsAVersionThatIsNotSpokenFromOneThatIsNone(String line) {
    assertFault(line + "$$", Set.of(Http1Fault.VERSION));
  }

  @ParameterizedTest(name = "H1-FIELD {0}")
  @ValueSource(
      strings = {
        ":·empty",
        "colonless",
        "Bad[Name:·x",
        "Bad·Name:·x",
        "Bad\tName:·x",
        "Name·:·x",
        "Name\t:·x",
        "Nämé:·x",
        "A:·x$·folded",
        "A:·x$\tfolded",
        "A:·x\ry",
        "A:·x\0y",
        "A:·\7",
        "A:·\10",
        "A:·\13",
        "A:·\14",
        "A:·\u007f",
        "Transfer-Encoding:·\13chunked",
        "Transfer-Encoding:·chunked\14",
        "Transfer-Encoding·:·chunked",
        "Transfer-Encoding:$·chunked",
      })
  void refusesAFieldThatReadersReadDifferently(String field) {
    assertFault("GET·/·HTTP/1.1$Host:·a$" + field + "$$", Set.of(Http1Fault.FIELD));
  }

  @Test
  void takesBytesBeyondAsciiAndTabsInAValueAsTheyAre() {
    assertThat(request(bytes("GET·/·HTTP/1.1$A:·Ã¼\tb··c\t$$")))
        .isEqualTo(
            new Complete<>(
                new Head<>(
                    new RequestLine("GET", "/", HttpVersion.HTTP_1_1),
                    Fields.NONE.with("A", "Ã¼\tb  c"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\r\0", "GET·/\n", "G\u001b", "GET·/·HTTP/1.1$A:·\0"})
  void refusesAControlAsSoonAsItIsThere(String beginning) {
    assertThat(request(bytes(beginning))).isInstanceOf(Malformed.class);
  }

  @Test
  void aMethodHasAtMost32Characters() {
    String longest = "M".repeat(32);
    assertThat(request(bytes(longest + "·/·HTTP/1.1$$"))).isInstanceOf(Complete.class);
    assertFault(longest + "M·/·HTTP/1.1$$", Set.of(Http1Fault.METHOD));
    assertFault("G@T·/·HTTP/1.1$$", Set.of(Http1Fault.METHOD));
  }

  @Test
  void aRequestLineIsAtMostAsLongAsItsLimit() {
    String around = "GET··HTTP/1.1".replace("·", "");
    String longest = "/" + "a".repeat(Texts.LIMITS.maxStartLine() - around.length() - 3);
    assertThat(request(bytes("GET·" + longest + "·HTTP/1.1$$"))).isInstanceOf(Complete.class);
    assertFault("GET·" + longest + "b·HTTP/1.1$$", Set.of(Http1Fault.START_LINE_LENGTH));
  }

  @Test
  void aRequestLineThatNeverEndsIsRefusedOneBytePastItsLimit() {
    String endless = "GET·/" + "a".repeat(Texts.LIMITS.maxStartLine() - 5);
    assertThat(request(bytes(endless))).isInstanceOf(Incomplete.class);
    assertFault(endless + "a", Set.of(Http1Fault.START_LINE_LENGTH));
  }

  @Test
  void fieldsCountTheirNamesTheirValuesAnd32Each() {
    int most = Texts.LIMITS.maxHeaderSize() - 2 * Field.OVERHEAD - 2;
    String head = "GET·/·HTTP/1.1$A:·" + "a".repeat(most - 10) + "$B:·" + "b".repeat(10);
    assertThat(request(bytes(head + "$$"))).isInstanceOf(Complete.class);
    assertFault(head + "b$$", Set.of(Http1Fault.HEADER_SIZE));
  }

  @Test
  void aFieldThatNeverEndsIsRefusedOneBytePastTheLimit() {
    String endless = "GET·/·HTTP/1.1$A:" + "a".repeat(Texts.LIMITS.maxHeaderSize() - 2);
    assertThat(request(bytes(endless))).isInstanceOf(Incomplete.class);
    assertFault(endless + "a", Set.of(Http1Fault.HEADER_SIZE));
  }

  @Test
  void paddingCountsAsItIsSent() {
    String padded = "A:" + "·".repeat(20_000) + "$";
    assertThat(request(bytes("GET·/·HTTP/1.1$" + padded.repeat(3) + "$")))
        .isInstanceOf(Complete.class);
    assertFault("GET·/·HTTP/1.1$" + padded.repeat(4) + "$", Set.of(Http1Fault.HEADER_SIZE));
  }

  @Test
  void aHeadHasAtMostSoManyFields() {
    String most = "GET·/·HTTP/1.1$" + "A:·b$".repeat(Texts.LIMITS.maxFields());
    assertThat(request(bytes(most + "$"))).isInstanceOf(Complete.class);
    assertFault(most + "A:·b$$", Set.of(Http1Fault.FIELD_COUNT));
  }

  @Test
  void aSecondHeadStaysInTheBuffer() {
    ByteBuf in = bytes(PLAIN + PLAIN);
    assertThat(request(in)).isInstanceOf(Complete.class);
    assertThat(in).isEqualTo(bytes(PLAIN));
  }

  @Test
  void noFaultMovesTheReaderIndex() {
    ByteBuf in = raw("xGET / HTTP/1.1\r\nA: b\r\nC\r\n\r\n").skipBytes(1);
    assertThat(request(in)).isEqualTo(new Malformed<>(Http1Fault.FIELD));
    assertThat(in.readerIndex()).isEqualTo(1);
  }

  /** Each fault among those that may be named, and for every longer input as well. */
  private static void assertFault(String text, Set<Http1Fault> faults) {
    for (String input : List.of(text, text + "GET·/second·HTTP/1.1$Host:·a$$")) {
      Decoded<Head<RequestLine>> outcome = request(bytes(input));
      assertThat(outcome).as(input).isInstanceOf(Malformed.class);
      assertThat(((Malformed<?>) outcome).fault()).isIn(faults);
    }
  }
}
