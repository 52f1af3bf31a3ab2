package dev.gatehouse.e2e.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** Cases that run at the same time and are reported one by one. */
public final class SideBySide {

  /** Of each case once those before it are done; none is meant to come near it. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private SideBySide() {}

  /** A case with the name by which it is reported. */
  public record Case(String name, Executable body) {}

  /** Begins to run all of them, so many at a time, and returns a test of each one's outcome. */
  public static Stream<DynamicTest> run(int atOnce, List<Case> cases) {
    ExecutorService threads =
        Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().name("case-", 0).factory());
    List<DynamicTest> tests =
        cases.stream().map(each -> test(each.name(), threads.submit(task(each)))).toList();
    threads.shutdown();
    return tests.stream();
  }

  private static DynamicTest test(String name, Future<Void> outcome) {
    return DynamicTest.dynamicTest(name, () -> await(outcome));
  }

  private static Callable<Void> task(Case each) {
    return () -> {
      try {
        each.body().execute();
        return null;
      } catch (Exception | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    };
  }

  private static void await(Future<Void> outcome) throws Throwable {
    try {
      outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() == null ? failed : failed.getCause();
    }
  }
}
