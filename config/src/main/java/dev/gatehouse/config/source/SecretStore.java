package dev.gatehouse.config.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.config.value.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Follows {@code "env:NAME"} and {@code "file:/path"} to the secret that they stand for. */
public final class SecretStore {

  /** The longest key file in use is a few KiB. */
  static final int MAX_BYTES = 64 << 10;

  private static final String VARIABLE = "env:";
  private static final String FILE = "file:";

  private final Map<String, String> environment;

  public SecretStore(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The name of the variable that a reference leads to. */
  public static Optional<String> variable(String reference) {
    return reference.startsWith(VARIABLE)
        ? Optional.of(reference.substring(VARIABLE.length()))
        : Optional.empty();
  }

  /** Nothing when the reference leads nowhere, or to nothing: an empty key opens every door. */
  public Optional<Secret> find(String reference) {
    return follow(reference).filter(secret -> !secret.reveal().isEmpty());
  }

  private Optional<Secret> follow(String reference) {
    if (reference.startsWith(VARIABLE)) {
      return variable(reference).map(environment::get).map(Secret::new);
    }
    if (reference.startsWith(FILE)) {
      return file(reference.substring(FILE.length()));
    }
    return Optional.of(new Secret(reference));
  }

  private static Optional<Secret> file(String name) {
    try (InputStream in = Files.newInputStream(Path.of(name))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      return bytes.length > MAX_BYTES ? Optional.empty() : Optional.of(secret(bytes));
    } catch (IOException | InvalidPathException _) {
      return Optional.empty();
    }
  }

  /** Editors end a file with a line break, which belongs to no key. */
  private static Secret secret(byte[] bytes) throws CharacterCodingException {
    return new Secret(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().stripTrailing());
  }
}
