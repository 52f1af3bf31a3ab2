package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page with a hundred things on it, as a browser sees it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebPageTest {

  @TempDir private static Path folder;
  private Scene scene;
  private Daemon gatehouse;

  @BeforeAll
  void openTheDoor() {
    scene = Scene.create(folder);
    scene.httpBackend("h1:9501");
    scene.httpBackend("h2c:9502");
    gatehouse =
        scene.gatehouse(
            L7Routes.of(scene.certificate())
                .to("one", "127.0.0.1:9501")
                .to("two", "127.0.0.1:9502", "backend_protocol = \"h2c\"")
                .file());
  }

  @AfterAll
  void closeTheDoor() {
    scene.close();
  }

  @ParameterizedTest
  @CsvSource({"one, --disable-http2, http/1.1", "two, --enable-http2, h2"})
  void everyThingOnThePageIsFetchedOnceAndNothingIsWrong(
      String name, String option, String protocol) {
    Program.Ended browser = browse(name, option);
    assertThat(browser.output()).as(browser.errors()).contains("loaded 100");
    assertThat(console(browser)).isEmpty();
    JsonNode counts = counts(name);
    for (String each : List.of("/css/29", "/js/0", "/js/29", "/img/0", "/img/39")) {
      assertThat(counts.path(each).intValue()).as(each).isEqualTo(1);
    }
    assertThat(fetchedOnce(counts)).isEqualTo(100);
    assertThat(requests(name, protocol)).isGreaterThanOrEqualTo(101);
  }

  /** What is said of the page; the browser has pages of its own. */
  private static List<String> console(Program.Ended browser) {
    return browser
        .errors()
        .lines()
        .filter(line -> line.contains(":CONSOLE:") && !line.contains("source: chrome://"))
        .toList();
  }

  private Program.Ended browse(String name, String option) {
    return Browser.open(
        scene.host(),
        folder.resolve("profile-" + name),
        "https://" + name + ".example.org:" + L7Routes.PORT + "/page",
        option);
  }

  private JsonNode counts(String name) {
    List<String> command = Curl.command(name + ".example.org", L7Routes.DOOR, "/counts");
    return JsonMapper.shared().readTree(scene.host().run(command).output());
  }

  private static long fetchedOnce(JsonNode counts) {
    return counts.properties().stream()
        .filter(each -> each.getKey().matches("/(css|js|img)/[0-9]+"))
        .filter(each -> each.getValue().intValue() == 1)
        .count();
  }

  private double requests(String name, String protocol) {
    return Metrics.of(gatehouse)
        .sum(
            "gatehouse_proxy_requests_total",
            "route=\"" + name + ".example.org\"",
            "protocol=\"" + protocol + "\"");
  }
}
