package dev.gatehouse.watch.host;

import dev.gatehouse.watch.collector.FixtureTree;
import java.nio.file.Path;
import java.util.Optional;

/** A host that tests write. */
record HostFixture(Path folder) {

  FixtureTree proc() {
    return new FixtureTree(folder.resolve("proc"));
  }

  FixtureTree etc() {
    return new FixtureTree(folder.resolve("etc"));
  }

  HostSources sources() {
    return new HostSources(
        folder.resolve("proc"),
        folder.resolve("sys"),
        folder.resolve("etc"),
        100,
        4096,
        name -> "",
        path -> Optional.empty(),
        "1.2.3");
  }
}
