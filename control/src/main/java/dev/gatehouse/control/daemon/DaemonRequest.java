package dev.gatehouse.control.daemon;

import dev.gatehouse.control.call.Request;
import dev.gatehouse.control.call.RequestTree;
import dev.gatehouse.control.ops.LogConfig;
import dev.gatehouse.v1.DrainRequest;
import dev.gatehouse.v1.SetLogLevelRequest;
import dev.gatehouse.v1.SnapshotRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reads what callers say of the daemon. */
final class DaemonRequest {

  private DaemonRequest() {}

  static Optional<Duration> timeout(DrainRequest request) {
    RequestTree tree = new RequestTree();
    if (request.hasTimeout()) {
      tree.duration("timeout", request.getTimeout());
    }
    return Request.read(
            tree, root -> root.duration("timeout", "for connections to end").orZero().optional())
        .value();
  }

  static Path path(SnapshotRequest request) {
    return Path.of(
        Request.read(
                new RequestTree().given("path", request.getPath()),
                root ->
                    root.text("path", "where nothing is yet")
                        .matching(DaemonRequest::isAbsolute, "an absolute path")
                        .required("/"))
            .value());
  }

  private static boolean isAbsolute(String path) {
    return path.startsWith("/") && path.indexOf('\0') < 0;
  }

  static LogConfig.Level level(SetLogLevelRequest request) {
    return Request.read(
            new RequestTree()
                .givenChoice(
                    "level", LevelMessages.label(request.getLevel()), request.getLevelValue()),
            root ->
                root.choice("level", "the least", LogConfig.Level.class, LogConfig.Level::label)
                    .required(LogConfig.Level.INFO))
        .value();
  }
}
