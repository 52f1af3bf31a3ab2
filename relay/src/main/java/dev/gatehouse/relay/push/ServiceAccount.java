package dev.gatehouse.relay.push;

import dev.gatehouse.relay.config.PushSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.PrivateKey;
import java.util.Map;
import java.util.Optional;

/**
 * Who sends wakes, as a key file of the push service says.
 *
 * @param project empty if the file names none
 * @param tokenUri where access is granted
 */
public record ServiceAccount(
    String clientEmail, PrivateKey key, Optional<String> project, URI tokenUri) {

  /** What a text must be, for the error that refuses one; the text itself is never told. */
  public static final String EXPECTED = "a service-account key in JSON";

  private static final String GOOGLE = "https://oauth2.googleapis.com/token";

  /** Reads a key file; empty for anything that is none. */
  public static Optional<ServiceAccount> read(String json) {
    Map<String, String> texts = JsonTexts.topLevel(json);
    String email = texts.getOrDefault("client_email", "");
    if (!"service_account".equals(texts.get("type")) || email.isEmpty()) {
      return Optional.empty();
    }
    Optional<URI> tokenUri = uri(texts.getOrDefault("token_uri", GOOGLE));
    Optional<String> project = Optional.ofNullable(texts.get("project_id"));
    return RsaKeys.read(texts.getOrDefault("private_key", ""))
        .flatMap(key -> tokenUri.map(uri -> new ServiceAccount(email, key, project, uri)));
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text)).filter(PushSettings::isSafe);
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "ServiceAccount[" + clientEmail + ", key withheld]";
  }
}
