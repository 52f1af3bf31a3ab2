package dev.gatehouse.net.syscall;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.time.Ticker;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Runs a program of the tests in a JVM with other options. */
public final class OtherJvm {

  /** No native access for anybody, which is what a later JDK does unless it is told otherwise. */
  public static final String WITHOUT_NATIVE_ACCESS = "--illegal-native-access=deny";

  private OtherJvm() {}

  /**
   * The lines that a program writes to the file that is its only argument.
   *
   * @param program with a main method
   */
  public static List<String> run(Class<?> program, Path answers, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath(program), program.getName(), answers.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return Files.readAllLines(answers);
  }

  private static String classPath(Class<?> program) {
    return Stream.of(program, NativeAccess.class, Ticker.class, NullMarked.class)
        .map(OtherJvm::location)
        .collect(Collectors.joining(":"));
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
