package dev.gatehouse.watch.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.ConfigResult.Refused;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.watch.collector.Collector;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostConfigTest {

  @Test
  void nothingConfiguredIsTheDefaults() {
    assertThat(read("")).isEqualTo(HostConfig.defaults());
    assertThat(HostConfig.defaults())
        .isEqualTo(
            new HostConfig(
                Set.of(
                    Collector.SYSTEM,
                    Collector.PRESSURE,
                    Collector.DISK,
                    Collector.FILESYSTEM,
                    Collector.NETWORK,
                    Collector.PROCESS,
                    Collector.SOCKSTAT,
                    Collector.SNMP,
                    Collector.CONNTRACK),
                Duration.ofSeconds(15),
                100,
                Duration.ofSeconds(5),
                List.of("veth*"),
                List.of("loop*", "ram*", "zram*", "fd*", "sr*"),
                List.of("squashfs", "iso9660"),
                List.of()));
  }

  @Test
  void everyKeyCanBeSet() {
    String text =
        """
        collectors = ["disk", "snmp"]
        process_interval = "1m"
        max_process_groups = 7
        filesystem_timeout = "2s"
        ignore_interfaces = ["docker0"]
        ignore_devices = []
        ignore_filesystems = ["ext2"]
        ignore_mounts = ["/boot*"]
        """;
    assertThat(read(text))
        .isEqualTo(
            new HostConfig(
                Set.of(Collector.DISK, Collector.SNMP),
                Duration.ofMinutes(1),
                7,
                Duration.ofSeconds(2),
                List.of("docker0"),
                List.of(),
                List.of("ext2"),
                List.of("/boot*")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "process_interval = '4s'",
        "process_interval = '601s'",
        "max_process_groups = 0",
        "max_process_groups = 10001",
        "filesystem_timeout = '999ms'",
        "filesystem_timeout = '61s'",
        "collectors = ['netstat']",
        "collectors = ['dsk']",
      },
      quoteCharacter = '~')
  void refusesWhatIsOutOfRange(String line) {
    assertThat(load(line)).isInstanceOf(Refused.class);
  }

  private static HostConfig read(String text) {
    ConfigResult<HostConfig> result = load(text);
    assertThat(result).isInstanceOf(Loaded.class);
    return ((Loaded<HostConfig>) result).value();
  }

  private static ConfigResult<HostConfig> load(String text) {
    return Configuration.of(HostConfig::read).read(ConfigSource.text("gatehouse.toml", text));
  }
}
