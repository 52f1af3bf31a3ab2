package dev.gatehouse.config.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.value.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretStoreTest {

  private static final SecretStore STORE =
      new SecretStore(Map.of("SET", "from variable", "EMPTY", "", "SPACE", " a "));

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "env:SET,from variable",
    "env:SPACE,' a '",
    "plain,plain",
    "ENV:SET,ENV:SET",
    "' env:SET',' env:SET'",
    "environment,environment",
  })
  void aReferenceIsFollowedAndAnythingElseIsTheSecretItself(String reference, String secret) {
    assertThat(STORE.find(reference)).contains(new Secret(secret));
  }

  @ParameterizedTest
  @ValueSource(strings = {"env:UNSET", "env:", "env:EMPTY", "env: SET", "env:set", "file:", ""})
  void aReferenceToNothingIsNothing(String reference) {
    assertThat(STORE.find(reference)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"env:A,A", "env:,''", "env:env:A,env:A"})
  void aReferenceToAVariableNamesIt(String reference, String name) {
    assertThat(SecretStore.variable(reference)).contains(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "file:A", " env:A", ""})
  void anythingElseNamesNoVariable(String reference) {
    assertThat(SecretStore.variable(reference)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'key\n',key", "'key\r\n',key", "'a\nb\n\n','a\nb'", "' key  ',' key'", "é,é"})
  void aFileLosesTheWhiteSpaceAtItsEnd(String content, String secret) throws IOException {
    assertThat(found(content.getBytes(UTF_8))).contains(new Secret(secret));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", " \r\n\t"})
  void aFileWithNothingInItIsNothing(String content) throws IOException {
    assertThat(found(content.getBytes(UTF_8))).isEmpty();
  }

  @Test
  void aFileThatIsNotTextIsNothing() throws IOException {
    assertThat(found(new byte[] {'a', (byte) 0xff})).isEmpty();
    assertThat(found(new byte[] {'a', (byte) 0xc3})).isEmpty();
  }

  @Test
  void aFileOfExactlyTheLimitIsReadAndOneByteMoreIsNot() throws IOException {
    String most = "k".repeat(SecretStore.MAX_BYTES);
    assertThat(found(most.getBytes(UTF_8))).contains(new Secret(most));
    assertThat(found((most + "k").getBytes(UTF_8))).isEmpty();
  }

  @Test
  void aFileThatCannotBeReadIsNothing() {
    assertThat(STORE.find("file:" + folder)).isEmpty();
    assertThat(STORE.find("file:" + folder.resolve("absent"))).isEmpty();
    assertThat(STORE.find("file:\0")).isEmpty();
  }

  private Optional<Secret> found(byte[] content) throws IOException {
    return STORE.find("file:" + Files.write(folder.resolve("key"), content));
  }
}
