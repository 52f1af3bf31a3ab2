package dev.gatehouse.net.descriptor;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The descriptors that the connections of all services may hold together.
 *
 * <p>A process that has none left cannot even accept a connection to refuse it, and fails wherever
 * it happens to open something next. So connections are refused while there are still some. They
 * are admitted again only when there are clearly more: at one edge it would waver with every
 * connection. What makes connections faster, not possible, ends earlier.
 *
 * <p>Any thread may take and give back. What is not of connections, such as the database, the log
 * and the listener for operators, lives on a reserve that is not counted here.
 */
public final class DescriptorBudget implements MetricSource {

  /** For a system that knows no limit; counts nothing. */
  public static final DescriptorBudget UNLIMITED = new DescriptorBudget(Long.MAX_VALUE);

  /** For everything that is no connection. */
  static final int RESERVE = 256;

  /** The parts of the whole that must stay free, in percent. */
  private static final int COMFORTABLE = 10;

  private static final int RESUMING = 5;
  private static final int REFUSING = 2;

  private static final Logger log = LoggerFactory.getLogger(DescriptorBudget.class);

  private final long most;
  private final AtomicLong held = new AtomicLong();

  /** Whether connections are being refused. */
  private final AtomicBoolean isShort = new AtomicBoolean();

  DescriptorBudget(long most) {
    this.most = most;
  }

  /** What the kernel grants this process, without the reserve. */
  public static DescriptorBudget ofProcess() {
    OptionalLong files = OpenFileLimit.ofProcess();
    if (files.isEmpty()) {
      log.atInfo().setMessage("fd_limit_unknown").log();
      return UNLIMITED;
    }
    return ofFiles(files.getAsLong());
  }

  /**
   * That of a process which may open so many files, without the reserve; where there is hardly more
   * than that, half of them is for connections.
   */
  public static DescriptorBudget ofFiles(long files) {
    return new DescriptorBudget(Math.max(files - RESERVE, files / 2));
  }

  /** Takes what a connection needs; false if it is to be refused. */
  public boolean admit(int descriptors) {
    if (!take(descriptors, isShort.get() ? RESUMING : REFUSING)) {
      fallShort();
      return false;
    }
    recover();
    return true;
  }

  /** Takes what a connection could do without; false if it should. */
  public boolean spare(int descriptors) {
    return take(descriptors, COMFORTABLE);
  }

  /** Gives back what was taken. */
  public void giveBack(int descriptors) {
    if (most != Long.MAX_VALUE) {
      held.addAndGet(-descriptors);
    }
  }

  /** What connections hold. */
  public long held() {
    return held.get();
  }

  @Override
  public void collect(MetricSink sink) {
    if (most != Long.MAX_VALUE) {
      sink.sample(Metric.OPEN_FILES, (double) held.get());
      sink.sample(Metric.MAX_FILES, (double) most);
    }
  }

  private boolean take(int descriptors, int percentToLeave) {
    if (most == Long.MAX_VALUE) {
      return true;
    }
    long before = held.get();
    while (leaves(most - before - descriptors, percentToLeave)) {
      if (held.compareAndSet(before, before + descriptors)) {
        return true;
      }
      before = held.get();
    }
    return false;
  }

  private boolean leaves(long free, int percent) {
    return free >= 0 && free * 100 >= most * percent;
  }

  private void fallShort() {
    if (isShort.compareAndSet(false, true)) {
      log.atWarn()
          .setMessage("fd_short")
          .addKeyValue("held", held.get())
          .addKeyValue("max", most)
          .log();
    }
  }

  private void recover() {
    if (isShort.get() && isShort.compareAndSet(true, false)) {
      log.atInfo().setMessage("fd_resumed").addKeyValue("held", held.get()).log();
    }
  }
}
