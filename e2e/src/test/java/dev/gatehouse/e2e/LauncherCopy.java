package dev.gatehouse.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/**
 * A folder that the launcher takes for the project: its own script and options, a few sources, a
 * program that tells how it was started, and an {@code mvn} that builds nothing but that program.
 */
final class LauncherCopy {

  /** What the launcher and the pretended Maven call; no java and no mvn among them. */
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "cat",
          "cp",
          "dirname",
          "find",
          "grep",
          "head",
          "ln",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "tail");

  private final Path folder;
  private final Path tools;

  LauncherCopy(Path folder) {
    this.folder = folder;
    this.tools = folder.resolve("tools");
    try {
      lay();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void lay() throws IOException {
    Files.createDirectories(folder.resolve("deploy"));
    Files.createDirectories(folder.resolve("app/src/main/java"));
    Files.copy(Project.file("gatehouse"), script());
    Files.copy(Project.file("deploy/jvm.options"), folder.resolve("deploy/jvm.options"));
    Files.writeString(folder.resolve("pom.xml"), "<project/>");
    Files.writeString(source(), "class App {}");
    writeProgram();
    Files.createDirectories(tools);
    for (String tool : TOOLS) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of(Peer.require(tool, "coreutils")));
    }
    executable(tools.resolve("mvn"), resource("mvn"));
  }

  private void writeProgram() throws IOException {
    Path sources = Files.createDirectories(folder.resolve("program"));
    Path main = Files.writeString(sources.resolve("Main.java"), resource("Main.java"));
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", sources.toString(), main.toString());
    if (compiled != 0) {
      throw new AssertionError("the program of the test does not compile");
    }
    String name = "dev/gatehouse/app/Main.class";
    try (OutputStream file = Files.newOutputStream(folder.resolve("program.jar"));
        JarOutputStream jar = new JarOutputStream(file)) {
      jar.putNextEntry(new JarEntry(name));
      jar.write(Files.readAllBytes(sources.resolve(name)));
      jar.closeEntry();
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = LauncherCopy.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    }
  }

  Path folder() {
    return folder;
  }

  Path script() {
    return folder.resolve("gatehouse");
  }

  Path source() {
    return folder.resolve("app/src/main/java/App.java");
  }

  /** The only folder of the PATH. */
  Path tools() {
    return tools;
  }

  Path lock() {
    return folder.resolve("app/target/build.lock");
  }

  /** A JDK that is good enough in JAVA_HOME, and only the tools on the PATH. */
  Program.Setting setting() {
    return new Program.Setting(
        folder,
        Map.of(
            "PATH", tools.toString(),
            "JAVA_HOME", System.getProperty("java.home"),
            "GATEHOUSE_JVM_FOLDERS", folder.resolve("no-jvm") + "/*"));
  }

  Program.Setting settingWithoutJdk() {
    return setting().with("JAVA_HOME", "");
  }

  /** As after a build that is younger than every source. */
  void built() {
    try {
      Path lib = Files.createDirectories(folder.resolve("app/target/gatehouse/lib"));
      Files.copy(folder.resolve("program.jar"), lib.resolve("program.jar"));
      Path marker = Files.createFile(folder.resolve("app/target/gatehouse/built"));
      Files.setLastModifiedTime(marker, FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder, the JDK and the arguments of every build so far. */
  List<String> builds() {
    Path calls = folder.resolve("mvn.calls");
    try {
      return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void executable(Path file, String text) {
    try {
      Files.write(file, text.getBytes(UTF_8));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
