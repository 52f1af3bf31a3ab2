package dev.gatehouse.control.ops.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.control.ops.page.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/**
 * An answer's body in bytes.
 *
 * @param body on the heap, never pooled: whoever drops it leaks nothing
 */
record Encoded(Answer answer, ByteBuf body, boolean isCompressed) {

  /** Below this, the frame of gzip costs about what it saves. */
  private static final int MIN_COMPRESSED_BYTES = 512;

  static Encoded of(Answer answer, boolean mayCompress) {
    byte[] plain = answer.body().getBytes(UTF_8);
    boolean compress = mayCompress && plain.length >= MIN_COMPRESSED_BYTES;
    byte[] bytes = compress ? compressed(plain) : plain;
    return new Encoded(answer, Unpooled.wrappedBuffer(bytes), compress);
  }

  private static byte[] compressed(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 4);
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
