package dev.gatehouse.e2e;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/**
 * Threads of the tests that have entered a namespace: a socket that one of them opens is a socket
 * of that host, whoever uses it later.
 */
public final class Insiders implements AutoCloseable {

  private static final int O_CLOEXEC = 0x80000;
  private static final int CLONE_NEWNET = 0x40000000;

  private static final MethodHandle OPEN =
      link(
          "open",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
          Linker.Option.firstVariadicArg(2));

  private static final MethodHandle SETNS =
      link(
          "setns",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private static final MethodHandle CLOSE =
      link("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private final ExecutorService threads;

  private Insiders(ExecutorService threads) {
    this.threads = threads;
  }

  public static Insiders of(Namespace host, int count) {
    ThreadFactory outside = Thread.ofPlatform().daemon().name("inside-", 0).factory();
    return new Insiders(
        Executors.newFixedThreadPool(
            count,
            task ->
                outside.newThread(
                    () -> {
                      enter(host.handle());
                      task.run();
                    })));
  }

  public <T> Future<T> submit(Callable<T> task) {
    return threads.submit(task);
  }

  /** Runs the task inside and waits for its result. */
  public <T> T call(Callable<T> task) throws Exception {
    try {
      return submit(task).get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failed;
    }
  }

  /** The same for what does not fail. */
  public <T> T get(Supplier<T> task) {
    try {
      return call(task::get);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static void enter(Path handle) {
    try (Arena arena = Arena.ofConfined()) {
      int fd = (int) OPEN.invokeExact(arena.allocateFrom(handle.toString()), O_CLOEXEC);
      int entered = (int) SETNS.invokeExact(fd, CLONE_NEWNET);
      int closed = (int) CLOSE.invokeExact(fd);
      if (entered != 0 || closed != 0) {
        throw new IllegalStateException(handle + ": cannot be entered");
      }
    } catch (Throwable thrown) {
      throw new IllegalStateException(thrown);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle link(
      String name, FunctionDescriptor shape, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, options);
  }
}
