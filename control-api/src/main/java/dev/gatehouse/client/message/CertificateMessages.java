package dev.gatehouse.client.message;

import dev.gatehouse.client.proxy.Certificate;
import java.util.Optional;

/** Certificates, as records of their messages. */
public final class CertificateMessages {

  private CertificateMessages() {}

  public static Certificate certificate(dev.gatehouse.v1.Certificate message) {
    return new Certificate(
        message.getListenerAddr(),
        message.getHostname(),
        message.getFile(),
        message.hasNotAfter() ? Optional.of(served(message)) : Optional.empty(),
        message.getProblemsList(),
        message.getLastError());
  }

  private static Certificate.Served served(dev.gatehouse.v1.Certificate message) {
    return new Certificate.Served(
        message.getSubject(),
        message.getIssuer(),
        message.getNamesList(),
        Moments.instant(message.getNotBefore()),
        Moments.instant(message.getNotAfter()),
        message.getChainLength(),
        message.getSha256(),
        Moments.instant(message.getLoadedAt()));
  }
}
