package dev.gatehouse.net.acme;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * The folder in which the key of the account and the certificates are, as the relay's predecessor
 * laid it out: who takes over its folder needs no new certificate.
 *
 * @param path of the folder, for the daemon's user alone
 */
public record CertificateFolder(Path path) {

  /** Of every key that is made here. */
  private static final int BITS = 256;

  private static final String ACCOUNT = "acme_account+key";
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);
  private static final FileAttribute<Set<PosixFilePermission>> NEW_FOLDER =
      PosixFilePermissions.asFileAttribute(OWNER);
  private static final FileAttribute<Set<PosixFilePermission>> NEW_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /**
   * Makes the folder where there is none, and refuses one that others can look into; its rights are
   * never changed, since somebody may have meant them.
   */
  public void prepare() throws FolderRefusedException {
    try {
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(path, NEW_FOLDER);
      }
      check();
    } catch (FolderRefusedException e) {
      throw e;
    } catch (IOException e) {
      throw new FolderRefusedException(path + ": cannot be used (" + e + ')', e);
    }
  }

  private void check() throws IOException {
    if (!Files.isDirectory(path)) {
      throw new FolderRefusedException(path + ": not a folder (expected: one, or nothing)");
    }
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
    if (!OWNER.containsAll(rights)) {
      throw new FolderRefusedException(
          "%s: permissions %s, expected %s"
              .formatted(
                  path,
                  PosixFilePermissions.toString(rights),
                  PosixFilePermissions.toString(OWNER)));
    }
    if (!Files.isReadable(path) || !Files.isWritable(path)) {
      throw new FolderRefusedException(path + ": cannot be read and written by this user");
    }
  }

  /** The file of a domain: the key, then the certificates. */
  public static Path file(Path folder, String domain) {
    return folder.resolve(domain);
  }

  /** Writes key and certificates beside where they belong, to be looked at. */
  Path draft(String domain, KeyPair key, String chain) throws IOException {
    return write(domain, pem(key) + chain);
  }

  /** Puts a draft in its place, in one step. */
  void publish(Path draft, String domain) throws IOException {
    Files.move(
        draft,
        file(path, domain),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** The key of the account; empty if there is none that can be read. */
  Optional<KeyPair> account() throws IOException {
    Path file = path.resolve(ACCOUNT);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file, US_ASCII)))) {
      return parser.readObject() instanceof PEMKeyPair pair
          ? Optional.of(new JcaPEMKeyConverter().getKeyPair(pair))
          : Optional.empty();
    } catch (PEMException _) {
      return Optional.empty();
    }
  }

  /** Keeps the key of a new account. */
  void account(KeyPair key) throws IOException {
    publish(write(ACCOUNT, pem(key)), ACCOUNT);
  }

  private Path write(String name, String text) throws IOException {
    Path draft = path.resolve(name + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(draft, NEW_FILE);
    Files.writeString(draft, text, US_ASCII);
    return draft;
  }

  /** As {@code EC PRIVATE KEY} (RFC 5915), with the curve inside, as other programs want it. */
  private static String pem(KeyPair key) throws IOException {
    ASN1Encodable curve =
        PrivateKeyInfo.getInstance(key.getPrivate().getEncoded())
            .getPrivateKeyAlgorithm()
            .getParameters();
    ASN1BitString open =
        SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()).getPublicKeyData();
    BigInteger secret = ((ECPrivateKey) key.getPrivate()).getS();
    byte[] der = new org.bouncycastle.asn1.sec.ECPrivateKey(BITS, secret, open, curve).getEncoded();
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject("EC PRIVATE KEY", der));
    }
    return text.toString();
  }
}
