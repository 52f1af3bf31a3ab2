package dev.gatehouse.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.gatehouse.client.GatehouseClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The control socket as a file: claimed, published and taken away without ever touching what is not
 * ours.
 *
 * <p>{@code bind} makes a socket with the mode that the umask leaves, and the umask belongs to the
 * whole process. So the socket is bound inside a fresh folder that only this user can enter, gets
 * its mode and group there, and is then renamed to its path: nobody else can connect before it is
 * as narrow as it must be, and a client never finds a socket on which nobody listens yet.
 */
final class SocketFile {

  /** {@code .gh} and six digits, a slash, one letter. */
  private static final int STAGED_NAME_BYTES = 11;

  private static final String STAGING_PREFIX = ".gh";

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path path;
  private final ControlMode mode;
  private final String group;
  private @Nullable Path staging;
  private @Nullable Object published;

  SocketFile(ControlSettings settings) {
    this.path = settings.socket();
    this.mode = settings.mode();
    this.group = settings.group();
  }

  /**
   * Makes sure that the path is free or holds a dead socket, and gives the path at which to bind.
   *
   * @throws IOException with a message for the operator
   */
  Path stage() throws IOException {
    checkLength();
    Path folder = Objects.requireNonNullElse(path.getParent(), Path.of(""));
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, PRIVATE_FOLDER);
    }
    claim();
    Path created = createStaging(folder);
    staging = created;
    return created.resolve("s");
  }

  /** Narrows the socket that was bound at the staging path, and shows it at its own. */
  void publish() throws IOException {
    Path bound = Objects.requireNonNull(staging, "staged").resolve("s");
    PosixFileAttributeView attributes =
        Files.getFileAttributeView(bound, PosixFileAttributeView.class);
    if (!group.isEmpty()) {
      setGroup(attributes, groupPrincipal());
    }
    attributes.setPermissions(mode.permissions());
    Object key = key(bound);
    Files.move(bound, path, StandardCopyOption.ATOMIC_MOVE);
    published = key;
    clearStaging();
  }

  private void setGroup(PosixFileAttributeView attributes, GroupPrincipal principal)
      throws IOException {
    try {
      attributes.setGroup(principal);
    } catch (FileSystemException e) {
      throw new IOException(
          "control socket %s: group %s: %s (expected: a group of the daemon's user); see ops.control_group"
              .formatted(path, group, e.getReason()),
          e);
    }
  }

  private GroupPrincipal groupPrincipal() throws IOException {
    try {
      return path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
    } catch (UserPrincipalNotFoundException e) {
      throw new IOException(
          "control socket %s: group %s is not known on this host; see ops.control_group"
              .formatted(path, group),
          e);
    }
  }

  /** Takes the socket away, unless another one has been put in its place. May be called twice. */
  void remove() throws IOException {
    clearStaging();
    Object ours = published;
    published = null;
    if (ours != null && ours.equals(key(path))) {
      Files.deleteIfExists(path);
    }
  }

  /** Like {@code createTempDirectory}, whose names are too long for a socket's path. */
  private static Path createStaging(Path folder) throws IOException {
    while (true) {
      String name = STAGING_PREFIX + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
      try {
        return Files.createDirectory(folder.resolve(name), PRIVATE_FOLDER);
      } catch (FileAlreadyExistsException none) {
        // left by a start that was killed: the next name
      }
    }
  }

  private void clearStaging() throws IOException {
    Path folder = staging;
    staging = null;
    if (folder != null) {
      Files.deleteIfExists(folder.resolve("s"));
      Files.deleteIfExists(folder);
    }
  }

  /** Both the path and the longer one at which it is bound first must fit. */
  private void checkLength() throws IOException {
    int nameBytes = bytes(Objects.requireNonNull(path.getFileName(), "a socket has a name"));
    int most = GatehouseClient.MAX_SOCKET_PATH_BYTES - Math.max(0, STAGED_NAME_BYTES - nameBytes);
    if (bytes(path) > most) {
      throw new IOException(
          "control socket %s: path of %d bytes (expected: at most %d); choose a shorter ops.control"
              .formatted(path, bytes(path), most));
    }
  }

  private void claim() throws IOException {
    BasicFileAttributes found;
    try {
      found = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return;
    }
    if (!isSocket()) {
      throw new IOException(
          "control socket %s: something else is there (expected: nothing, or a socket); move it away"
              .formatted(path));
    }
    if (answers()) {
      throw new IOException("another Gatehouse answers on " + path);
    }
    if (Objects.equals(found.fileKey(), key(path))) {
      Files.delete(path);
    }
  }

  /** The JDK calls sockets, pipes and devices all "other"; the type bits tell them apart. */
  private boolean isSocket() throws IOException {
    int type = (int) Files.getAttribute(path, "unix:mode", NOFOLLOW_LINKS) & 0170000;
    return type == 0140000;
  }

  /**
   * Whether somebody listens. Does not block: a connect that cannot complete at once means a full
   * backlog, so somebody holds the socket.
   */
  private boolean answers() throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.configureBlocking(false);
      boolean _ = probe.connect(UnixDomainSocketAddress.of(path));
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      throw new IOException(
          "control socket %s: cannot tell whether it is in use (%s)"
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private static @Nullable Object key(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static int bytes(Path path) {
    return path.toString().getBytes(UTF_8).length;
  }
}
