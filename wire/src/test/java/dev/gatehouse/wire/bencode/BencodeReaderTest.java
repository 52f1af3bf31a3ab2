package dev.gatehouse.wire.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Incomplete;
import dev.gatehouse.wire.Decoded.Malformed;
import dev.gatehouse.wire.bencode.BencodeValue.Dictionary;
import dev.gatehouse.wire.bencode.BencodeValue.Sequence;
import dev.gatehouse.wire.bencode.BencodeValue.Text;
import dev.gatehouse.wire.bencode.BencodeValue.Whole;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BencodeReaderTest {

  private static final BencodeLimits LIMITS = new BencodeLimits(64, 4);

  @ParameterizedTest
  @CsvSource({
    "i0e, 0",
    "i42e, 42",
    "i-42e, -42",
    "i9223372036854775807e, 9223372036854775807",
    "i-9223372036854775808e, -9223372036854775808",
    "i1000000000000000000e, 1000000000000000000",
  })
  void readsIntegersOf64Bits(String text, long value) {
    ByteBuf in = ascii(text);
    assertThat(complete(in)).isEqualTo(new Whole(value, ascii(text)));
    assertThat(in.isReadable()).isFalse();
  }

  @Test
  void readsStringsOfAnyBytes() {
    assertThat(complete(ascii("4:spam"))).isEqualTo(new Text(ascii("spam"), ascii("4:spam")));
    assertThat(complete(ascii("0:"))).isEqualTo(new Text(ascii(""), ascii("0:")));
    assertThat(complete(ascii("3:\u0000\u00ff:"))).isInstanceOf(Text.class);
  }

  @Test
  void readsListsInTheirOrder() {
    Sequence list = (Sequence) complete(ascii("l4:spami7eli1eee"));
    assertThat(list.values())
        .containsExactly(
            new Text(ascii("spam"), ascii("4:spam")),
            new Whole(7, ascii("i7e")),
            new Sequence(ascii("li1ee")));
  }

  @Test
  void findsTheValueOfAKey() {
    Dictionary dictionary = (Dictionary) complete(ascii("d0:i1e3:cow3:moo4:spamd1:ai2eee"));
    assertThat(dictionary.get(Bytes.utf8("cow"))).contains(new Text(ascii("moo"), ascii("3:moo")));
    assertThat(dictionary.get(Bytes.utf8(""))).contains(new Whole(1, ascii("i1e")));
    assertThat(dictionary.get(Bytes.utf8("spam"))).contains(new Dictionary(ascii("d1:ai2ee")));
    assertThat(dictionary.get(Bytes.utf8("a"))).isEmpty();
  }

  @Test
  void givesTheRawSpanOfAValue() {
    String info = "d6:lengthi5e4:name8:test.txt12:piece lengthi32768ee";
    Dictionary torrent =
        (Dictionary) complete(ascii("d8:announce3:url4:info" + info + "e"), BencodeLimits.TORRENT);
    assertThat(torrent.get(Bytes.utf8("info")).orElseThrow().span()).isEqualTo(ascii(info));
  }

  @Test
  void leavesWhatFollowsTheValue() {
    ByteBuf in = ascii("xi1ei2e");
    in.readerIndex(1);
    assertThat(complete(in)).isEqualTo(new Whole(1, ascii("i1e")));
    assertThat(in.readerIndex()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i-4200e",
        "11:hello world",
        "li1e1:ae",
        "d1:ali1ei-2ee2:aad0:0:e1:b0:e",
        "llleee",
      })
  void everyProperPrefixIsIncompleteAndConsumesNothing(String text) {
    for (int length = 0; length < text.length(); length++) {
      ByteBuf in = ascii(text.substring(0, length));
      assertThat(read(in)).as("%d bytes", length).isInstanceOf(Incomplete.class);
      assertThat(in.readerIndex()).isZero();
    }
    assertThat(read(ascii(text))).isInstanceOf(Complete.class);
  }

  @ParameterizedTest
  @CsvSource({
    "x, SYNTAX",
    "e, SYNTAX",
    "-1:a, SYNTAX",
    "lx, SYNTAX",
    "d1:ae, SYNTAX",
    "ie, INTEGER",
    "i-e, INTEGER",
    "i-0, INTEGER",
    "i00, INTEGER",
    "i01, INTEGER",
    "i+1, INTEGER",
    "i 1, INTEGER",
    "i1.5, INTEGER",
    "i9223372036854775808, INTEGER",
    "i9999999999999999999, INTEGER",
    "i-9223372036854775809, INTEGER",
    "i10000000000000000000, INTEGER",
    "00, LENGTH",
    "01:a, LENGTH",
    "1a, LENGTH",
    "1 :a, LENGTH",
    "di1e, KEY",
    "dl, KEY",
    "d1:ai1e1:ai2e, KEY_ORDER",
    "d1:bi1e1:a, KEY_ORDER",
    "d2:aai1e1:a, KEY_ORDER",
    "lllll, DEPTH",
    "ld0:ld0:l, DEPTH",
    "d1:ad1:ad1:ad1:ad, DEPTH",
    "65:, TOO_BIG",
    "62:, TOO_BIG",
    "99, TOO_BIG",
    "999999999999999999999, TOO_BIG",
  })
  void refusesAtTheFirstByteThatNoValueHas(String text, BencodeFault fault) {
    ByteBuf in = ascii(text);
    assertThat(read(in)).isEqualTo(new Malformed<>(fault));
    assertThat(in.readerIndex()).isZero();
  }

  @Test
  void keysRiseAsUnsignedBytes() {
    assertThat(read(ascii("d1:\u007fi1e1:\u0080i1ee"))).isInstanceOf(Complete.class);
    assertThat(read(ascii("d1:\u0080i1e1:\u007fi1ee")))
        .isEqualTo(new Malformed<>(BencodeFault.KEY_ORDER));
  }

  @Test
  void takesAValueAtTheLimitAndRefusesOneBeyond() {
    assertThat(read(ascii("61:" + "a".repeat(61)))).isInstanceOf(Complete.class);
    assertThat(read(ascii("l" + "0:".repeat(31) + "e"))).isInstanceOf(Complete.class);
    assertThat(read(ascii("l" + "0:".repeat(31) + "0")))
        .isEqualTo(new Malformed<>(BencodeFault.TOO_BIG));
    assertThat(read(ascii("llll"))).isInstanceOf(Incomplete.class);
  }

  @Test
  void aLengthThatLiesCostsNothing() {
    ByteBuf in = ascii("9999999:");
    assertThat(BencodeReader.read(in, BencodeLimits.TORRENT)).isInstanceOf(Incomplete.class);
    assertThat(BencodeReader.read(ascii("10485760:"), BencodeLimits.TORRENT))
        .isEqualTo(new Malformed<>(BencodeFault.TOO_BIG));
  }

  @Test
  void agreesWithAPlainReaderOnDamagedValues() {
    Random random = new Random(11);
    int complete = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = PlainBencode.random(random, 3).getBytes(ISO_8859_1);
      for (int damage = random.nextInt(3); damage > 0; damage--) {
        bytes[random.nextInt(bytes.length)] = (byte) "0123456789:deil-a".charAt(random.nextInt(17));
      }
      boolean expected = PlainBencode.accepts(new String(bytes, ISO_8859_1));
      Decoded<BencodeValue> outcome =
          BencodeReader.read(Unpooled.wrappedBuffer(bytes), BencodeLimits.TORRENT);
      assertThat(outcome instanceof Complete).as(new String(bytes, ISO_8859_1)).isEqualTo(expected);
      complete += expected ? 1 : 0;
    }
    assertThat(complete).isBetween(2_000, 18_000);
  }

  private static BencodeValue complete(ByteBuf in) {
    return complete(in, LIMITS);
  }

  private static BencodeValue complete(ByteBuf in, BencodeLimits limits) {
    return switch (BencodeReader.read(in, limits)) {
      case Complete<BencodeValue>(BencodeValue value) -> value;
      case Decoded<BencodeValue> other -> throw new AssertionError(other.toString());
    };
  }

  private static Decoded<BencodeValue> read(ByteBuf in) {
    return BencodeReader.read(in, LIMITS);
  }

  static ByteBuf ascii(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1));
  }
}
