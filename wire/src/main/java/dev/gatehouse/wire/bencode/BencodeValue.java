package dev.gatehouse.wire.bencode;

import dev.gatehouse.wire.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One well-formed value, still in the bytes in which it came: it lives as long as the buffer that
 * it was read from, and holds no reference of its own to it.
 */
public sealed interface BencodeValue {

  /** The bytes that spell the value, from its first to its last: what a hash of it is made of. */
  ByteBuf span();

  /** An integer of 64 bits. */
  record Whole(long value, ByteBuf span) implements BencodeValue {}

  /** A string of any bytes; {@code content} is without its length. */
  record Text(ByteBuf content, ByteBuf span) implements BencodeValue {

    /** The content as a value of its own. */
    public Bytes bytes() {
      return Bytes.of(ByteBufUtil.getBytes(content));
    }
  }

  /** Values in their order. */
  record Sequence(ByteBuf span) implements BencodeValue {

    public List<BencodeValue> values() {
      List<BencodeValue> values = new ArrayList<>();
      int at = span.readerIndex() + 1;
      while (span.getByte(at) != 'e') {
        BencodeValue value = BencodeReader.at(span, at);
        values.add(value);
        at += value.span().readableBytes();
      }
      return values;
    }
  }

  /** Values by their keys. */
  record Dictionary(ByteBuf span) implements BencodeValue {

    /** The value of a key, which is looked for from the front. */
    public Optional<BencodeValue> get(Bytes key) {
      ByteBuf wanted = Unpooled.wrappedBuffer(key.toArray());
      int at = span.readerIndex() + 1;
      while (span.getByte(at) != 'e') {
        BencodeValue name = BencodeReader.at(span, at);
        BencodeValue value = BencodeReader.at(span, at + name.span().readableBytes());
        if (name instanceof Text text && text.content().equals(wanted)) {
          return Optional.of(value);
        }
        at += name.span().readableBytes() + value.span().readableBytes();
      }
      return Optional.empty();
    }
  }
}
