package dev.gatehouse.app.boot;

import java.util.List;
import java.util.OptionalInt;

/** The names of linux/capability.h, by bit. */
final class CapabilityNames {

  private static final String PREFIX = "CAP_";

  private static final List<String> BY_BIT =
      List.of(
          """
          CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID
          SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER
          SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE
          SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP
          MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF
          CHECKPOINT_RESTORE"""
              .split("\\s"));

  private CapabilityNames() {}

  /** {@code CAP_CHOWN}, or {@code bit 41} for one that has no name yet. */
  static String of(int bit) {
    return bit < BY_BIT.size() ? PREFIX + BY_BIT.get(bit) : "bit " + bit;
  }

  /** The bit of a name, which may begin with {@code CAP_}. */
  static OptionalInt bit(String name) {
    int bit = BY_BIT.indexOf(name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name);
    return bit < 0 ? OptionalInt.empty() : OptionalInt.of(bit);
  }
}
