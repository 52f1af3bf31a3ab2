package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guide's chapters about a daemon that runs show what their commands really print. */
class GuideTranscriptTest {

  private static final String NEXT_CHAPTER = "\n## ";
  private static final Pattern BLOCK = Pattern.compile("(?s)\n```console\n(.*?)```\n");
  private static final Pattern PROMPT = Pattern.compile("\n\\$ ");

  /** What differs from one run to the next: how long, how large, which version, when. */
  private static final Map<Pattern, String> VARYING = new LinkedHashMap<>();

  static {
    VARYING.put(Pattern.compile("gatehouse [0-9][^ ]*"), "gatehouse VERSION");
    VARYING.put(Pattern.compile("up [0-9a-z ]+ ·"), "up TIME ·");
    VARYING.put(Pattern.compile("\\([0-9]+ bytes\\)"), "(SIZE)");
    VARYING.put(Pattern.compile("(/[^ /]+)+/copy\\.db"), "FOLDER/copy.db");
    VARYING.put(Pattern.compile("[0-9.]+ ?(s|ms|m)\\b"), "TIME");
    VARYING.put(Pattern.compile("draining: [0-9]+ open connections?\n"), "");
    VARYING.put(Pattern.compile("[ ]+"), " ");
  }

  @TempDir private Path folder;
  private Scene scene;

  /** A command of the guide and what stands below it. */
  private record Shown(String command, String output) {}

  @BeforeEach
  void start() {
    scene = Scene.create(folder);
  }

  @AfterEach
  void end() {
    scene.close();
  }

  @ParameterizedTest
  @CsvSource({"Changing things while it runs, # live.toml, 20", "A tracker, # tracker.toml, 4"})
  void everyCommandOfTheChapterPrintsWhatItShows(String chapter, String example, int least)
      throws IOException {
    scene.gatehouse(Markdown.read(Project.file("docs/guide.md")).example(example));
    List<Shown> shown = transcript("\n## " + chapter + "\n");
    assertThat(shown).hasSizeGreaterThan(least);
    for (Shown one : shown) {
      Program.Ended ended = run(one.command());
      assertThat(plain(ended.output() + ended.errors()))
          .as(one.command())
          .isEqualTo(plain(one.output()));
    }
  }

  private Program.Ended run(String command) {
    String launcher = Project.file("gatehouse").toString();
    Path own = folder.resolve("gatehouse");
    return Program.run(
        Daemon.setting(own),
        scene
            .host()
            .inside(List.of("bash", "-c", "gatehouse() { " + launcher + " \"$@\"; }; " + command)));
  }

  private static List<Shown> transcript(String heading) throws IOException {
    String guide = Files.readString(Project.file("docs/guide.md"));
    int begin = guide.indexOf(heading) + heading.length();
    String chapter = guide.substring(begin, guide.indexOf(NEXT_CHAPTER, begin));
    List<Shown> shown = new ArrayList<>();
    BLOCK.matcher(chapter).results().forEach(block -> shown.addAll(commands(block.group(1))));
    return shown;
  }

  private static List<Shown> commands(String block) {
    List<Shown> shown = new ArrayList<>();
    for (String part : PROMPT.split("\n" + block, -1)) {
      int end = part.indexOf('\n');
      if (!part.isBlank()) {
        shown.add(
            end < 0
                ? new Shown(part, "")
                : new Shown(part.substring(0, end), part.substring(end + 1)));
      }
    }
    return shown;
  }

  private static String plain(String text) {
    String plain = text;
    for (Map.Entry<Pattern, String> varying : VARYING.entrySet()) {
      plain = varying.getKey().matcher(plain).replaceAll(varying.getValue());
    }
    return plain.strip();
  }
}
