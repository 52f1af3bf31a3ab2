package dev.gatehouse.tracker.config;

import dev.gatehouse.config.Section;
import dev.gatehouse.tracker.config.HookConfig.TorrentApproval;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tracker.InfoHash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads the settings of the hook that approves torrents. */
final class ApprovalReader {

  private static final String CONTEXT = "MW_APPROVAL";
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private static final Map<String, Function<Section, ApprovalSource>> SOURCES =
      Map.of(
          "list", config -> listed(configuration(config)),
          "file", config -> inFile(configuration(config)),
          "directory", config -> inDirectory(configuration(config)));

  private ApprovalReader() {}

  static TorrentApproval read(Section config) {
    ApprovalSource source =
        config.variant("initial_source", "where the list comes from", SOURCES).required("list");
    Section configuration = configuration(config);
    boolean invert = configuration.flag("invert", "refuse those on the list").orElse(false);
    TorrentApproval approval =
        new TorrentApproval(
            source,
            invert,
            configuration
                .text("storage_ctx", "the name of the list in the store")
                .matching(text -> !text.isEmpty(), "some text")
                .orElse(CONTEXT),
            config
                .flag("fail_open", "approve while the store cannot be asked; empty: as invert")
                .optional()
                .orElse(invert));
    config
        .section("storage", "where the list is kept")
        .text("name", "internal: beside the swarms")
        .matching(List.of("", "internal", "memory")::contains, "internal")
        .orElse("internal");
    return approval;
  }

  private static Section configuration(Section config) {
    return config.section("configuration", "the settings of that source");
  }

  private static ApprovalSource listed(Section configuration) {
    return new ApprovalSource.Listed(
        configuration
            .values(
                "hash_list",
                "torrents",
                "an info hash of 40 or 64 hexadecimal digits",
                text -> InfoHash.parse(Bytes.utf8(text)))
            .orElse(List.of()));
  }

  private static ApprovalSource inFile(Section configuration) {
    return new ApprovalSource.InFile(path(configuration), period(configuration));
  }

  private static ApprovalSource inDirectory(Section configuration) {
    return new ApprovalSource.InDirectory(
        path(configuration),
        period(configuration),
        configuration.flag("recursive", "folders within it too").orElse(false));
  }

  private static Path path(Section configuration) {
    return Path.of(
        configuration
            .text("path", "where it is")
            .matching(text -> !text.isEmpty() && text.indexOf('\0') < 0, "a path")
            .required("/srv/torrents"));
  }

  private static Duration period(Section configuration) {
    return configuration
        .duration("period", "how often it is looked at")
        .range(Duration.ofMillis(10), Duration.ofHours(24))
        .orElse(PERIOD);
  }
}
