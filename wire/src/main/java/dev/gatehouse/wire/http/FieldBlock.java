package dev.gatehouse.wire.http;

import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Incomplete;
import dev.gatehouse.wire.Decoded.Malformed;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers the fields of one head or trailer, up to the empty line (RFC 9112 section 5). */
final class FieldBlock {

  private static final int CRLF_LENGTH = 2;

  private final HeadLimits limits;
  private final List<Field> fields = new ArrayList<>();
  private int sentBytes;
  private long size;

  FieldBlock(HeadLimits limits) {
    this.limits = limits;
  }

  Decoded<Fields> decode(ByteBuf in, LineScanner lines) {
    while (true) {
      int budget = Math.max(0, limits.maxHeaderSize() - sentBytes);
      switch (lines.next(in, budget, Http1Fault.FIELD, Http1Fault.HEADER_SIZE)) {
        case Incomplete<String>() -> {
          return new Incomplete<>();
        }
        case Malformed<String>(Decoded.Fault fault) -> {
          return new Malformed<>(fault);
        }
        case Complete<String>(String line) -> {
          if (line.isEmpty()) {
            return new Complete<>(new Fields(fields));
          }
          Optional<Http1Fault> fault = take(line);
          if (fault.isPresent()) {
            return new Malformed<>(fault.get());
          }
        }
      }
    }
  }

  private Optional<Http1Fault> take(String line) {
    sentBytes += line.length() + CRLF_LENGTH;
    int colon = line.indexOf(':');
    String name = line.substring(0, Math.max(0, colon));
    // no token begins with a blank, so this refuses folded lines too
    if (!Grammar.isToken(name)) {
      return Optional.of(Http1Fault.FIELD);
    }
    Field field = new Field(name, Grammar.trim(line, colon + 1));
    size += field.size();
    if (size > limits.maxHeaderSize()) {
      return Optional.of(Http1Fault.HEADER_SIZE);
    }
    if (fields.size() == limits.maxFields()) {
      return Optional.of(Http1Fault.FIELD_COUNT);
    }
    fields.add(field);
    return Optional.empty();
  }
}
