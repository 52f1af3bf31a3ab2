package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages that people read first. */
class DocumentsTest {

  static Stream<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (Path folder :
        List.of(Project.ROOT, Project.file("docs"), Project.file("docs/decisions"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    return pages.stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsSomewhere(Path file) throws IOException {
    Markdown page = Markdown.read(file);
    List<String> broken = new ArrayList<>();
    for (String link : page.localLinks()) {
      if (!page.resolves(link)) {
        broken.add(link);
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void theReadmeNamesTheTestCommandThatTheCheckRuns() throws IOException {
    String command = "mvn -B -ntp verify";
    assertThat(Files.readString(Project.file("README.md"))).contains("\n" + command + "\n");
    assertThat(Files.readString(Project.file(".ci/run"))).contains("\n" + command + " ");
  }

  @Test
  void everyModuleIsOnTheMap() throws IOException {
    String map = Files.readString(Project.file("ARCHITECTURE.md"));
    String pom = Files.readString(Project.file("pom.xml"));
    List<String> modules =
        pom.lines()
            .map(String::strip)
            .filter(line -> line.startsWith("<module>"))
            .map(line -> line.replaceAll("</?module>", ""))
            .toList();
    assertThat(modules).isNotEmpty().allMatch(module -> map.contains(module));
  }
}
