package dev.gatehouse.net.tls;

import static dev.gatehouse.net.tls.Issued.BEGIN;
import static dev.gatehouse.net.tls.Issued.END;
import static dev.gatehouse.net.tls.Issued.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.net.tls.CertificateCheck.Examined;
import dev.gatehouse.net.tls.CertificateProblem.Kind;
import dev.gatehouse.net.tls.Issued.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificateCheckTest {

  private static final String HOST = "www.example.org";
  private static final Duration TWO_WEEKS = Duration.ofDays(14);

  @TempDir private Path folder = Path.of("");

  private Issued root;
  private Issued intermediate;
  private Issued leaf;
  private CertificateCheck check;

  @BeforeAll
  void makeOnce() throws Exception {
    root = Issued.root("Root");
    intermediate = root.intermediate("Intermediate");
    leaf = intermediate.leaf(HOST);
    check = check(true, false);
  }

  @Test
  void aWholeChainHasNoProblemsWithOrWithoutItsRoot() throws Exception {
    assertThat(problems(leaf, intermediate)).isEmpty();
    assertThat(problems(leaf, intermediate, root)).isEmpty();
  }

  @Test
  void theRootIsNotSent() throws Exception {
    assertThat(sent(leaf, intermediate, root))
        .containsExactly(leaf.certificate(), intermediate.certificate());
    assertThat(sent(leaf, intermediate))
        .containsExactly(leaf.certificate(), intermediate.certificate());
    Issued own = new Recipe("own").names(HOST).signedByItself();
    assertThat(sent(own)).containsExactly(own.certificate());
  }

  @Test
  void aPublicLeafAloneIsAnErrorUnlessTheOperatorKnowsBetter() throws Exception {
    CertificateFiles files = Pem.write(folder, leaf);
    String sentence =
        files.chain()
            + ": holds only the leaf, issued by CN=Intermediate; give the full chain"
            + " (fullchain.pem)";
    assertThat(check.problems(files, HOST, NOW))
        .containsExactly(new CertificateProblem(Kind.CHAIN, true, sentence));
    assertThat(check(false, false).problems(files, HOST, NOW))
        .containsExactly(new CertificateProblem(Kind.CHAIN, false, sentence));
  }

  @Test
  void aPrivateLeafAloneIsAWarning() throws Exception {
    Issued ours = new Recipe("ours").names(HOST).signedBy(intermediate);
    assertThat(problems(ours))
        .containsExactly(
            CertificateProblem.warning(
                Kind.CHAIN,
                folder.resolve("fullchain.pem")
                    + ": holds only the leaf, issued by CN=Intermediate, a private CA that clients"
                    + " must know"));
  }

  @Test
  void aLeafThatARootIssuedMayBeAloneAndSoMayASelfSignedOne() throws Exception {
    assertThat(problems(root.leaf(HOST))).isEmpty();
    assertThat(problems(new Recipe("own").names(HOST).signedByItself())).isEmpty();
  }

  @Test
  void theNameOfARootIsNotEnough() throws Exception {
    assertThat(problems(Issued.root("Root").leaf(HOST)))
        .extracting(CertificateProblem::kind)
        .containsExactly(Kind.CHAIN);
  }

  @Test
  void aWrongOrderIsAnErrorThatNamesThePosition() throws Exception {
    Issued second = intermediate.intermediate("Second");
    Issued below = second.leaf(HOST);
    assertThat(problems(below, intermediate, second))
        .containsExactly(
            chainError(
                "certificate 2 (CN=Intermediate) is out of order: the issuer of certificate 1"
                    + " (CN=www.example.org) is certificate 3"));
  }

  @Test
  void aStrangerIsAnErrorThatNamesThePosition() throws Exception {
    Issued stranger = root.intermediate("Stranger");
    assertThat(problems(leaf, stranger))
        .containsExactly(
            chainError(
                "certificate 2 (CN=Stranger) is a stranger: the issuer of certificate 1"
                    + " (CN=www.example.org) is CN=Intermediate"));
    assertThat(problems(leaf, intermediate, root, stranger))
        .containsExactly(
            chainError(
                "certificate 4 (CN=Stranger) is a stranger: the issuer of certificate 3 (CN=Root)"
                    + " is CN=Root"));
  }

  @Test
  void aNamesakeOfTheIssuerIsAnError() throws Exception {
    assertThat(problems(leaf, root.intermediate("Intermediate")))
        .containsExactly(
            chainError(
                "certificate 2 (CN=Intermediate) has the name of the issuer of certificate 1"
                    + " (CN=www.example.org), but did not sign it"));
  }

  @Test
  void theKeyMustBeThatOfTheFirstCertificate() throws Exception {
    CertificateFiles files = Pem.write(folder, leaf, intermediate);
    Files.writeString(files.key(), Pem.pkcs8(root.key()));
    assertThat(check.problems(files, HOST, NOW))
        .containsExactly(
            CertificateProblem.error(
                Kind.PAIR,
                "%s: the key in %s is of none of its certificates (expected: of certificate 1 (CN=%s))"
                    .formatted(files.chain(), files.key(), HOST)));
    Files.writeString(files.key(), Pem.pkcs8(intermediate.key()));
    assertThat(check.problems(files, HOST, NOW))
        .singleElement()
        .extracting(CertificateProblem::sentence)
        .asString()
        .contains("is of certificate 2 (CN=Intermediate) (expected: of certificate 1");
  }

  @Test
  void aKeyOfAnotherTypeIsNotThatOfTheCertificate() throws Exception {
    CertificateFiles files = Pem.write(folder, leaf, intermediate);
    Files.writeString(files.key(), Pem.pkcs8(Issued.rsa(2048).getPrivate()));
    assertThat(check.problems(files, HOST, NOW))
        .extracting(CertificateProblem::kind)
        .containsExactly(Kind.PAIR);
  }

  @ParameterizedTest
  @CsvSource({"RSA, 2048", "EC, 256", "EC, 384"})
  void everyTypeOfKeyIsKnownAsThatOfItsCertificate(String type, int bits) throws Exception {
    var keys = type.equals("RSA") ? Issued.rsa(bits) : Issued.ec("secp" + bits + "r1");
    assertThat(problems(new Recipe("own").keys(keys).names(HOST).signedByItself())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "www.example.org, true",
    "WWW.example.org, true",
    "*.example.org, true",
    "*.EXAMPLE.org, true",
    "example.org, false",
    "*.org, false",
    "*, false",
    "w*.example.org, false",
    "www.*.org, false",
    "*.www.example.org, false",
    "ww.example.org, false",
    ".example.org, false",
    "192.0.2.1, false",
  })
  void aStarStandsForOneWholeLabel(String name, boolean covers) throws Exception {
    Issued certificate = new Recipe("other").names(name).signedByItself();
    assertThat(problems(certificate).isEmpty()).isEqualTo(covers);
  }

  @ParameterizedTest
  @CsvSource({
    "*.example.org, *.example.org, true",
    "*.example.org, www.example.org, false",
    "*.a.example.org, *.example.org, false",
    "localhost, localhost, true",
    "localhost, *, false",
  })
  void aRouteForManyNamesWantsTheSameStar(String host, String name, boolean covers)
      throws Exception {
    CertificateFiles files = Pem.write(folder, new Recipe("other").names(name).signedByItself());
    assertThat(check.problems(files, host, NOW).isEmpty()).isEqualTo(covers);
  }

  @Test
  void anotherNameIsAWarningThatListsTheNamesThereAre() throws Exception {
    String file = folder.resolve("fullchain.pem") + ": ";
    assertThat(problems(intermediate.leaf("a.example", "192.0.2.1"), intermediate))
        .containsExactly(
            CertificateProblem.warning(
                Kind.NAME, file + "not for www.example.org (it is for: a.example, 192.0.2.1)"));
    assertThat(problems(new Recipe(HOST).signedByItself()))
        .as("the subject is no name")
        .containsExactly(
            CertificateProblem.warning(
                Kind.NAME, file + "not for www.example.org (it is for: no name)"));
  }

  @Test
  void datesAreWarnings() throws Exception {
    CertificateFiles files = Pem.write(folder, root.leaf(HOST));
    String file = files.chain() + ": ";
    String leafAt = file + "certificate 1 (CN=www.example.org) ";
    assertThat(check.problems(files, HOST, BEGIN)).isEmpty();
    assertThat(check.problems(files, HOST, BEGIN.minusMillis(1)))
        .containsExactly(
            CertificateProblem.warning(
                Kind.NOT_YET_VALID, leafAt + "is not valid before " + BEGIN));
    assertThat(check.problems(files, HOST, END.minus(TWO_WEEKS))).isEmpty();
    assertThat(check.problems(files, HOST, END.minus(TWO_WEEKS).plusMillis(1)))
        .containsExactly(
            CertificateProblem.warning(Kind.EXPIRING, file + "expires at " + END + "; renew it"));
    assertThat(check.problems(files, HOST, END))
        .extracting(CertificateProblem::kind)
        .containsExactly(Kind.EXPIRING);
    assertThat(check.problems(files, HOST, END.plusMillis(1)))
        .containsExactly(CertificateProblem.warning(Kind.EXPIRED, leafAt + "expired at " + END));
  }

  @Test
  void anExpiredIntermediateIsAWarningToo() throws Exception {
    Issued old = new Recipe("Old").authority().valid(BEGIN, NOW.minusSeconds(1)).signedBy(root);
    assertThat(problems(old.leaf(HOST), old))
        .extracting(CertificateProblem::kind, CertificateProblem::isError)
        .containsExactly(tuple(Kind.EXPIRED, false));
  }

  @Test
  void aKeyThatEverybodyMayReadIsAWarningAndAnErrorInProduction() throws Exception {
    CertificateFiles files = Pem.write(folder, leaf, intermediate);
    Pem.rights(files.key(), "rw-r--r--");
    String sentence = files.key() + ": everybody may read the key; chmod o-r";
    assertThat(check.problems(files, HOST, NOW))
        .containsExactly(new CertificateProblem(Kind.KEY_FILE, false, sentence));
    assertThat(check(true, true).problems(files, HOST, NOW))
        .containsExactly(new CertificateProblem(Kind.KEY_FILE, true, sentence));
    Pem.rights(files.key(), "rw-r-----");
    assertThat(check(true, true).problems(files, HOST, NOW)).as("a group is fine").isEmpty();
  }

  @Test
  void everyProblemIsToldAtOnce() throws Exception {
    CertificateFiles files =
        Pem.write(folder, intermediate.leaf("a.example"), root.intermediate("Stranger"));
    Pem.rights(files.key(), "rw-r--r--");
    assertThat(check.problems(files, HOST, END.plusSeconds(1)))
        .extracting(CertificateProblem::kind)
        .containsExactly(Kind.CHAIN, Kind.NAME, Kind.EXPIRED, Kind.EXPIRED, Kind.KEY_FILE);
  }

  @Test
  void whatACertificateSaysCannotDisturbATerminal() throws Exception {
    Issued hostile = new Recipe("evil\u001b[2J\u202e").names("a.example").signedByItself();
    assertThat(problems(hostile).getFirst().sentence()).doesNotContain("\u001b", "\u202e");
    assertThat(CertificateProblem.plain("x".repeat(5000))).hasSize(2001).endsWith("…");
  }

  @Test
  void thePlatformKnowsRoots() {
    List<X509Certificate> roots = ChainCheck.platformRoots();
    assertThat(roots).isNotEmpty();
    assertThat(new ChainCheck(true, () -> roots).problem(folder, List.of(roots.getFirst())))
        .isEmpty();
  }

  private CertificateCheck check(boolean requireChain, boolean production) {
    return new CertificateCheck(
        requireChain, TWO_WEEKS, production, () -> List.of(root.certificate()));
  }

  private CertificateProblem chainError(String broken) {
    return CertificateProblem.error(
        Kind.CHAIN,
        folder.resolve("fullchain.pem")
            + ": "
            + broken
            + "; give the certificate of the server first and after each one its issuer's");
  }

  private List<CertificateProblem> problems(Issued... chain) throws Exception {
    return check.problems(Pem.write(folder, chain), HOST, NOW);
  }

  private List<X509Certificate> sent(Issued... chain) throws Exception {
    Examined examined = check.examine(Pem.write(folder, chain), HOST, NOW);
    assertThat(examined).isInstanceOf(Examined.Usable.class);
    return ((Examined.Usable) examined).pair().chain();
  }
}
