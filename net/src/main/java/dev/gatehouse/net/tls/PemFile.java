package dev.gatehouse.net.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.net.tls.Reading.Read;
import dev.gatehouse.net.tls.Reading.Unreadable;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** Reads files of PEM blocks (RFC 7468); text around the blocks is allowed and ignored. */
final class PemFile {

  /** Hundreds of times what a chain or a key needs. */
  static final int MAX_BYTES = 1 << 20;

  private static final String BEGIN = "-----BEGIN";
  private static final Pattern LABEL = Pattern.compile("[A-Z0-9 ]{1,40}");

  /** The tag with which every certificate and key begins in its binary form. */
  private static final byte DER_SEQUENCE = 0x30;

  private PemFile() {}

  /** The blocks of a file, at least one. */
  static Reading<List<PemObject>> read(Path file) {
    return bytes(file).then(PemFile::parse);
  }

  /** The content of a file of at most {@link #MAX_BYTES}. A pipe would block its reader. */
  static Reading<byte[]> bytes(Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return new Unreadable<>("not a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      return bytes.length > MAX_BYTES
          ? new Unreadable<>("larger than 1 MiB (expected: a certificate chain or a key)")
          : new Read<>(bytes);
    } catch (NoSuchFileException _) {
      return new Unreadable<>("no such file");
    } catch (AccessDeniedException _) {
      return new Unreadable<>("permission denied; let the user of this process read it");
    } catch (IOException e) {
      return new Unreadable<>("not readable: " + e.getMessage());
    }
  }

  static Reading<List<PemObject>> parse(byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    List<PemObject> blocks = new ArrayList<>();
    try (PemReader reader = new PemReader(new StringReader(text))) {
      for (PemObject next = reader.readPemObject(); next != null; next = reader.readPemObject()) {
        blocks.add(next);
      }
    } catch (IOException | RuntimeException _) {
      // the library throws what its arithmetic on damaged blocks leads to
      return damaged(blocks.size() + 1);
    }
    if (text.split(BEGIN, -1).length - 1 != blocks.size()) {
      // the library takes a line that only resembles a beginning for text around the blocks
      return damaged(blocks.size() + 1);
    }
    return blocks.isEmpty() ? none(bytes) : new Read<>(List.copyOf(blocks));
  }

  private static Reading<List<PemObject>> damaged(int position) {
    return new Unreadable<>("damaged or cut short in or about PEM block " + position);
  }

  private static Reading<List<PemObject>> none(byte[] bytes) {
    return bytes.length > 0 && bytes[0] == DER_SEQUENCE
        ? new Unreadable<>("binary (DER); convert it to PEM (openssl x509 or pkey -inform der)")
        : new Unreadable<>("no PEM block (expected: lines from -----BEGIN to -----END)");
  }

  /** What a block says that it is, in a form that may be shown. */
  static String label(PemObject block) {
    return LABEL.matcher(block.getType()).matches() ? block.getType() : "an unknown type";
  }
}
