package dev.gatehouse.watch.owner;

import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.watch.exposure.Owner;
import dev.gatehouse.watch.exposure.Resolution;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is known of one socket's owner, from scan to scan. */
final class OwnerEntry {

  private static final long[] RETRY_NANOS = {
    TimeUnit.SECONDS.toNanos(10),
    TimeUnit.SECONDS.toNanos(30),
    TimeUnit.MINUTES.toNanos(2),
    TimeUnit.MINUTES.toNanos(10)
  };

  private final SocketRow row;
  private Owner owner = Owner.unknown(Resolution.PENDING);
  private @Nullable KnownProcess process;
  private int fd = -1;
  private int failures;
  private long retryNanos;
  private long seenScan;
  private boolean queued;

  OwnerEntry(SocketRow row) {
    this.row = row;
  }

  /** A socket that no process can hold: the kernel's own, or not yet accepted. */
  static OwnerEntry withoutFile(SocketRow row) {
    OwnerEntry entry = new OwnerEntry(row);
    entry.owner = Owner.unknown(Resolution.KERNEL);
    return entry;
  }

  /** The socket as it was first seen: its inode, user and group do not change. */
  SocketRow row() {
    return row;
  }

  Owner owner() {
    return owner;
  }

  /** Only of an entry that has one. */
  KnownProcess owningProcess() {
    return Objects.requireNonNull(process);
  }

  int fd() {
    return fd;
  }

  boolean hasOwner() {
    return process != null;
  }

  boolean isProved() {
    return fd >= 0;
  }

  /** Notes whether this waits to be confirmed; what was noted before. */
  boolean queued(boolean isQueued) {
    boolean was = queued;
    queued = isQueued;
    return was;
  }

  void seen(long scan) {
    seenScan = scan;
  }

  boolean wasSeen(long scan) {
    return seenScan == scan;
  }

  /** Whether a lookup is due; the first always is. */
  boolean isDue(long nowNanos) {
    return process == null && row.inode() != 0 && (failures == 0 || nowNanos - retryNanos >= 0);
  }

  void proved(KnownProcess holder, int descriptor) {
    owned(holder, Resolution.FD, descriptor);
  }

  void inferred(KnownProcess member) {
    owned(member, Resolution.CGROUP, -1);
  }

  private void owned(KnownProcess holder, Resolution resolution, int descriptor) {
    if (!holder.equals(process) || owner.resolution() != resolution) {
      owner = holder.as(resolution);
    }
    process = holder;
    fd = descriptor;
    failures = 0;
  }

  /** What was known is no longer true. */
  void lost() {
    process = null;
    fd = -1;
    owner = Owner.unknown(Resolution.PENDING);
  }

  void notFound(Owner nobody, long nowNanos) {
    owner = nobody;
    retryNanos = nowNanos + RETRY_NANOS[Math.min(failures, RETRY_NANOS.length - 1)];
    failures++;
  }

  /** Shows why there is no owner yet, without counting as a lookup. */
  void waiting(Owner nobody) {
    if (failures == 0) {
      owner = nobody;
    }
  }
}
