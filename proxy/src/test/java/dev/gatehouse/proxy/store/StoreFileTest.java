package dev.gatehouse.proxy.store;

import static dev.gatehouse.proxy.ruleset.Rulesets.listener;
import static dev.gatehouse.proxy.ruleset.Rulesets.ruleset;
import static dev.gatehouse.proxy.store.Stores.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.security.auth.module.UnixSystem;
import dev.gatehouse.proxy.store.StoreException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreFileTest {

  private static final long USER = new UnixSystem().getUid();

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("a database?.db");
  }

  @Test
  void whatIsCreatedIsForItsOwnerAlone() throws Exception {
    try (Store store = Store.open(file)) {
      store.seed(ruleset(listener(":443")), Instant.EPOCH);
      assertThat(mode(file)).isEqualTo("rw-------");
      assertThat(mode(folder.resolve("a database?.db-wal"))).isEqualTo("rw-------");
      assertThat(mode(folder.resolve("a database?.db-shm"))).isEqualTo("rw-------");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------"})
  void aFileThatOthersMayUseIsRefused(String mode) throws Exception {
    create(mode);
    assertThat(refused(Kind.MODE, () -> Store.open(file)))
        .isEqualTo(file + ": mode " + mode + " (expected: rw-------; change it with chmod 0600)");
    assertThat(mode(file)).as("not mended in silence").isEqualTo(mode);
  }

  @Test
  void aFileOfAnotherUserIsRefused() throws Exception {
    create("rw-------");
    assertThat(refused(Kind.OWNER, () -> open(USER + 1, Files::isWritable)))
        .startsWith(file + ": belongs to user " + USER + " (expected: " + (USER + 1) + ",");
  }

  @Test
  void aFileThatItsOwnerMayNotWriteIsRefused() throws Exception {
    create("r--------");
    assertThat(refused(Kind.READ_ONLY, () -> Store.open(file)))
        .startsWith(file + ": read-only (expected: writable");
  }

  @Test
  void aFileOrAFolderOnAReadOnlyMountIsRefused() throws Exception {
    create("rw-------");
    assertThat(refused(Kind.READ_ONLY, () -> open(USER, path -> !path.equals(file))))
        .startsWith(file + ": read-only");
    assertThat(refused(Kind.READ_ONLY, () -> open(USER, path -> !path.equals(folder))))
        .startsWith(folder + ": read-only");
  }

  @Test
  void aFolderInItsPlaceIsRefused() throws Exception {
    Files.createDirectory(file);
    assertThat(refused(Kind.NOT_A_FILE, () -> Store.open(file)))
        .isEqualTo(file + ": no regular file (expected: one; move away what is there)");
  }

  @Test
  void aLinkIsRefusedWhereverItLeads() throws Exception {
    Path elsewhere = Files.createFile(folder.resolve("elsewhere"), StoreFile.NEW);
    Files.createSymbolicLink(file, elsewhere);
    refused(Kind.NOT_A_FILE, () -> Store.open(file));
    Files.delete(elsewhere);
    refused(Kind.NOT_A_FILE, () -> Store.open(file));
    assertThat(elsewhere).doesNotExist();
  }

  @Test
  void aFileInAFolderThatIsNotThereIsRefused() {
    Path nowhere = folder.resolve("nowhere/gatehouse.db");
    assertThat(refused(Kind.FAILED, () -> Store.open(nowhere)))
        .contains(nowhere.toString())
        .contains("NoSuchFileException")
        .endsWith("(expected: a file, or a folder for it)");
  }

  @Test
  void anEmptyFileIsANewStore() throws Exception {
    create("rw-------");
    try (Store store = Store.open(file)) {
      assertThat(store.isEmpty()).isTrue();
    }
  }

  private void open(long user, Predicate<Path> writable) throws StoreException {
    Database.open(new StoreFile(file, user, writable), Stores.IMPATIENT).close();
  }

  private void create(String mode) throws Exception {
    Files.createFile(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
