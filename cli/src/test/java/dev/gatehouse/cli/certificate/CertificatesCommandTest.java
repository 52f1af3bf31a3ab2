package dev.gatehouse.cli.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.gatehouse.cli.Cli;
import dev.gatehouse.cli.DaemonTest;
import dev.gatehouse.v1.Certificate;
import dev.gatehouse.v1.ListCertificatesRequest;
import dev.gatehouse.v1.ListCertificatesResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificatesCommandTest extends DaemonTest {

  private static final ListCertificatesResponse THREE =
      ListCertificatesResponse.newBuilder()
          .addCertificates(
              Certificate.newBuilder()
                  .setListenerAddr(":443")
                  .setHostname("www.example.org")
                  .setFile("/etc/www.pem")
                  .setSubject("CN=www.example.org")
                  .setIssuer("CN=Some CA")
                  .addNames("www.example.org")
                  .addNames("example.org")
                  .setNotBefore(Timestamp.newBuilder().setSeconds(1_700_000_000))
                  .setNotAfter(Timestamp.newBuilder().setSeconds(1_800_000_000))
                  .setChainLength(2)
                  .setSha256("abcd")
                  .setLoadedAt(Timestamp.newBuilder().setSeconds(1_700_000_001)))
          .addCertificates(
              Certificate.newBuilder()
                  .setListenerAddr(":443")
                  .setHostname("git.example.org")
                  .setFile("/etc/git.pem")
                  .setNotAfter(Timestamp.newBuilder().setSeconds(1_700_000_000))
                  .addProblems("/etc/git.pem: expired")
                  .setLastError("/etc/git.key: no such file"))
          .addCertificates(
              Certificate.newBuilder()
                  .setListenerAddr(":443")
                  .setHostname("mail.example.org")
                  .setFile("/etc/mail.pem")
                  .setLastError("/etc/mail.pem: no such file"))
          .build();

  @Test
  void showsWhatIsServedAndBelowItWhatIsWrong() {
    daemon().answers(ListCertificatesRequest.class, THREE);
    assertThat(run("certificates")).isEqualTo(Cli.OK);
    List<String> lines = screen().out().lines().toList();
    assertThat(lines.getFirst()).startsWith("LISTENER  HOSTNAME").endsWith("STATE");
    assertThat(lines.get(1))
        .startsWith(":443      www.example.org   2027-01-15 ")
        .contains("www.example.org, example.org", "CN=Some CA", "/etc/www.pem")
        .endsWith("ok");
    assertThat(lines.get(2)).contains("git.example.org", "2023-11-14").endsWith("not renewed");
    assertThat(lines.get(3)).contains("mail.example.org").endsWith("unavailable");
    assertThat(lines.subList(4, lines.size()))
        .containsExactly(
            "git.example.org: /etc/git.pem: expired",
            "git.example.org: /etc/git.key: no such file",
            "mail.example.org: /etc/mail.pem: no such file");
  }

  @Test
  void writesJson() {
    daemon().answers(ListCertificatesRequest.class, THREE);
    run("certificates --json");
    assertThat(screen().out())
        .startsWith(
            """
            {"version":1,"certificates":[{"listener":":443","hostname":"www.example.org",\
            "file":"/etc/www.pem","state":"ok","subject":"CN=www.example.org",\
            "issuer":"CN=Some CA","names":["www.example.org","example.org"],\
            "not_before":"2023-11-14T22:13:20Z","not_after":"2027-01-15T08:00:00Z",\
            "chain_length":2,"sha256":"abcd","problems":[],\
            "loaded_at":"2023-11-14T22:13:21Z","last_error":null}\
            """);
  }
}
