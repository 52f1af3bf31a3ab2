package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program in another language, generated from the proto files alone, talks to the daemon. */
class ForeignClientTest {

  private static final Path PROTOS = Project.file("control-api/src/main/protobuf");
  private static final String PYTHON = "/usr/bin/python3";

  @TempDir private Path folder;
  private Scene scene;
  private Daemon gatehouse;

  @BeforeEach
  void start() {
    scene = Scene.create(folder);
    gatehouse =
        scene.gatehouse(
            """
            [ops]
            [proxy]
            [[proxy.listeners]]
            addr = "127.0.0.1:8443"
            """);
  }

  @AfterEach
  void end() {
    scene.close();
  }

  @Test
  void pythonAddsARouteAndFindsIt() throws IOException {
    generate();
    Program.Ended first = python("git.example.org", "10.0.0.5:443");
    assertThat(first.code()).as(first.errors()).isZero();
    assertThat(first.output().lines()).element(0).asString().startsWith("CREATED ");
    assertThat(first.output().lines())
        .contains("127.0.0.1:8443 git.example.org 10.0.0.5:443 ROUTE_MODE_L4");
    assertThat(first.output()).contains("\nINVALID_ARGUMENT ");
    assertThat(python("git.example.org", "10.0.0.5:443").output()).startsWith("UNCHANGED ");
    assertThat(gatehouse.command("routes", "list").output()).contains("git.example.org");
  }

  /** What any program does with proto files: nothing of ours is in the result. */
  private void generate() {
    String protoc = Peer.require("protoc", "protobuf-compiler");
    String plugin = Peer.require("grpc_python_plugin", "protobuf-compiler-grpc");
    List<String> command =
        new ArrayList<>(
            List.of(
                protoc,
                "--plugin=protoc-gen-grpc_python=" + plugin,
                "-I",
                PROTOS.toString(),
                "-I",
                "/usr/include",
                "--python_out=" + folder,
                "--grpc_python_out=" + folder));
    for (String file : List.of("proxy", "firewall", "daemon", "watch")) {
      command.add("gatehouse/v1/" + file + ".proto");
    }
    Program.Ended ended = Program.run(Program.here(folder), command);
    assertThat(ended.code()).as(ended.errors()).isZero();
  }

  private Program.Ended python(String hostname, String backend) throws IOException {
    Path script = folder.resolve("routes.py");
    try (var in = ForeignClientTest.class.getResourceAsStream("/routes.py")) {
      Files.write(script, in.readAllBytes());
    }
    Path socket = folder.resolve("gatehouse/gatehouse-data/control.sock");
    return Program.run(
        Program.here(folder).with("PYTHONPATH", folder.toString()),
        List.of(PYTHON, script.toString(), socket.toString(), hostname, backend));
  }
}
