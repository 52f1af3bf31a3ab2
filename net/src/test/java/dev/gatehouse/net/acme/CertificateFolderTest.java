package dev.gatehouse.net.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The certificate directory of section 2.16 of the relay's specification. */
class CertificateFolderTest {

  @TempDir private Path temporary;

  @Test
  void aMissingFolderIsMadeForItsOwnerAlone() throws IOException {
    Path path = temporary.resolve("a/certs");
    new CertificateFolder(path).prepare();
    assertThat(rights(path)).isEqualTo("rwx------");
    new CertificateFolder(path).prepare();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxr-x---", "rwxr-xr-x", "rwx-----x", "rwx--x---"})
  void aFolderThatOthersCanLookIntoIsRefusedAndLeftAsItIs(String rights) throws IOException {
    Path path = Files.createDirectory(temporary.resolve("certs"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    assertThatThrownBy(() -> new CertificateFolder(path).prepare())
        .isInstanceOf(FolderRefusedException.class)
        .hasMessage(path + ": permissions " + rights + ", expected rwx------");
    assertThat(rights(path)).isEqualTo(rights);
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path path = Files.createFile(temporary.resolve("certs"));
    assertThatThrownBy(() -> new CertificateFolder(path).prepare())
        .isInstanceOf(FolderRefusedException.class)
        .hasMessageContaining("not a folder");
  }

  @Test
  void theKeyOfTheAccountIsKeptAsThePredecessorKeptIt() throws IOException {
    CertificateFolder folder = new CertificateFolder(temporary);
    assertThat(folder.account()).isEmpty();
    KeyPair key = AcmeAuthority.newKey();
    folder.account(key);
    Path file = temporary.resolve("acme_account+key");
    assertThat(Files.readString(file)).startsWith("-----BEGIN EC PRIVATE KEY-----");
    assertThat(rights(file)).isEqualTo("rw-------");
    assertThat(folder.account().orElseThrow().getPublic()).isEqualTo(key.getPublic());
    Files.writeString(file, "no key");
    assertThat(folder.account()).isEmpty();
  }

  @Test
  void aDraftTakesItsPlaceInOneStep() throws IOException {
    CertificateFolder folder = new CertificateFolder(temporary);
    Path draft = folder.draft("a.example", AcmeAuthority.newKey(), "chain\n");
    assertThat(rights(draft)).isEqualTo("rw-------");
    assertThat(temporary.resolve("a.example")).doesNotExist();
    folder.publish(draft, "a.example");
    assertThat(draft).doesNotExist();
    assertThat(Files.readString(temporary.resolve("a.example")))
        .startsWith("-----BEGIN EC PRIVATE KEY-----")
        .endsWith("chain\n");
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
