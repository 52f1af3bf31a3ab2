package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stop lets connections finish for as long as it was told, and not longer. */
class DrainTest {

  private static final String NAME = "files.example.org";
  private static final String DOOR = "127.0.0.1:8443";
  private static final int SIZE = 24 << 20;
  private static final Duration BEYOND = Duration.ofSeconds(2);

  @TempDir private Path folder;
  private Scene scene;
  private Namespace host;

  @BeforeEach
  void openBackend() {
    scene = Scene.create(folder);
    host = scene.host();
    scene.nginx(Nginx.files("127.0.0.1:9441 ssl", folder));
  }

  @AfterEach
  void closeAll() {
    scene.close();
  }

  @Test
  void whoNeverSpokeDoesNotHoldIt() throws Exception {
    Daemon gatehouse = gatehouse("30s");
    Program silent = client("");
    Program halfHello = client("\\026\\003\\001\\002\\000\\001\\000");
    awaitConnections(gatehouse, 2);
    Ticker ticker = Ticker.system();
    long begin = ticker.nanos();
    Program.Ended ended = gatehouse.stop();
    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(Duration.ofNanos(ticker.nanos() - begin)).isLessThan(Duration.ofSeconds(10));
    assertThat(ended.errors()).doesNotContain("drain_incomplete");
    assertThat(silent.await().errors()).contains("reset by peer");
    assertThat(halfHello.await().errors()).contains("reset by peer");
  }

  @Test
  void aTransferInProgressGetsAllItsBytes() throws Exception {
    Daemon gatehouse = gatehouse("30s");
    Program download = download("6M");

    Program.Ended ended = gatehouse.stop();

    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(ended.errors().indexOf("draining"))
        .isPositive()
        .isLessThan(ended.errors().indexOf("msg=connection "));
    assertThat(ended.errors()).doesNotContain("drain_incomplete");
    assertThat(download.await().code()).isZero();
    assertThat(Files.mismatch(file(), copy())).isEqualTo(-1);
  }

  @Test
  void whoeverAsksHearsOfItBeforeAnybodyIsTurnedAway() throws Exception {
    Daemon gatehouse = gatehouse("30s\"\ndrain_delay = \"8s");
    Files.write(file(), new byte[1]);
    Ticker ticker = Ticker.system();
    long begin = ticker.nanos();
    gatehouse.askToStop();
    Await.until("it is not ready", () -> gatehouse.get("/readyz").contains("draining"));
    assertThat(Curl.get(host, NAME, DOOR).code()).isZero();
    Program.Ended ended = gatehouse.awaitEnd();
    assertThat(Duration.ofNanos(ticker.nanos() - begin)).isGreaterThan(Duration.ofSeconds(8));
    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(Curl.get(host, NAME, DOOR).code()).isNotZero();
  }

  @Test
  void nobodyNewIsLetInMeanwhile() throws Exception {
    Daemon gatehouse = gatehouse("30s");
    Program download = download("6M");
    assertThat(Curl.get(host, NAME, DOOR).code()).isZero();

    gatehouse.askToStop();

    Await.until("nobody is let in", () -> Curl.get(host, NAME, DOOR).code() != 0);
    assertThat(download.await().code()).isZero();
  }

  @Test
  void aPeerThatIsStuckHoldsItNoLongerThanPromised() throws Exception {
    Daemon gatehouse = gatehouse("2s");
    Program stuck = download("1M");
    host.run(List.of("kill", "-STOP", Long.toString(stuck.pid())));
    Ticker ticker = Ticker.system();
    long begin = ticker.nanos();

    Program.Ended ended = gatehouse.stop();

    assertThat(Duration.ofNanos(ticker.nanos() - begin))
        .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(2).plus(BEYOND));
    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(ended.errors()).contains("drain_incomplete", "cause=shutdown");
  }

  @Test
  void whoAsksASecondTimeGetsItsEndAtOnce() throws Exception {
    Daemon gatehouse = gatehouse("60s");
    Program stuck = download("1M");
    host.run(List.of("kill", "-STOP", Long.toString(stuck.pid())));
    gatehouse.askToStop();
    gatehouse.awaitLog("shutdown signal received; draining");
    gatehouse.askToStop();
    Program.Ended ended = gatehouse.stop();
    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(ended.errors())
        .contains("second signal received; closing all connections")
        .doesNotContain("drain_incomplete");
  }

  private Daemon gatehouse(String timeout) {
    return scene.gatehouse(
        """
        [ops]
        shutdown_timeout = "%s"
        [proxy]
        [[proxy.listeners]]
        addr = "127.0.0.1:8443"
        routes = [ { hostname = "files.example.org", backend = "127.0.0.1:9441" } ]
        """
            .formatted(timeout));
  }

  /** A transfer that has begun and takes some seconds more. */
  private Program download(String rate) throws Exception {
    Files.write(file(), new byte[SIZE]);
    Program curl =
        scene.start(
            Curl.command(NAME, DOOR, "/file", "--limit-rate", rate, "-o", copy().toString()));
    Await.until("bytes arrive", () -> Files.exists(copy()) && Files.size(copy()) > 0);
    return curl;
  }

  private Path file() {
    return folder.resolve("file");
  }

  private Path copy() {
    return folder.resolve("copy");
  }

  private static void awaitConnections(Daemon gatehouse, int count) throws Exception {
    String series =
        "gatehouse_listener_connections"
            + "{listener=\"127.0.0.1:8443\",remote_scope=\"loopback\",service=\"proxy\"}";
    Await.until(count + " connections", () -> gatehouse.metric(series) == count);
  }

  /** Sends these octets, says no more, and reads what comes. */
  private Program client(String octets) {
    String script = "exec 3<>/dev/tcp/127.0.0.1/8443; printf '" + octets + "' >&3; exec cat <&3";
    return scene.start(List.of("bash", "-c", script));
  }
}
