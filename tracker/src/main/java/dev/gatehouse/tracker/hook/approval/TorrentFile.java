package dev.gatehouse.tracker.hook.approval;

import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.bencode.BencodeLimits;
import dev.gatehouse.wire.bencode.BencodeReader;
import dev.gatehouse.wire.bencode.BencodeValue;
import dev.gatehouse.wire.tracker.InfoHash;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Reads from a {@code .torrent} file which torrent it is of (BEP 3, BEP 52). */
final class TorrentFile {

  private static final Bytes INFO = Bytes.utf8("info");
  private static final Bytes NAME = Bytes.utf8("name");
  private static final int MAX_BYTES = BencodeLimits.TORRENT.maxBytes();

  private TorrentFile() {}

  /** The hashes of both versions, whichever the torrent has, and its name. */
  static Listing read(Path file, FileVersion version) throws IOException {
    BencodeValue.Dictionary info = info(bytes(file));
    Bytes name =
        info.get(NAME).orElse(null) instanceof BencodeValue.Text text
            ? text.bytes()
            : Listing.NAMELESS;
    return Listing.of(
        version, List.of(hash(info.span(), "SHA-1"), hash(info.span(), "SHA-256")), name);
  }

  private static ByteBuf bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("more than " + MAX_BYTES + " bytes");
      }
      return Unpooled.wrappedBuffer(bytes);
    }
  }

  private static BencodeValue.Dictionary info(ByteBuf bytes) throws IOException {
    return switch (BencodeReader.read(bytes, BencodeLimits.TORRENT)) {
      case Decoded.Complete<BencodeValue>(BencodeValue.Dictionary torrent) ->
          switch (torrent.get(INFO).orElse(null)) {
            case BencodeValue.Dictionary info -> info;
            case null -> throw new IOException("no info (expected: a torrent)");
            case BencodeValue.Whole _, BencodeValue.Text _, BencodeValue.Sequence _ ->
                throw new IOException("info is no dictionary (expected: a torrent)");
          };
      case Decoded.Complete<BencodeValue> _ ->
          throw new IOException("no dictionary (expected: a torrent)");
      case Decoded.Incomplete<BencodeValue> _ ->
          throw new IOException("cut off (expected: a torrent)");
      case Decoded.Malformed<BencodeValue>(Decoded.Fault fault) ->
          throw new IOException(fault.label() + " (expected: canonical bencode)");
    };
  }

  private static InfoHash hash(ByteBuf span, String algorithm) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      digest.update(span.nioBuffer());
      return InfoHash.parse(Bytes.of(digest.digest())).orElseThrow();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
