package dev.gatehouse.control.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.Rules;
import dev.gatehouse.control.call.TimeMessages;
import dev.gatehouse.net.tls.CertificateFiles;
import dev.gatehouse.net.tls.CertificateView;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.v1.Certificate;
import dev.gatehouse.v1.ListCertificatesRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ListCertificatesTest {

  private static final Instant MADE = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant ENDS = Instant.parse("2026-04-02T03:04:05Z");
  private static final CertificateFiles FILES =
      new CertificateFiles(Path.of("/etc/git.pem"), Path.of("/etc/git.key"));

  @TempDir private Path folder;
  @RegisterExtension private final LogGuard log = new LogGuard();
  private RunningProxyCalls calls;

  @BeforeEach
  void start() throws IOException {
    calls = new RunningProxyCalls(folder);
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
  }

  @Test
  void aCertificateIsToldWholeAndTheKeyIsNot() {
    show(Optional.of(served()), List.of("it ends soon"), Optional.empty());
    assertThat(listed())
        .containsExactly(
            Certificate.newBuilder()
                .setListenerAddr("[::]:443")
                .setHostname("git.example.org")
                .setFile("/etc/git.pem")
                .setSubject("CN=git.example.org")
                .setIssuer("CN=Some CA")
                .addNames("git.example.org")
                .setNotBefore(TimeMessages.of(MADE))
                .setNotAfter(TimeMessages.of(ENDS))
                .setChainLength(2)
                .setSha256("ab")
                .addProblems("it ends soon")
                .setLoadedAt(TimeMessages.of(MADE))
                .build());
  }

  @Test
  void oneThatCannotBeServedSaysWhyAndHasNoDates() {
    show(Optional.empty(), List.of(), Optional.of("/etc/git.pem: no such file"));
    assertThat(listed().getFirst().getLastError()).isEqualTo("/etc/git.pem: no such file");
    assertThat(listed().getFirst().hasNotAfter()).isFalse();
  }

  @Test
  void aRouteTellsWhenItsCertificateEnds() {
    show(Optional.of(served()), List.of(), Optional.empty());
    assertThat(calls.listed("").getFirst().getStatus().getCertificateNotAfter())
        .isEqualTo(TimeMessages.of(ENDS));
    assertThat(calls.listed("").getLast().getStatus().hasCertificateNotAfter()).isFalse();
  }

  private List<Certificate> listed() {
    return calls
        .stub
        .listCertificates(ListCertificatesRequest.getDefaultInstance())
        .getCertificatesList();
  }

  private void show(
      Optional<CertificateView.Served> served, List<String> problems, Optional<String> lastError) {
    calls.proxy.showing(
        calls.main.address(),
        Rules.name("git.example.org"),
        new CertificateView(
            "git.example.org", "git.example.org", FILES, served, problems, lastError));
  }

  private static CertificateView.Served served() {
    return new CertificateView.Served(
        "CN=git.example.org", "CN=Some CA", List.of("git.example.org"), MADE, ENDS, 2, "ab", MADE);
  }
}
