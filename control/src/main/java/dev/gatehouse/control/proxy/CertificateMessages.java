package dev.gatehouse.control.proxy;

import dev.gatehouse.control.call.TimeMessages;
import dev.gatehouse.net.tls.CertificateView;
import dev.gatehouse.proxy.ProxyView.ShownCertificate;
import dev.gatehouse.v1.Certificate;

/** The certificates of routes as messages. */
final class CertificateMessages {

  private CertificateMessages() {}

  static Certificate of(ShownCertificate shown) {
    CertificateView view = shown.certificate();
    Certificate.Builder message =
        Certificate.newBuilder()
            .setListenerAddr(shown.listener().toString())
            .setHostname(shown.hostname().toString())
            .setFile(view.files().chain().toString())
            .addAllProblems(view.problems())
            .setLastError(view.lastError().orElse(""));
    view.served().ifPresent(served -> put(message, served));
    return message.build();
  }

  private static void put(Certificate.Builder message, CertificateView.Served served) {
    message
        .setSubject(served.subject())
        .setIssuer(served.issuer())
        .addAllNames(served.names())
        .setNotBefore(TimeMessages.of(served.notBefore()))
        .setNotAfter(TimeMessages.of(served.notAfter()))
        .setChainLength(served.chainLength())
        .setSha256(served.sha256())
        .setLoadedAt(TimeMessages.of(served.loadedAt()));
  }
}
