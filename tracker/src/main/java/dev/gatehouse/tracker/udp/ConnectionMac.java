package dev.gatehouse.tracker.udp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.config.value.Secret;
import dev.gatehouse.tracker.config.ConnectionIdRules.Scheme;
import dev.gatehouse.tracker.hash.SipHash;
import dev.gatehouse.tracker.hash.XxHash64;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Proves with a key that a short message was made here; one thread's, since it has scratch. */
sealed interface ConnectionMac {

  /** The proof for the first bytes of an array. */
  long of(byte[] message, int length);

  /** What a key means in a scheme. */
  static ConnectionMac of(Scheme scheme, Secret key) {
    byte[] bytes = key.reveal().getBytes(UTF_8);
    return switch (scheme) {
      case SIPHASH -> Sip.of(bytes);
      case MOCHI -> Xx.of(bytes);
    };
  }

  /** SipHash-2-4, whose key is what SHA-256 begins with. */
  record Sip(SipHash hash) implements ConnectionMac {

    static Sip of(byte[] key) {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
        ByteBuffer words = ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN);
        return new Sip(new SipHash(words.getLong(), words.getLong(), 2, 4));
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public long of(byte[] message, int length) {
      return hash.hash(message, length);
    }
  }

  /** HMAC (RFC 2104) over XXH64, with blocks of 32 bytes; nothing that withstands an expert. */
  final class Xx implements ConnectionMac {

    private static final int BLOCK = 32;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;
    private static final VarHandle LONG =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] inner = new byte[BLOCK + SipHash.MAX_BYTES];
    private final byte[] outer = new byte[BLOCK + Long.BYTES];

    private Xx(byte[] key) {
      byte[] block = Arrays.copyOf(key, BLOCK);
      for (int i = 0; i < BLOCK; i++) {
        inner[i] = (byte) (block[i] ^ INNER);
        outer[i] = (byte) (block[i] ^ OUTER);
      }
    }

    static Xx of(byte[] key) {
      return new Xx(
          key.length <= BLOCK
              ? key
              : ByteBuffer.allocate(Long.BYTES).putLong(XxHash64.hash(key, key.length)).array());
    }

    @Override
    public long of(byte[] message, int length) {
      System.arraycopy(message, 0, inner, BLOCK, length);
      LONG.set(outer, BLOCK, XxHash64.hash(inner, BLOCK + length));
      return XxHash64.hash(outer, outer.length);
    }
  }
}
