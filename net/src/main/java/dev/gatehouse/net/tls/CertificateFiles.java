package dev.gatehouse.net.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.net.tls.CertificateProblem.Kind;
import dev.gatehouse.net.tls.Reading.Read;
import dev.gatehouse.net.tls.Reading.Unreadable;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a certificate and its key are, both in PEM.
 *
 * @param chain the certificate of the server first, then those that lead to a root
 * @param key in PKCS#8, PKCS#1 or SEC1, not encrypted; may be the same file
 */
public record CertificateFiles(Path chain, Path key) {

  /** What came of reading both files. */
  sealed interface Load {

    record Loaded(CertificatePair pair) implements Load {}

    /** At least one problem. */
    record Refused(List<CertificateProblem> problems) implements Load {}
  }

  /** Reads both, and tells of the problems of both at once. */
  Load read() {
    var certificates = PemFile.read(chain).then(ChainReader::read);
    var privateKey = PemFile.read(key).then(PrivateKeyReader::read);
    if (certificates instanceof Read<List<X509Certificate>>(List<X509Certificate> found)
        && privateKey instanceof Read<PrivateKey>(PrivateKey its)) {
      return new Load.Loaded(new CertificatePair(found, its));
    }
    return new Load.Refused(
        Stream.of(problem(chain, certificates), problem(key, privateKey))
            .flatMap(Optional::stream)
            .toList());
  }

  private static Optional<CertificateProblem> problem(Path file, Reading<?> reading) {
    return reading instanceof Unreadable<?>(String reason)
        ? Optional.of(CertificateProblem.error(Kind.FILE, file + ": " + reason))
        : Optional.empty();
  }

  /** What both look like from outside. */
  List<Optional<FileStamp>> stamps() {
    return List.of(FileStamp.of(chain), FileStamp.of(key));
  }

  /** Tells contents apart, and the reasons why there are none. */
  String digest() {
    return digest(chain) + digest(key);
  }

  private static String digest(Path file) {
    byte[] content =
        switch (PemFile.bytes(file)) {
          case Read<byte[]>(byte[] bytes) -> bytes;
          case Unreadable<byte[]>(String reason) -> reason.getBytes(UTF_8);
        };
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }
}
