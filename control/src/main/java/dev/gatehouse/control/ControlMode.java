package dev.gatehouse.control;

import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Who may connect to the control socket; there is no other access control. */
public enum ControlMode {
  /** The daemon's user, and root. */
  OWNER("0600", Set.of(OWNER_READ, OWNER_WRITE)),
  /** Also the members of the socket's group. */
  GROUP("0660", Set.of(OWNER_READ, OWNER_WRITE, GROUP_READ, GROUP_WRITE));

  private final String octal;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of
  private final Set<PosixFilePermission> permissions;

  ControlMode(String octal, Set<PosixFilePermission> permissions) {
    this.octal = octal;
    this.permissions = permissions;
  }

  /** As the configuration writes it. */
  public String octal() {
    return octal;
  }

  Set<PosixFilePermission> permissions() {
    return permissions;
  }

  /** The mode that the configuration writes so. */
  public static Optional<ControlMode> ofOctal(String octal) {
    return Arrays.stream(values()).filter(mode -> mode.octal.equals(octal)).findFirst();
  }
}
