package dev.gatehouse.relay.config;

import dev.gatehouse.config.Section;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.address.ListenAddress;
import dev.gatehouse.net.acme.AcmeSettings;
import dev.gatehouse.net.acme.CertificateFolder;
import dev.gatehouse.net.tls.CertificateFiles;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How the relay gets a certificate without anybody's help.
 *
 * @param http where the authority asks over HTTP
 * @param health whether others may ask there whether the relay is well
 */
public record Autocert(Endpoint http, boolean health, AcmeSettings acme) {

  private static final Endpoint HTTP = new Endpoint(IpAddress.ANY_IPV6, 80);
  private static final URI DIRECTORY = URI.create("https://acme-v02.api.letsencrypt.org/directory");
  private static final Pattern EMAIL = Pattern.compile("[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,253}");

  /**
   * Reads the keys of it.
   *
   * @param certificates the folder for them unless another is named
   */
  static Autocert read(Section relay, String domain, Path certificates) {
    Endpoint http =
        relay
            .value(
                "http_listen",
                "where the authority asks whether the domain is ours; nothing else is served there",
                ListenAddress.EXPECTED,
                ListenAddress::parse)
            .orElse(HTTP);
    boolean health =
        relay.flag("http_listen_health", "answer /healthz on http_listen too").orElse(false);
    String folder =
        relay
            .text("cert_cache", "folder of certificates that are ordered; created 0700")
            .matching(text -> !text.isBlank(), "a folder")
            .orElse(certificates.toString());
    URI directory =
        relay
            .value(
                "acme_directory",
                "where the authority says what it offers",
                PushSettings.ENDPOINT,
                PushSettings::endpoint)
            .orElse(DIRECTORY);
    String email =
        relay
            .text("acme_email", "whom the authority may write to; empty: nobody")
            .matching(text -> text.isEmpty() || EMAIL.matcher(text).matches(), "an address")
            .orElse("");
    String name = domain.toLowerCase(Locale.ROOT);
    return new Autocert(
        http, health, new AcmeSettings(name, directory, email, Path.of(folder).toAbsolutePath()));
  }

  /** Where key and certificate are, once there are some. */
  CertificateFiles files() {
    Path file = CertificateFolder.file(acme.folder(), acme.domain());
    return new CertificateFiles(file, file);
  }
}
