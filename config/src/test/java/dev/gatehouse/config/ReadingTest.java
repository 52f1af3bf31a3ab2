package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.ConfigResult.Refused;
import dev.gatehouse.config.GateExample.Expected;
import dev.gatehouse.config.GateExample.Hook;
import dev.gatehouse.config.GateExample.Ops;
import dev.gatehouse.config.GateExample.PortRange;
import dev.gatehouse.config.GateExample.Push;
import dev.gatehouse.config.GateExample.SocketSource;
import dev.gatehouse.config.GateExample.Watch;
import dev.gatehouse.config.document.SampleFile;
import dev.gatehouse.config.document.TomlText;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.config.value.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {

  private static final String TOML =
      """
      [watch]
      max_listening_series = 65_536
      owners = false
      budget = 1
      scan_interval = "0s"
      window = "1MiB"
      socket_source = "proc"
      fallbacks = ["netlink", "auto"]
      ignore_interfaces = []
      expected = [
        { port = 22, note = "\\u0041 # \\"b\\"" },
        { port = "8000-8010", unit = "postgresql*.service", uid = 4294967294 },
      ]

      [ops]
      listen = "127.0.0.1:9090"
      read_timeout = "1m30s"
      [ops.log]
      level = "debug"

      [push]
      credentials = "s3cret"
      keys = ["k1", "k2"]
      project = "p"

      [[hooks]]
      name = "client approval"
      config = { client_id_list = ["TR3000"], invert = true }
      [[hooks]]
      name = "interval variation"
      config.by = "2h"
      """;

  private static final String YAML =
      """
      # the same
      watch:
        max_listening_series: 65536
        owners: false
        budget: 1.0
        scan_interval: 0
        window: 1048576
        socket_source: proc
        fallbacks: [netlink, "auto"]
        ignore_interfaces: []
        expected:
          - port: 22
            note: 'A # "b"'
          - { port: 8000-8010, unit: postgresql*.service, uid: 4294967294 }
      ops:
        listen: 127.0.0.1:9090
        read_timeout: 90s
        log:
          level: debug
      push:
        credentials: s3cret
        keys:
          - k1
          - k2
        project: p
      hooks:
        - name: client approval
          config:
            client_id_list: [TR3000]
            invert: true
        - name: interval variation
          config: {by: 2h}
      """;

  private static final GateExample EVERY_KEY_SET =
      new GateExample(
          new Watch(
              true,
              65536,
              false,
              1.0,
              Duration.ZERO,
              1 << 20,
              SocketSource.PROC,
              List.of(SocketSource.NETLINK, SocketSource.AUTO),
              List.of(),
              List.of(
                  new Expected(new PortRange(22, 22), "A # \"b\"", Optional.empty(), -1),
                  new Expected(
                      new PortRange(8000, 8010),
                      "",
                      Optional.of("postgresql*.service"),
                      4_294_967_294L))),
          new Ops("127.0.0.1:9090", "debug", Duration.ofSeconds(90), Duration.ofSeconds(90)),
          Optional.of(
              new Push(
                  Optional.of(new Secret("s3cret")),
                  List.of(new Secret("k1"), new Secret("k2")),
                  "p")),
          List.of(
              new Hook.Approval(List.of("TR3000"), true), new Hook.Interval(Duration.ofHours(2))));

  private static final Watch DEFAULT_WATCH =
      new Watch(
          true,
          256,
          true,
          0.02,
          Duration.ofSeconds(10),
          256 << 10,
          SocketSource.AUTO,
          List.of(),
          List.of("veth*"),
          List.of());

  @Test
  void everyKeyHasItsDefault() {
    GateExample read = loaded(ConfigSource.builtIn()).value();
    assertThat(read.watch()).isEqualTo(DEFAULT_WATCH);
    assertThat(read.ops())
        .isEqualTo(new Ops("", "info", Duration.ofSeconds(5), Duration.ofSeconds(5)));
    assertThat(read.hooks()).isEmpty();
  }

  @Test
  void everyKeyCanBeSetInToml() {
    assertThat(loaded(ConfigSource.text("a.toml", TOML)).value()).isEqualTo(EVERY_KEY_SET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.yaml", "a.yml", "a.YML"})
  void yamlSaysTheSameAsToml(String name) {
    assertThat(loaded(ConfigSource.text(name, YAML)).value()).isEqualTo(EVERY_KEY_SET);
  }

  @Test
  void withoutAFileEverySectionIsPresent() {
    GateExample read = loaded(ConfigSource.builtIn()).value();
    assertThat(read.watch().present()).isTrue();
    assertThat(read.push()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "'',false,false",
    "[watch],true,false",
    "watch.owners=true,true,false",
    "[push],false,true"
  })
  void onceThereIsAFileAnAbsentSectionIsAbsent(String text, boolean watch, boolean push) {
    GateExample read = loaded(ConfigSource.text("a.toml", text)).value();
    assertThat(read.watch().present()).isEqualTo(watch);
    assertThat(read.push().isPresent()).isEqualTo(push);
  }

  @ParameterizedTest
  @ValueSource(strings = {"watch:", "watch: {}", "watch: ~", "---\nwatch:\n..."})
  void aYamlSectionWithNothingInItIsPresent(String text) {
    assertThat(loaded(ConfigSource.text("a.yaml", text)).value().watch()).isEqualTo(DEFAULT_WATCH);
  }

  @ParameterizedTest
  @CsvSource({
    "WATCH_MAX_LISTENING_SERIES,7",
    "WATCH_OWNERS,false",
    "WATCH_BUDGET,0.5",
    "WATCH_SCAN_INTERVAL,0s",
    "WATCH_WINDOW,2KiB",
    "WATCH_SOCKET_SOURCE,netlink",
    "WATCH_FALLBACKS,'proc, netlink'",
    "WATCH_IGNORE_INTERFACES,''",
  })
  void theEnvironmentOutranksTheFile(String name, String value) {
    ConfigSource file = ConfigSource.text("a.toml", "[watch]");
    Watch watch =
        loaded(file.withEnvironment(Map.of("GATEHOUSE_" + name, value), Set.of())).value().watch();
    assertThat(watch).isNotEqualTo(DEFAULT_WATCH);
  }

  @Test
  void aFlagOutranksTheEnvironmentAndTheFileOutranksAPreset() {
    ConfigSource source =
        ConfigSource.text("a.toml", "ops.log.level = 'debug'")
            .withEnvironment(Map.of("GATEHOUSE_OPS_LISTEN", "127.1"), Set.of())
            .with("ops.listen", "--listen", "127.2")
            .withPreset("ops.log.level", "info")
            .withPreset("ops.read_timeout", "1s");
    assertThat(loaded(source).value().ops())
        .isEqualTo(new Ops("127.2", "debug", Duration.ofSeconds(1), Duration.ofSeconds(1)));
  }

  @Test
  void aSectionIsThereWhenAFlagOrAPresetSpeaksOfIt() {
    ConfigSource source = ConfigSource.text("a.toml", "[ops]\nlisten = '127.1'\n");
    assertThat(loaded(source).value().push()).isEmpty();
    assertThat(loaded(source.with("push.project", "--project", "p")).value().push()).isPresent();
    assertThat(loaded(source.withPreset("push.project", "p")).value().push()).isPresent();
    assertThat(loaded(source.withPreset("pushed.project", "p")).value().push()).isEmpty();
  }

  @Test
  void aMistakeLeavesTheRestForFurtherChecks() {
    Refused<GateExample> refused =
        (Refused<GateExample>)
            GateExample.CONFIGURATION.read(
                ConfigSource.text("a.toml", "ops.listen = '127.1'\nops.read_timeout = 'x'"));
    assertThat(refused.standIn().orElseThrow().ops().listen()).isEqualTo("127.1");
  }

  @Test
  void aVariableThatIsSetButEmptyIsAnEmptyValue() {
    ConfigSource source =
        ConfigSource.text("a.toml", "ops.listen = '127.1'\n[push]\ncredentials = 'a'\nproject='p'")
            .withEnvironment(
                Map.of("GATEHOUSE_OPS_LISTEN", "", "GATEHOUSE_PUSH_CREDENTIALS", ""), Set.of());
    GateExample read = loaded(source).value();
    assertThat(read.ops().listen()).isEmpty();
    assertThat(read.push().orElseThrow().credentials()).isEmpty();
  }

  @Test
  void aSecretIsFollowedToItsVariableOrFile(@TempDir Path folder) throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "from file\n");
    ConfigSource source =
        ConfigSource.text("a.toml", "push.keys = ['env:KEY', 'file:" + key + "', 'literal']")
            .withEnvironment(Map.of("KEY", "from variable"), Set.of());
    assertThat(loaded(source).value().push().orElseThrow().keys())
        .extracting(Secret::reveal)
        .containsExactly("from variable", "from file", "literal");
  }

  @Test
  void theEffectiveConfigurationReadsAsTheSameAndHidesSecrets() {
    Loaded<GateExample> first = loaded(ConfigSource.text("a.toml", TOML));
    String printed = TomlText.of(first.effective());
    assertThat(printed).doesNotContain("s3cret").contains("credentials = \"(hidden)\"");
    Loaded<GateExample> second = loaded(ConfigSource.text("b.toml", printed));
    assertThat(second.value().watch()).isEqualTo(first.value().watch());
    assertThat(second.value().ops()).isEqualTo(first.value().ops());
    assertThat(second.value().hooks()).isEqualTo(first.value().hooks());
    assertThat(TomlText.of(second.effective())).isEqualTo(printed);
  }

  @Test
  void anAbsentServiceStaysAbsentInTheEffectiveConfiguration() {
    assertThat(TomlText.of(loaded(ConfigSource.text("a.toml", "")).effective()))
        .contains("[ops.log]", "read_timeout = \"5s\"")
        .doesNotContain("[watch]", "[push]");
  }

  @Test
  void theGeneratedSampleFileReadsAsTheDefaults() {
    String sample = SampleFile.of(GateExample.CONFIGURATION.describe());
    assertThat(loaded(ConfigSource.text("a.toml", sample)).value().watch().present()).isFalse();
    assertThat(loaded(ConfigSource.text("a.toml", SampleFile.uncommented(sample))).value())
        .isEqualTo(loaded(ConfigSource.builtIn()).value());
  }

  @Test
  void aVariableThatHoldsASecretMayHaveAnyName() {
    ConfigSource source =
        ConfigSource.text("a.toml", "push.keys = ['env:GATEHOUSE_KEY']")
            .withEnvironment(Map.of("GATEHOUSE_KEY", "k"), Set.of());
    assertThat(loaded(source).value().push().orElseThrow().keys()).containsExactly(new Secret("k"));
  }

  @Test
  void aFileIsReadFromItsPath(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("g.yaml"), "watch: {owners: false}");
    assertThat(loaded(ConfigSource.file(file)).value().watch().owners()).isFalse();
  }

  @Test
  void theFileIsTheOneAskedForOrTheFirstUsualPlace() {
    Path asked = Path.of("x.toml");
    Path here = Path.of("gatehouse.toml");
    Path there = Path.of("/etc/gatehouse/gatehouse.toml");
    assertThat(ConfigSource.locate(Optional.of(asked), _ -> false)).contains(asked);
    assertThat(ConfigSource.locate(Optional.empty(), _ -> true)).contains(here);
    assertThat(ConfigSource.locate(Optional.empty(), there::equals)).contains(there);
    assertThat(ConfigSource.locate(Optional.empty(), _ -> false)).isEmpty();
  }

  static Loaded<GateExample> loaded(ConfigSource source) {
    return switch (GateExample.CONFIGURATION.read(source)) {
      case Loaded<GateExample> loaded -> loaded;
      case Refused<GateExample> refused -> throw new AssertionError(refused.problems().toString());
    };
  }
}
