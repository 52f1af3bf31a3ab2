package dev.gatehouse.watch.host.filesystem;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.syscall.FilesystemStat;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks file systems for their space on threads that can be spared, since one whose server is gone
 * never answers; for one thread.
 *
 * <p>Each call gets a moment before the next one starts, so that answers at once need one thread in
 * all; the slow ones then share the rest of the timeout. A mount that does not answer is stuck and
 * is not asked again until its call returns: it holds one thread, not one per pass.
 */
final class SpaceCalls implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SpaceCalls.class);
  private static final long MOMENT_NANOS = Duration.ofMillis(20).toNanos();
  private static final long KEEP_THREAD_SECONDS = 5;

  private final Function<String, Optional<FilesystemStat>> filesystems;
  private final Ticker ticker;
  private final Map<String, Future<Optional<FilesystemStat>>> stuck = new LinkedHashMap<>();
  private final ExecutorService workers =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          KEEP_THREAD_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("watch-statvfs-", 0).factory());

  SpaceCalls(Function<String, Optional<FilesystemStat>> filesystems, Ticker ticker) {
    this.filesystems = filesystems;
    this.ticker = ticker;
  }

  /** The answers of those that gave one; a mount point that refuses has none. */
  Map<String, FilesystemStat> ask(Collection<String> mountPoints, Duration timeout)
      throws InterruptedException {
    recover();
    long deadline = ticker.nanos() + timeout.toNanos();
    Map<String, Future<Optional<FilesystemStat>>> calls = new LinkedHashMap<>();
    for (String point : mountPoints) {
      if (!stuck.containsKey(point)) {
        Future<Optional<FilesystemStat>> call = workers.submit(() -> filesystems.apply(point));
        calls.put(point, call);
        await(call, Math.min(MOMENT_NANOS, deadline - ticker.nanos()));
      }
    }
    return answers(calls, deadline);
  }

  boolean isStuck(String mountPoint) {
    return stuck.containsKey(mountPoint);
  }

  /** Calls that hang are left behind on their daemon threads. */
  @Override
  public void close() {
    workers.shutdownNow();
  }

  private Map<String, FilesystemStat> answers(
      Map<String, Future<Optional<FilesystemStat>>> calls, long deadline)
      throws InterruptedException {
    Map<String, FilesystemStat> answers = new LinkedHashMap<>();
    for (Map.Entry<String, Future<Optional<FilesystemStat>>> call : calls.entrySet()) {
      if (!await(call.getValue(), deadline - ticker.nanos())) {
        LOG.atWarn().setMessage("mount_stuck").addKeyValue("mountpoint", call.getKey()).log();
        stuck.put(call.getKey(), call.getValue());
      } else if (call.getValue().state() == Future.State.SUCCESS) {
        call.getValue().resultNow().ifPresent(stat -> answers.put(call.getKey(), stat));
      }
    }
    return answers;
  }

  private void recover() {
    stuck.entrySet().removeIf(call -> call.getValue().isDone() && recovered(call.getKey()));
  }

  private static boolean recovered(String mountPoint) {
    LOG.atInfo().setMessage("mount_recovered").addKeyValue("mountpoint", mountPoint).log();
    return true;
  }

  private static boolean await(Future<?> call, long nanos) throws InterruptedException {
    try {
      call.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException _) {
      return true;
    }
    return true;
  }
}
