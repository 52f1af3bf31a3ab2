package dev.gatehouse.app.relay;

import dev.gatehouse.app.boot.BootCheck;
import dev.gatehouse.app.boot.BootRefusedException;
import dev.gatehouse.app.boot.Finding;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.acme.CertificateFolder;
import dev.gatehouse.net.acme.FolderRefusedException;
import dev.gatehouse.net.tls.CertificateCheck;
import dev.gatehouse.net.tls.CertificateProblem;
import dev.gatehouse.relay.config.ListenSettings;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Refuses a start without a certificate that can be served, since nobody could connect at all; or,
 * where certificates are ordered, without a place in which their keys are safe.
 */
final class UsableCertificate implements Part {

  private final ListenSettings listen;
  private final CertificateCheck check;
  private final Ticker ticker;

  UsableCertificate(ListenSettings listen, CertificateCheck check, Ticker ticker) {
    this.listen = listen;
    this.check = check;
    this.ticker = ticker;
  }

  @Override
  public String name() {
    return "relay certificate";
  }

  @Override
  public void start() throws BootRefusedException {
    if (listen.autocert().isPresent()) {
      prepare(new CertificateFolder(listen.autocert().get().acme().folder()));
      return;
    }
    String errors =
        listen.certificate().stream()
            .flatMap(files -> check.problems(files, listen.domain(), ticker.now()).stream())
            .filter(CertificateProblem::isError)
            .map(CertificateProblem::sentence)
            .collect(Collectors.joining("; "));
    if (!errors.isEmpty()) {
      throw new BootRefusedException(
          new Finding.Refusal(
              BootCheck.CERTIFICATE, errors, "mend relay.tls_cert and relay.tls_key", Map.of()));
    }
  }

  private static void prepare(CertificateFolder folder) throws BootRefusedException {
    try {
      folder.prepare();
    } catch (FolderRefusedException e) {
      throw new BootRefusedException(
          new Finding.Refusal(
              BootCheck.CERT_CACHE,
              String.valueOf(e.getMessage()),
              "chmod 0700, or name another folder",
              Map.of()));
    }
  }

  /** There is nothing to be given back. */
  @Override
  public void close() {}
}
