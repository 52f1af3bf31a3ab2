package dev.gatehouse.net.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.tls.CertificateFiles.Load;
import dev.gatehouse.testkit.Hex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificateFilesTest {

  private static final String EXPECTED =
      " (expected: RSA of at least 2048 bits, ECDSA P-256 or P-384)";

  @TempDir private Path folder = Path.of("");

  private Issued root;
  private Issued leaf;
  private KeyPair rsa;
  private CertificateFiles files;

  @BeforeAll
  void makeOnce() throws Exception {
    root = Issued.root("Root");
    leaf = root.leaf("www.example.org");
    rsa = Issued.rsa(2048);
  }

  @BeforeEach
  void writeGoodOnes() throws Exception {
    files = Pem.write(folder, leaf, root);
  }

  @Test
  void theChainIsReadInTheOrderOfTheFile() {
    CertificatePair pair = loaded();
    assertThat(pair.chain()).containsExactly(leaf.certificate(), root.certificate());
    assertThat(pair.key()).isEqualTo(leaf.key());
  }

  @Test
  void aPairDoesNotTellItsKey() throws Exception {
    Files.writeString(files.key(), Pem.pkcs8(rsa.getPrivate()));
    assertThat(loaded()).hasToString("CertificatePair[CN=www.example.org]");
  }

  @Test
  void aKeyMayBeInTheFormOfItsOwnType() throws Exception {
    String sec1 = Pem.sec1(leaf.key());
    assertThat(sec1).startsWith("-----BEGIN EC PRIVATE KEY-----");
    assertThat(((ECPrivateKey) keyOf(sec1)).getS()).isEqualTo(((ECPrivateKey) leaf.key()).getS());
    String pkcs1 = Pem.text(rsa.getPrivate());
    assertThat(pkcs1).startsWith("-----BEGIN RSA PRIVATE KEY-----");
    assertThat(keyOf(pkcs1)).isEqualTo(rsa.getPrivate());
    assertThat(keyOf(Pem.pkcs8(rsa.getPrivate()))).isEqualTo(rsa.getPrivate());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out FILE | PRIVATE KEY | EC",
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out FILE | PRIVATE KEY | RSA",
        "ecparam -name secp384r1 -genkey -out FILE | EC PARAMETERS | EC",
        "ecparam -name prime256v1 -genkey -noout -out FILE | EC PRIVATE KEY | EC",
        "genrsa -traditional -out FILE 2048 | RSA PRIVATE KEY | RSA",
      })
  void everyFormOfTheUsualToolIsRead(String command, String first, String type) throws Exception {
    Openssl.require();
    String text = Openssl.key(folder, command);
    assertThat(text).startsWith("-----BEGIN " + first + "-----");
    assertThat(keyOf(text).getAlgorithm()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes256 -pass pass:x -out FILE",
        "genrsa -traditional -aes128 -passout pass:x -out FILE 2048",
      })
  void anEncryptedKeyIsRefusedInPlainWords(String command) throws Exception {
    Openssl.require();
    String text = Openssl.key(folder, command);
    assertThat(refusedKey(text))
        .isEqualTo(
            "the key is encrypted, and nobody is there to type a passphrase; decrypt it"
                + " (openssl pkey)");
  }

  @ParameterizedTest
  @CsvSource({
    "Ed25519, 0, Ed25519 key",
    "Ed448, 0, Ed448 key",
    "DSA, 2048, DSA key",
    "RSASSA-PSS, 2048, RSASSA-PSS key",
    "DH, 2048, algorithm 1.2.840.113549.1.3.1 key",
    "RSA, 1024, RSA key of 1024 bits",
    "RSA, 2040, RSA key of 2040 bits",
    "EC, 521, EC key of curve secp521r1",
  })
  void aKeyOfAnotherTypeIsRefusedByName(String type, int bits, String named) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
    if (bits > 0) {
      generator.initialize(bits);
    }
    PrivateKey key = generator.generateKeyPair().getPrivate();
    assertThat(refusedKey(Pem.pkcs8(key))).isEqualTo(named + EXPECTED);
  }

  @Test
  void aCurveWithoutANameIsRefused() throws Exception {
    Openssl.require();
    String explicit = "ecparam -name prime256v1 -genkey -noout -param_enc explicit -out FILE";
    String text = Openssl.key(folder, explicit);
    assertThat(refusedKey(text)).isEqualTo("EC key of a curve without a name" + EXPECTED);
  }

  @Test
  void aCurveMayBeInABlockOfItsOwnAndMustBeSomewhere() throws Exception {
    // d = 1, nothing else (RFC 5915 section 3)
    String bare = block("EC PRIVATE KEY", "30 25 02 01 01 04 20" + "00".repeat(31) + "01");
    assertThat(refusedKey(bare)).isEqualTo("EC key without its curve");
    // the object identifier of P-256
    String curve = block("EC PARAMETERS", "06 08 2a 86 48 ce 3d 03 01 07");
    assertThat(keyOf(curve + bare).getAlgorithm()).isEqualTo("EC");
    assertThat(keyOf(bare + curve).getAlgorithm()).isEqualTo("EC");
  }

  @Test
  void oneFileMayHoldBothAsOtherServersWantIt() throws Exception {
    String both = Pem.chain(leaf, root) + Pem.pkcs8(leaf.key());
    Files.writeString(files.chain(), both);
    files = new CertificateFiles(files.chain(), files.chain());
    assertThat(loaded().chain()).hasSize(2);
  }

  @Test
  void textAroundTheBlocksIsIgnored() throws Exception {
    Files.writeString(files.chain(), "subject=www\r\n" + Pem.chain(leaf) + "\n# the end");
    assertThat(loaded().chain()).containsExactly(leaf.certificate());
  }

  @Test
  void theKeyFileHoldsOneKey() throws Exception {
    assertThat(refusedKey(Pem.chain(leaf)))
        .isEqualTo("0 private keys among its PEM blocks (expected: 1)");
    assertThat(refusedKey(Pem.pkcs8(leaf.key()) + Pem.sec1(root.key())))
        .isEqualTo("2 private keys among its PEM blocks (expected: 1)");
  }

  @Test
  void blocksOfOtherKindsAreRefusedByName() throws Exception {
    assertThat(refusedKey(block("OPENSSH PRIVATE KEY", "00")))
        .isEqualTo("PEM block of OPENSSH PRIVATE KEY" + EXPECTED);
    assertThat(refusedKey(block("something", "00")))
        .isEqualTo("PEM block of an unknown type" + EXPECTED);
    assertThat(refusedChain(Pem.chain(leaf) + block("CERTIFICATE REQUEST", "30 00")))
        .isEqualTo("PEM block of CERTIFICATE REQUEST (expected: CERTIFICATE)");
    assertThat(refusedChain(Pem.pkcs8(leaf.key())))
        .isEqualTo("no certificate among its PEM blocks");
  }

  @Test
  void whatIsNoCertificateIsNamedByItsPosition() throws Exception {
    assertThat(refusedChain(Pem.chain(leaf) + block("CERTIFICATE", "30 03 02 01 01")))
        .isEqualTo("certificate 2 is no X.509 certificate");
    byte[] der = leaf.certificate().getEncoded();
    byte[] longer = Arrays.copyOf(der, der.length + 1);
    assertThat(refusedChain(wrap("CERTIFICATE", longer)))
        .isEqualTo("certificate 1 is no X.509 certificate");
    String twice = wrap("CERTIFICATE", wrap("CERTIFICATE", der).getBytes(US_ASCII));
    assertThat(refusedChain(twice)).isEqualTo("certificate 1 is no X.509 certificate");
  }

  @Test
  void damagedBlocksAreNamedByTheirPosition() throws Exception {
    String chain = Pem.chain(leaf, root);
    assertThat(refusedChain(chain.substring(0, chain.length() - 30)))
        .isEqualTo("damaged or cut short in or about PEM block 2");
    assertThat(refusedChain(chain.replaceFirst("-----END CERTIFICATE", "-----END CERT")))
        .isEqualTo("damaged or cut short in or about PEM block 1");
    assertThat(refusedChain(" " + chain)).startsWith("damaged or cut short");
    assertThat(refusedChain(chain.replaceFirst("MII", "M*I"))).startsWith("damaged or cut short");
    assertThat(refusedKey(block("PRIVATE KEY", "30 03 02 01 00"))).isEqualTo("damaged PRIVATE KEY");
    assertThat(refusedKey(block("RSA PRIVATE KEY", "30 80".repeat(5000))))
        .isEqualTo("damaged RSA PRIVATE KEY");
    assertThat(refusedKey(block("EC PRIVATE KEY", "04 01 00"))).isEqualTo("damaged EC PRIVATE KEY");
  }

  @Test
  void everythingButAFileOfPemBlocksIsRefused() throws Exception {
    assertThat(refusedChain("")).startsWith("no PEM block");
    assertThat(refusedChain("hello")).startsWith("no PEM block");
    Files.write(files.chain(), leaf.certificate().getEncoded());
    assertThat(refusals())
        .containsExactly(
            files.chain() + ": binary (DER); convert it to PEM (openssl x509 or pkey -inform der)");
  }

  @Test
  void aFileHasALimit() throws Exception {
    String chain = Pem.chain(leaf);
    String filler = "#".repeat(PemFile.MAX_BYTES - chain.length() - 1) + "\n";
    Files.writeString(files.chain(), filler + chain);
    assertThat(loaded().chain()).hasSize(1);
    assertThat(refusedChain("#" + filler + chain))
        .isEqualTo("larger than 1 MiB (expected: a certificate chain or a key)");
  }

  @Test
  void theProblemsOfBothFilesAreToldAtOnce() {
    files = new CertificateFiles(folder.resolve("none.pem"), folder);
    assertThat(refusals())
        .containsExactly(files.chain() + ": no such file", files.key() + ": not a regular file");
  }

  private String block(String label, String hex) {
    return wrap(label, Hex.bytes(hex));
  }

  private static String wrap(String label, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getEncoder().encodeToString(bytes), label);
  }

  private PrivateKey keyOf(String text) throws Exception {
    Files.writeString(files.key(), text);
    return loaded().key();
  }

  /** Without the name of the file. */
  private String refusedKey(String text) throws Exception {
    Files.writeString(files.key(), text);
    return refusal(files.key());
  }

  private String refusedChain(String text) throws Exception {
    Files.writeString(files.chain(), text);
    return refusal(files.chain());
  }

  private String refusal(Path file) {
    List<String> ofFile =
        refusals().stream().filter(sentence -> sentence.startsWith(file + ": ")).toList();
    assertThat(ofFile).hasSize(1);
    return ofFile.getFirst().substring((file + ": ").length());
  }

  private List<String> refusals() {
    assertThat(files.read()).isInstanceOf(Load.Refused.class);
    return ((Load.Refused) files.read())
        .problems().stream().map(CertificateProblem::sentence).toList();
  }

  private CertificatePair loaded() {
    assertThat(files.read()).isInstanceOf(Load.Loaded.class);
    return ((Load.Loaded) files.read()).pair();
  }
}
