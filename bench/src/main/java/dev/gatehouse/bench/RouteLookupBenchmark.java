package dev.gatehouse.bench;

import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.route.RouteTable;
import dev.gatehouse.wire.tls.ServerName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to find the route of a name among ten thousand. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RouteLookupBenchmark {

  private static final int ROUTES_OF_EACH_KIND = 5_000;

  private final RouteTable<Integer> table = table();
  private final ServerName exact = name("host-1234.example.org");
  private final ServerName below = name("a.b.zone-1234.example.net");
  private final ServerName unknown = name("a.b.c.d.example.com");

  @Benchmark
  public boolean exactName() {
    return table.find(exact).isPresent();
  }

  @Benchmark
  public boolean nameBelowWildcard() {
    return table.find(below).isPresent();
  }

  @Benchmark
  public boolean unknownName() {
    return table.find(unknown).isPresent();
  }

  private static RouteTable<Integer> table() {
    Map<RouteName, Integer> routes = new HashMap<>();
    for (int i = 0; i < ROUTES_OF_EACH_KIND; i++) {
      routes.put(new RouteName.Exact(name("host-" + i + ".example.org")), i);
      routes.put(new RouteName.Below(name("zone-" + i + ".example.net")), i);
    }
    return new RouteTable<>(routes, Optional.empty(), Optional.empty());
  }

  private static ServerName name(String text) {
    return ServerName.parse(text).orElseThrow();
  }
}
