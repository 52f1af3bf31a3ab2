package dev.gatehouse.app;

import dev.gatehouse.control.ServerView.Expiry;
import dev.gatehouse.proxy.ProxyView;
import dev.gatehouse.proxy.ProxyView.ShownCertificate;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the certificate that ends first. */
final class NextExpiry {

  private NextExpiry() {}

  static Optional<Expiry> among(Optional<? extends ProxyView> proxy) {
    return proxy.stream()
        .flatMap(running -> running.certificates().stream())
        .flatMap(NextExpiry::end)
        .min(Comparator.comparing(Expiry::notAfter));
  }

  private static Stream<Expiry> end(ShownCertificate shown) {
    return shown.certificate().served().stream()
        .map(served -> new Expiry(shown.hostname().toString(), served.notAfter()));
  }
}
