package dev.gatehouse.cli.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Cli;
import dev.gatehouse.cli.DaemonTest;
import dev.gatehouse.cli.Screen;
import dev.gatehouse.v1.ApplyConfigRequest;
import dev.gatehouse.v1.ApplyConfigResponse;
import dev.gatehouse.v1.ConfigChange;
import dev.gatehouse.v1.DiffConfigRequest;
import dev.gatehouse.v1.DiffConfigResponse;
import dev.gatehouse.v1.ExportConfigRequest;
import dev.gatehouse.v1.ExportConfigResponse;
import dev.gatehouse.v1.Warning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigCommandTest extends DaemonTest {

  private static final ConfigChange LIMIT =
      ConfigChange.newBuilder()
          .setKind("limit")
          .setKey(":443")
          .setInFile("500")
          .setInStore("0")
          .build();
  private static final ConfigChange ROUTE =
      ConfigChange.newBuilder()
          .setKind("route")
          .setKey(":443 git.example.org")
          .setInStore("10.0.0.5:443")
          .build();

  @Test
  void aDifferenceIsShownAndFails() {
    daemon()
        .answers(
            DiffConfigRequest.class,
            DiffConfigResponse.newBuilder().addChanges(LIMIT).addChanges(ROUTE).build());
    assertThat(run("config diff")).isEqualTo(Cli.FAILED);
    assertThat(run("config diff --json")).isEqualTo(Cli.FAILED);
    assertThat(screen().out())
        .isEqualTo(
            """
            KIND   KEY                   FILE  DATABASE
            limit  :443                  500   0
            route  :443 git.example.org  -     10.0.0.5:443
            {"version":1,"changes":[{"kind":"limit","key":":443","in_file":"500","in_store":"0"},\
            {"kind":"route","key":":443 git.example.org","in_file":null,\
            "in_store":"10.0.0.5:443"}]}
            """);
    assertThat(daemon().asked()).first().isEqualTo(DiffConfigRequest.getDefaultInstance());
  }

  @Test
  void sendsTheTextOfAFile() throws IOException {
    daemon().answers(DiffConfigRequest.class, DiffConfigResponse.getDefaultInstance());
    Path file = Files.writeString(folder().resolve("new.toml"), "[proxy]\n");
    assertThat(run("config diff " + file)).isEqualTo(Cli.OK);
    assertThat(screen().out()).isEqualTo("nothing differs\n");
    assertThat(daemon().asked())
        .containsExactly(DiffConfigRequest.newBuilder().setToml("[proxy]\n").build());
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    Path absent = folder().resolve("absent.toml");
    Path empty = Files.writeString(folder().resolve("empty.toml"), " \n");
    Path latin = Files.writeString(folder().resolve("latin.toml"), "# é", ISO_8859_1);
    for (Path file : new Path[] {absent, empty, latin}) {
      assertThat(run("config apply " + file)).isEqualTo(Cli.FAILED);
    }
    assertThat(screen().err())
        .isEqualTo(
            """
            config apply: %s: no such file
            config apply: %s: nothing in it (expected: a configuration in TOML)
            config apply: %s: not UTF-8
            """
                .formatted(absent, empty, latin));
    assertThat(daemon().asked()).isEmpty();
  }

  @Test
  void appliesAFile() {
    daemon()
        .answers(
            ApplyConfigRequest.class,
            ApplyConfigResponse.newBuilder()
                .addChanges(LIMIT)
                .addWarnings(Warning.newBuilder().setText("a listener has no routes"))
                .build());
    assertThat(run("config apply")).isEqualTo(Cli.OK);
    run("config apply --dry-run");
    run("config apply --dry-run --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            KIND   KEY   FILE  DATABASE
            limit  :443  500   0
            applied: 1 change
            warning: a listener has no routes
            KIND   KEY   FILE  DATABASE
            limit  :443  500   0
            would be applied: 1 change
            warning: a listener has no routes
            {"version":1,"changes":[{"kind":"limit","key":":443","in_file":"500",\
            "in_store":"0"}],"dry_run":true,\
            "warnings":[{"field":null,"text":"a listener has no routes"}]}
            """);
    ApplyConfigRequest dry = ApplyConfigRequest.newBuilder().setValidateOnly(true).build();
    assertThat(daemon().asked()).containsExactly(ApplyConfigRequest.getDefaultInstance(), dry, dry);
  }

  @Test
  void applyingMayChangeNothing() {
    daemon().answers(ApplyConfigRequest.class, ApplyConfigResponse.getDefaultInstance());
    assertThat(run("config apply")).isEqualTo(Cli.OK);
    assertThat(screen().out()).isEqualTo("nothing differs\n");
  }

  @Test
  void aFileThatTheDaemonRefusesIsAWrongConfiguration() throws IOException {
    daemon()
        .refuses(
            ApplyConfigRequest.class,
            "1 error; nothing has changed",
            "proxy.listeners[0].addr",
            "\"here\" (expected: an address with a port)");
    Path file = Files.writeString(folder().resolve("new.toml"), "[proxy]\n");
    assertThat(run("config apply " + file)).isEqualTo(Cli.REFUSED);
    assertThat(screen().err())
        .isEqualTo(
            """
            config apply: 1 error; nothing has changed
              proxy.listeners[0].addr: "here" (expected: an address with a port)
            """);
  }

  @Test
  void printsTheConfigurationAsItIs() {
    daemon().answers(ExportConfigRequest.class, export("[proxy] # \u200e\n"));
    assertThat(run("config export")).isEqualTo(Cli.OK);
    run("config export --yaml --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            [proxy] # \u200e
            {"version":1,"format":"yaml","text":"[proxy] # \\u200E\\n"}
            """);
    assertThat(daemon().asked())
        .containsExactly(
            ExportConfigRequest.getDefaultInstance(),
            ExportConfigRequest.newBuilder().setYaml(true).build());
  }

  @Test
  void aTerminalIsNotToldToTurnItsText() {
    daemon().answers(ExportConfigRequest.class, export("[proxy] # \u200e\n[ops]\n"));
    Screen terminal = Screen.withEnvironment(environment());
    terminal.run("config", "export");
    assertThat(terminal.out()).isEqualTo("[proxy] # \\u200e\n[ops]\n");
  }

  @Test
  void writesANewFileAndNeverOverAnother() throws IOException {
    daemon().answers(ExportConfigRequest.class, export("[proxy]\n"));
    Path file = folder().resolve("out.toml");
    assertThat(run("config export " + file)).isEqualTo(Cli.OK);
    assertThat(file).hasContent("[proxy]\n");
    assertThat(run("config export " + file)).isEqualTo(Cli.FAILED);
    assertThat(run("config export " + folder() + "/absent/out.toml")).isEqualTo(Cli.FAILED);
    assertThat(screen().out()).isEqualTo("written: %s (8 bytes)\n".formatted(file));
    assertThat(screen().err())
        .isEqualTo(
            """
            config export: %s: is there already (expected: a new file)
            config export: %s/absent/out.toml: no such folder
            """
                .formatted(file, folder()));
  }

  @Test
  void tellsProgramsWhatItWrote() {
    daemon().answers(ExportConfigRequest.class, export("[proxy]\n"));
    Path file = folder().resolve("out.toml");
    run("config export --json " + file);
    assertThat(screen().out())
        .isEqualTo(
            "{\"version\":1,\"format\":\"toml\",\"file\":\"%s\",\"bytes\":8}\n".formatted(file));
  }

  private static ExportConfigResponse export(String text) {
    return ExportConfigResponse.newBuilder().setText(text).build();
  }
}
