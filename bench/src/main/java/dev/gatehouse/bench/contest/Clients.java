package dev.gatehouse.bench.contest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Clients that run side by side, each on a thread of its own, until all are done or time is up. */
public final class Clients {

  private static final long LONGEST_SECONDS = 120;

  /** What one of them does; they are numbered from zero. */
  public interface Client<T> {
    T run(int number) throws IOException;
  }

  private Clients() {}

  /** What all of them say; an interrupt closes the connection of whoever is still at it. */
  public static <T> List<T> run(int count, Client<T> client)
      throws IOException, InterruptedException {
    List<Callable<T>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      tasks.add(() -> client.run(number));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      return results(threads.invokeAll(tasks, LONGEST_SECONDS, TimeUnit.SECONDS));
    }
  }

  private static <T> List<T> results(List<Future<T>> futures)
      throws IOException, InterruptedException {
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        throw new IOException(String.valueOf(e.getCause()), e);
      } catch (CancellationException e) {
        throw new IOException("not done after " + LONGEST_SECONDS + " s", e);
      }
    }
    return results;
  }
}
